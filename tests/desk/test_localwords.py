"""Local words at the desk: taught, taken back, refused when they harm, known to every process."""

from collections.abc import Iterator

import pytest

from desk import audit, localwords
from desk.desk import Office
from desk.errors import (
    BadLocalWordError,
    BadMeaningError,
    DeskError,
    HarmfulWordError,
    KnownWordError,
    NoSuchWordError,
    NotAllowedError,
    OpinionWordError,
    SameWordError,
    TooManyWordsError,
    UnknownMeaningError,
    WordsChangedError,
)
from desk.officers import Signed
from nlp import localwords as nlp_words
from tests.storage.rows import Owner, store_on
from tests.world import PROVINCE, World, hire

TOLD = "Chiều nay nó dộng chú Năm ngoài chợ"


def teach(office: Office, signed: Signed, word: str = "dộng", meaning: str = "đánh") -> None:
    """Look at the effect, then save."""
    with office.begin("desk", signed.id) as desk:
        plan = localwords.plan(desk, word, meaning)
    found = localwords.effect(office.tools, plan)
    with office.begin("desk", signed.id) as desk:
        localwords.add(desk, signed, plan, found)


def kind(office: Office) -> str:
    return office.tools.judge.judge(TOLD).kind


def words(office: Office) -> list[tuple[str, str | None]]:
    with office.begin("desk") as desk:
        return [(row.word, row.meaning) for row, _ in localwords.listed(desk)]


@pytest.fixture
def elsewhere(world: World, owner_url: str) -> Iterator[Office]:
    """Another process on the same database: its own connections, its own judge."""
    with store_on(owner_url) as store:
        yield Office(store, world.office.tools, world.clock)


def test_a_word_is_used_at_once_and_taken_back_at_once(world: World) -> None:
    assert kind(world.office) == "other"

    teach(world.office, world.ngan)
    assert kind(world.office) == "tip"
    assert words(world.office) == [("dộng", "đánh")]

    with world.office.begin("desk") as desk:
        localwords.remove(desk, world.ngan, "dộng")
    assert kind(world.office) == "other"
    assert words(world.office) == []


def test_a_tip_that_holds_the_word_reaches_the_queue_as_what_it_is(world: World) -> None:
    teach(world.office, world.ngan)

    world.submit(TOLD)

    opened = world.opened(world.minh, world.newest(world.minh))
    assert opened.tip.category == "violence"
    assert opened.report["text"] == TOLD  # what an officer reads is never rewritten
    assert "dộng" in opened.report["evidence"]


def test_a_process_that_starts_judges_by_what_is_saved(world: World, elsewhere: Office) -> None:
    teach(world.office, world.ngan)
    teach(world.office, world.ngan, "sốc dĩa", "đánh bạc")

    with elsewhere.begin("sweeps") as desk:
        assert localwords.refresh(desk)

    assert elsewhere.tools.judge.words.version == 2
    assert elsewhere.tools.judge.judge("toi nao nha ong ba cung soc dia").category == "gambling"


def test_whoever_is_killed_before_the_commit_has_taught_nobody_anything(
    world: World, elsewhere: Office
) -> None:
    with world.office.begin("desk") as desk:
        plan = localwords.plan(desk, "dộng", "đánh")
    found = localwords.effect(world.office.tools, plan)
    with pytest.raises(SystemExit), world.office.begin("desk") as desk:  # noqa: PT012 # on purpose
        localwords.add(desk, world.ngan, plan, found)
        raise SystemExit

    with elsewhere.begin("sweeps") as desk:
        assert not localwords.refresh(desk)
    assert (kind(world.office), kind(elsewhere)) == ("other", "other")
    assert words(world.office) == []


def test_whoever_is_killed_after_the_commit_has_taught_everybody(
    world: World, elsewhere: Office
) -> None:
    with world.office.begin("desk") as desk:
        plan = localwords.plan(desk, "dộng", "đánh")
    found = localwords.effect(world.office.tools, plan)
    with world.office.begin("desk") as desk:
        localwords.add(desk, world.ngan, plan, found)
        desk.afterwards.clear()  # committed, and then nothing more was done
    assert kind(world.office) == "other"

    for office in (elsewhere, world.office):
        with office.begin("sweeps") as desk:
            assert localwords.refresh(desk)

    assert (kind(world.office), kind(elsewhere)) == ("tip", "tip")


def test_what_had_begun_keeps_the_judge_it_began_with(world: World) -> None:
    with world.office.begin("intake") as desk:
        teach(world.office, world.ngan)
        assert desk.tools.judge.judge(TOLD).kind == "other"

    assert kind(world.office) == "tip"


