"""Questions without an answer: what is kept of them, who sees it and when, and what is learnt."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk import audit, misses
from desk.errors import NoSuchMissError
from handlers.texts import say
from tests.fakes import LearntQuestions
from tests.handlers.talking import Lan
from tests.world import World

ASKED = "Bao giờ có phiên chợ đồ cũ ở phường mình"


@pytest.fixture
def lost(world: World) -> World:
    """A world whose questions find no answer, whatever was learnt."""
    world.office.tools = replace(world.office.tools, questions=LearntQuestions())
    return world


def asks_on(world: World, text: str, days: int) -> None:
    """The same question on so many days, each time in a new chat."""
    for _ in range(days):
        lan = Lan(world)
        lan.presses("ask")
        lan.says(text)
        world.clock.at += timedelta(days=1)


def test_nobody_sees_a_question_before_it_was_asked_on_three_days(lost: World) -> None:
    asks_on(lost, ASKED, misses.DAYS - 1)
    with lost.office.begin("desk") as desk:
        assert misses.waiting(desk) == []

    asks_on(lost, ASKED, 1)

    with lost.office.begin("desk") as desk:
        (found,) = misses.waiting(desk)
    assert found.days == misses.DAYS


def test_asked_ten_times_on_one_day_counts_as_one_day(lost: World) -> None:
    for _ in range(10):
        lan = Lan(lost)
        lan.presses("ask")
        lan.says(ASKED)

    with lost.office.begin("desk") as desk:
        assert misses.waiting(desk) == []


def test_words_the_program_does_not_know_and_figures_are_not_kept(world: World) -> None:
    with world.office.begin("desk") as desk:
        words = misses.words_of(desk, f"{ASKED} Xquynzol 0912345678 59A3-123.45 a@b.vn")

    assert "chợ" in words
    assert "xquynzol" not in words
    assert not any(letter.isdigit() or letter in "@<>" for letter in words)


@pytest.mark.parametrize(
    "text",
    [
        "Đang có cháy nhà ở chợ, còn người kẹt bên trong",
        "Tối qua có hai người lạ bẻ khóa lấy trộm xe máy trước nhà tôi ở ấp 3",
        "Tôi thấy chính quyền và đảng làm vậy là sai, bầu cử chỉ là hình thức",
        "chợ",
        "",
    ],
)
def test_nothing_is_kept_of_tips_opinions_and_single_words(world: World, text: str) -> None:
    with world.office.begin("desk") as desk:
        assert misses.words_of(desk, text) == ""


def test_what_an_officer_says_it_means_is_answered_at_once(lost: World) -> None:
    asks_on(lost, ASKED, misses.DAYS)
    with lost.office.begin("desk") as desk:
        (miss,) = misses.waiting(desk)
        misses.teach(desk, lost.hoa, miss.key, "latest_warnings")
        assert misses.waiting(desk) == []
        assert (
            audit.page(desk, lost.hoa.officer.station_code, with_communes=False, before=None)[
                0
            ].action
            == "faq.worded"
        )

    lan = Lan(lost)
    lan.presses("ask")
    answer = lost.office.tools.answers["latest_warnings"]

    assert lan.says(ASKED).startswith(answer.text)
    assert lan.says(ASKED.upper()).startswith(answer.text)


def test_nearly_the_same_words_are_suggested_and_others_are_not(lost: World) -> None:
    asks_on(lost, ASKED, misses.DAYS)
    with lost.office.begin("desk") as desk:
        misses.teach(desk, lost.hoa, misses.waiting(desk)[0].key, "latest_warnings")

    lan = Lan(lost)
    lan.presses("ask")

    assert lan.says(f"{ASKED} vậy") == say("question.suggest")
    assert lan.chat.offered[0] == "faq:latest_warnings"
    assert "faq:latest_warnings" not in asked_for_something_else(lan)


def asked_for_something_else(lan: Lan) -> tuple[str, ...]:
    lan.says("cách nấu phở bò")
    return lan.chat.offered


def test_a_wrong_meaning_is_taken_back_and_old_questions_are_forgotten(lost: World) -> None:
    asks_on(lost, ASKED, misses.DAYS)
    with lost.office.begin("desk") as desk:
        key = misses.waiting(desk)[0].key
        misses.teach(desk, lost.hoa, key, "reward")
        misses.drop(desk, lost.hoa, key)
        assert misses.taught(desk) == []
    asks_on(lost, ASKED, misses.DAYS)

    lost.clock.at += misses.KEEP + timedelta(days=1)
    with lost.office.begin("sweeps") as desk:
        misses.forget(desk)

    with lost.office.begin("desk") as desk:
        assert misses.waiting(desk) == []


@pytest.mark.parametrize("intent", ["reward", "no_such"])
def test_the_slower_of_two_officers_is_told(world: World, intent: str) -> None:
    with world.office.begin("desk") as desk, pytest.raises(NoSuchMissError):
        misses.teach(desk, world.hoa, "a b", intent)
    with world.office.begin("desk") as desk, pytest.raises(NoSuchMissError):
        misses.drop(desk, world.hoa, "a b")
