"""The four JSON-Lines commands: every key, every type, and no line that ends the run."""

import json
from collections.abc import Iterable
from functools import cache

import pytest

from nlp import lines
from tests.nlp.models import DATA

BAD = ["", "xx", "[]", "3", '{"id": 1', '{"id": NaN, "text": "a"}', "[" * 100_000]


answers = cache(lines.answers)  # the models are read once


def run(command: str, source: Iterable[str]) -> list[dict[str, object]]:
    said = list(map(answers(command, DATA), source))
    assert not any("\n" in line for line in said)
    return [json.loads(line) for line in said]


def row(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"


def test_classify_says_every_key_in_its_type() -> None:
    [found] = run("classify", [row(id=7, text="cháy nhà rồi cứu với", more="ignored")])

    assert list(found) == [
        *("id", "kind", "category", "confidence", "top", "auto", "urgent", "call", "in_scope"),
        "evidence",
    ]
    assert found["id"] == 7
    assert (found["kind"], found["category"], found["call"]) == ("tip", "fire_safety", "114")
    assert found["urgent"] is found["in_scope"] is True
    assert isinstance(found["auto"], bool)
    assert isinstance(found["confidence"], float)
    assert isinstance(found["top"], list)
    assert [set(score) for score in found["top"]] == [{"category", "confidence"}] * 3
    assert found["top"][0] == {"category": "fire_safety", "confidence": found["confidence"]}
    assert "cháy" in str(found["evidence"])


def test_locate_says_every_key_and_takes_any_home() -> None:
    text = "trộm ở xã Rạch Kiến, tỉnh Tây Ninh"
    homes = [None, {"province": "80"}, {"communes": ["28114", "28108"]}, {}]

    found = run("locate", [row(id=n, text=text, home=home) for n, home in enumerate(homes)])
    [without] = run("locate", [row(id="x", text=text)])

    for answer in (*found, without):
        assert list(answer) == ["id", "decision", "code", "candidates", "reason"]
        assert (answer["decision"], answer["code"], answer["candidates"]) == ("route", "28114", [])


@pytest.mark.parametrize("home", [3, "80", {"province": 80}, {"communes": "28114"}])
def test_a_home_that_is_none_is_a_bad_line(home: object) -> None:
    [found] = run("locate", [row(id=1, text="ở đây", home=home)])

    assert list(found) == ["id", "error"]


def test_answer_says_every_key() -> None:
    found = run(
        "answer",
        [row(id="a", question="Mã tra cứu dùng làm gì?"), row(id="b", question="giá vàng hôm nay")],
    )

    for answer in found:
        assert list(answer) == ["id", "decision", "intent", "suggestions"]
        assert answer["decision"] in {"answer", "suggest", "abstain"}
        assert (answer["intent"] is not None) == (answer["decision"] == "answer")
        assert isinstance(answer["suggestions"], list)
        assert len(answer["suggestions"]) <= 3


def test_check_says_every_key() -> None:
    [found] = run("check", [row(id=None, text="vneid-gov.vip đọc mã otp")])

    assert list(found) == ["id", "verdict", "method", "top", "signs"]
    assert found["verdict"] == "scam"
    assert isinstance(found["method"], str)
    assert isinstance(found["top"], list)
    assert len(found["top"]) <= 3
    assert isinstance(found["signs"], list)
    assert len(found["signs"]) == 2


@pytest.mark.parametrize("command", lines.COMMANDS)
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_gets_an_error_and_the_run_goes_on(command: str, bad: str) -> None:
    good = row(id=2, text="xã Rạch Kiến", question="xã Rạch Kiến")

    first, second = run(command, [bad, good])

    assert list(first) == ["error"]
    assert second["id"] == 2
    assert "error" not in second


@pytest.mark.parametrize("command", lines.COMMANDS)
@pytest.mark.parametrize("text", [None, 3, ["a"], {}])
def test_a_line_without_its_text_keeps_its_id(command: str, text: object) -> None:
    [found] = run(command, [row(id="k1", text=text, question=text)])

    assert list(found) == ["id", "error"]
    assert found["id"] == "k1"


@pytest.mark.parametrize("command", lines.COMMANDS)
def test_an_error_never_repeats_what_the_line_said(command: str) -> None:
    said = json.dumps(run(command, ['{"bí mật 0912345678', row(id=1, note="bí mật 0912345678")]))

    assert "0912345678" not in said


@pytest.mark.parametrize("command", lines.COMMANDS)
def test_half_a_surrogate_pair_stays_valid_json(command: str) -> None:
    [found] = run(command, ['{"id": "\\ud800", "text": "\\udfff cháy", "question": "\\udfff"}'])

    assert found["id"] == "\ud800"
    assert "error" not in found


def test_order_is_kept() -> None:
    found = run("classify", (row(id=n, text="trộm xe" * n) for n in range(40)))

    assert [answer["id"] for answer in found] == list(range(40))