def test_the_slower_of_two_has_to_look_at_the_effect_again(world: World) -> None:
    with world.office.begin("desk") as desk:
        plan = localwords.plan(desk, "sốc dĩa", "đánh bạc")
    found = localwords.effect(world.office.tools, plan)
    teach(world.office, world.ngan)

    with pytest.raises(WordsChangedError), world.office.begin("desk") as desk:
        localwords.add(desk, world.ngan, plan, found)

    assert words(world.office) == [("dộng", "đánh")]


@pytest.mark.parametrize(
    ("word", "meaning", "error"),
    [
        ("", "đánh", BadLocalWordError),
        ("một hai ba bốn", "đánh", BadLocalWordError),
        ("dộng", "", BadMeaningError),
        ("stk", "số tài khoản", KnownWordError),
        ("dộng", "đánhhh bxqk", UnknownMeaningError),
        ("tụ họp", "biểu tình", OpinionWordError),
        ("tin lành", "lừa đảo", OpinionWordError),
    ],
)
def test_what_cannot_be_taught_is_refused(
    word: str, meaning: str, error: type[DeskError], world: World
) -> None:
    with world.office.begin("desk") as desk, pytest.raises(error):
        localwords.plan(desk, word, meaning)


def test_the_same_word_is_not_taught_twice(world: World) -> None:
    teach(world.office, world.ngan)

    with world.office.begin("desk") as desk, pytest.raises(SameWordError):
        localwords.plan(desk, " DỘNG", "trộm")


def test_a_full_list_takes_no_more(world: World, owner_url: str) -> None:
    assert localwords.MOST == nlp_words.MOST == 300
    with Owner(owner_url) as owner:
        for number in range(localwords.MOST):
            owner.run(
                "INSERT INTO local_word (version, word, meaning, officer_id, at) "
                "VALUES (%s, %s, 'đánh', %s, now())",
                *(number + 1, f"từ{number}", world.ngan.id),
            )

    with world.office.begin("desk") as desk, pytest.raises(TooManyWordsError):
        localwords.plan(desk, "dộng", "đánh")


@pytest.mark.parametrize(
    ("word", "meaning", "reason"),
    [("trộm", "cảm ơn", "bỏ sót"), ("đang", "hôm qua", "là gấp"), ("xe", "nhà", "đoán sai thêm")],
)
def test_a_word_that_does_harm_is_not_saved(
    word: str, meaning: str, reason: str, world: World
) -> None:
    with pytest.raises(HarmfulWordError, match=reason):
        teach(world.office, world.ngan, word, meaning)

    assert words(world.office) == []


def test_only_an_admin_and_the_province_may(world: World) -> None:
    for signed in (world.hoa, world.minh):
        with pytest.raises(NotAllowedError):
            teach(world.office, signed)
        with world.office.begin("desk") as desk, pytest.raises(NotAllowedError):
            localwords.remove(desk, signed, "dộng")

    khoi = hire(world.office, PROVINCE, "admin", "Khôi", "khoi", invited_by=world.ngan)
    teach(world.office, khoi)
    assert words(world.office) == [("dộng", "đánh")]


def test_the_audit_log_says_what_was_taught_and_taken_back(world: World) -> None:
    teach(world.office, world.ngan)
    with world.office.begin("desk") as desk:
        localwords.remove(desk, world.ngan, "dộng")

    with world.office.begin("desk") as desk:
        log = audit.page(desk, PROVINCE, with_communes=False, before=None)[:2]
    said = [(entry.action, entry.detail, entry.officer_id) for entry in log]
    assert said == [
        ("words.removed", "“dộng” = “đánh”", world.ngan.id),
        ("words.added", "“dộng” = “đánh”", world.ngan.id),
    ]


def test_what_is_not_there_cannot_be_taken_back(world: World) -> None:
    with world.office.begin("desk") as desk, pytest.raises(NoSuchWordError):
        localwords.remove(desk, world.ngan, "dộng")


def test_a_sentence_is_tried_and_kept_nowhere(world: World, owner_url: str) -> None:
    with world.office.begin("desk") as desk:
        plan = localwords.plan(desk, "dộng", "đánh")
        before, after = localwords.tried(desk.tools, plan, TOLD)

    assert (before.kind, after.category) == ("other", "violence")
    with Owner(owner_url) as owner:
        assert owner.one("SELECT count(*) FROM local_word") == 0
