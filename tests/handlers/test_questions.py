"""Questions, as dialogues: a reviewed answer, a choice, or the honest "I do not know"."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from handlers import menu
from handlers.texts import say
from nlp.faq import Answer
from tests.fakes import LearntQuestions
from tests.handlers.talking import Lan
from tests.world import World

FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
JUDGED = ("helpful", "unhelpful")


@pytest.fixture
def lan(world: World) -> Lan:
    learnt = LearntQuestions(
        **{
            "Gọi số mấy?": Answer("answer", "hotlines", ("hotlines", "other_channels", "reward")),
            "Báo sao?": Answer("suggest", None, ("how_to_report", "nothing", "after_report")),
            "Thưởng bao nhiêu?": Answer("answer", "reward", ("reward",)),
            FIRE: Answer("answer", "hotlines", ("hotlines",)),
        }
    )
    world.office.tools = replace(world.office.tools, questions=learnt)
    return Lan(world)


def shown(world: World, intent: str) -> str:
    """The words of an answer."""
    return world.office.tools.answers[intent].text


def test_a_sure_question_gets_its_reviewed_answer_with_source_and_day(
    world: World, lan: Lan
) -> None:
    assert lan.presses("ask") == say("question.ask")

    said = lan.says("Gọi số mấy?")

    answer = world.office.tools.answers["hotlines"]
    assert said.startswith(answer.text)
    assert answer.source in said
    assert said.endswith(f"Kiểm tra ngày {answer.checked:%d/%m/%Y}.")
    assert lan.chat.offered == (*JUDGED, *menu.DOORS)


def test_an_unsure_question_offers_those_that_have_a_reviewed_answer(
    world: World, lan: Lan
) -> None:
    lan.presses("ask")

    assert lan.says("Báo sao?") == say("question.suggest")
    assert lan.chat.offered == ("faq:how_to_report", "faq:after_report", "neither", "home")
    assert lan.presses("faq:after_report").startswith(shown(world, "after_report"))


def test_an_answer_that_was_not_meant_leads_to_the_next_ones_and_then_to_people(
    world: World, lan: Lan
) -> None:
    lan.presses("ask")
    lan.says("Gọi số mấy?")

    assert lan.says("chưa đúng") == say("question.suggest")
    assert lan.chat.offered == ("faq:other_channels", "faq:reward", "neither", "home")

    assert lan.presses("faq:reward").startswith(shown(world, "reward"))
    assert lan.presses("unhelpful") == say("question.suggest")
    assert lan.chat.offered == ("faq:other_channels", "neither", "home")
    assert lan.presses("neither") == say("question.none")
    assert lan.chat.offered == menu.DOORS


def test_with_nothing_else_to_offer_a_wrong_answer_leads_to_people_at_once(lan: Lan) -> None:
    lan.presses("ask")
    lan.says("Thưởng bao nhiêu?")

    assert lan.presses("unhelpful") == say("question.none")


def test_a_right_answer_is_not_asked_about_again(lan: Lan) -> None:
    lan.presses("ask")
    lan.says("Gọi số mấy?")

    assert lan.presses("helpful") == say("question.thanks")
    assert lan.chat.offered == menu.DOORS


def test_an_expired_answer_is_not_shown_only_whom_to_ask(world: World, lan: Lan) -> None:
    answer = world.office.tools.answers["reward"]
    world.clock.at = datetime.combine(answer.expires, time(1), UTC)
    lan.presses("ask")

    said = lan.says("Thưởng bao nhiêu?")

    assert said == say("question.expired", question=answer.question, office=answer.office)
    assert answer.text not in said


def test_a_question_without_a_reviewed_answer_is_not_answered(lan: Lan) -> None:
    lan.presses("ask")

    assert lan.says("Thủ đô nước Pháp là gì?") == say("question.none")


def test_the_next_question_needs_no_button(lan: Lan) -> None:
    lan.presses("ask")
    lan.says("Gọi số mấy?")

    assert lan.says("Báo sao?") == say("question.suggest")


def test_every_reviewed_answer_fits_into_one_message(world: World) -> None:
    for answer in world.office.tools.answers.values():
        day = f"{answer.checked:%d/%m/%Y}"
        whole = say("question.answer", text=answer.text, source=answer.source, day=day)
        assert len(whole) <= 1000, answer.intent


def test_nothing_typed_asks_again(lan: Lan) -> None:
    lan.presses("ask")

    assert lan.says(" ") == say("question.ask")


def test_danger_told_as_a_question_shows_the_numbers_first(world: World, lan: Lan) -> None:
    lan.presses("ask")

    assert lan.says(FIRE).startswith(shown(world, "hotlines"))

    assert lan.reply.calls == ("114", "113")


def test_a_button_asks_as_a_citizen_would(world: World, lan: Lan) -> None:
    lan.presses("ask")

    lan.says("Báo sao?")

    labels = {choice.id: choice.label for choice in lan.reply.choices}
    assert labels["faq:after_report"] == world.office.tools.answers["after_report"].question
