"""Questions, as dialogues: a reviewed answer, a choice, or the honest "I do not know"."""

from dataclasses import replace

import pytest

from handlers import menu
from handlers.texts import has, keys, say
from nlp.faq import Answer
from tests.fakes import LearntQuestions
from tests.handlers.talking import Lan
from tests.world import World

FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"


@pytest.fixture
def lan(world: World) -> Lan:
    learnt = LearntQuestions(
        **{
            "Gọi số mấy?": Answer("answer", "hotlines", ("hotlines",)),
            "Báo sao?": Answer("suggest", None, ("how_to_report", "reward", "after_report")),
            "Thưởng bao nhiêu?": Answer("answer", "reward", ("reward",)),
            FIRE: Answer("answer", "hotlines", ("hotlines",)),
        }
    )
    world.office.tools = replace(world.office.tools, questions=learnt)
    return Lan(world)


def test_a_sure_question_gets_its_reviewed_answer(lan: Lan) -> None:
    assert lan.presses("ask") == say("question.ask")

    assert lan.says("Gọi số mấy?") == say("faq.hotlines")

    assert lan.chat.offered == menu.DOORS


def test_an_unsure_question_offers_those_that_have_a_reviewed_answer(lan: Lan) -> None:
    lan.presses("ask")

    assert lan.says("Báo sao?") == say("question.suggest")
    assert lan.chat.offered == ("faq:how_to_report", "faq:after_report", "home")
    assert lan.presses("faq:after_report") == say("faq.after_report")


@pytest.mark.parametrize("question", ["Thủ đô nước Pháp là gì?", "Thưởng bao nhiêu?"])
def test_a_question_without_a_reviewed_answer_is_not_answered(lan: Lan, question: str) -> None:
    lan.presses("ask")

    assert lan.says(question) == say("question.none")


def test_the_next_question_needs_no_button(lan: Lan) -> None:
    lan.presses("ask")
    lan.says("Gọi số mấy?")

    assert lan.says("Báo sao?") == say("question.suggest")


def test_every_reviewed_answer_can_be_asked_for_by_its_button(world: World) -> None:
    for key in sorted(keys()):
        if key.startswith("faq."):
            intent = key.removeprefix("faq.")
            assert intent in world.office.tools.intent_names, "no question leads here"


def test_nothing_typed_asks_again(lan: Lan) -> None:
    lan.presses("ask")

    assert lan.says(" ") == say("question.ask")


def test_danger_told_as_a_question_shows_the_numbers_first(lan: Lan) -> None:
    lan.presses("ask")

    assert lan.says(FIRE) == say("faq.hotlines")

    assert lan.reply.calls == ("114", "113")


def test_a_button_without_words_of_its_own_says_what_the_question_is_about(
    world: World, lan: Lan
) -> None:
    names = {"after_report": "Sau khi báo tin: ai xem (và khi nào)"}
    world.office.tools = replace(world.office.tools, intent_names=names)
    lan.presses("ask")

    lan.says("Báo sao?")

    labels = {choice.id: choice.label for choice in lan.reply.choices}
    titled = say("faq_title.after_report") if has("faq_title.after_report") else "Sau khi báo tin"
    assert labels["faq:after_report"] == titled
