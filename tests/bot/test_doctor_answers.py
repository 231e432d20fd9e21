"""What doctor says about the reviewed answers: which are too old, and which soon will be."""

from datetime import date, timedelta
from pathlib import Path

from bot.doctor import Finding, of_answers
from tests.nlp.test_reviewed import GOOD

DAY = date(2027, 5, 21)  # the day GOOD expires


def said(folder: Path, today: date) -> list[Finding]:
    (folder / "hotlines.md").write_text(GOOD.replace("2027-05-21", "2027-09-01"), "utf-8")
    return list(of_answers(folder, today))


def test_fresh_answers_are_fine(tmp_path: Path) -> None:
    (tmp_path / "reward.md").write_text(GOOD, "utf-8")

    assert said(tmp_path, DAY - timedelta(days=90)) == [
        Finding(ok=True, what="answers: 2 of 2 may be shown")
    ]


def test_an_answer_about_to_expire_is_named_and_nothing_is_wrong_yet(tmp_path: Path) -> None:
    (tmp_path / "reward.md").write_text(GOOD, "utf-8")

    found = said(tmp_path, DAY - timedelta(days=10))

    assert [finding.ok for finding in found] == [True, True]
    assert found[1].what == "answers that expire soon: reward (2027-05-21)"


def test_an_expired_answer_is_wrong_and_has_to_be_looked_up_again(tmp_path: Path) -> None:
    (tmp_path / "reward.md").write_text(GOOD, "utf-8")

    (found,) = said(tmp_path, DAY)

    assert not found.ok
    assert found.what == "answers: 1 of 2 may be shown; expired: reward"
    assert "data/faq" in found.mend


def test_a_damaged_answer_is_named(tmp_path: Path) -> None:
    (tmp_path / "reward.md").write_text("Thưởng", "utf-8")

    (found,) = said(tmp_path, DAY)

    assert not found.ok
    assert "data/faq/reward.md" in found.mend
