"""Questions: a reviewed answer, three to choose from, or the honest "I do not know"."""

from collections.abc import Iterable
from dataclasses import replace

from handlers import menu
from handlers.chat import Choice, Reply
from handlers.flow import Move, Turn
from handlers.menu import button
from handlers.texts import has, say

ABOUT = "faq:"  # a button's id is this and the intent's id


def start(_turn: Turn) -> Move:
    """Ask what the question is."""
    reply = Reply(say("question.ask"), (button("home", "quiet"),), hint=say("question.hint"))
    return Move(reply, "question.asked")


def asked(turn: Turn) -> Move:
    """A question, or one of the three buttons."""
    if turn.choice.startswith(ABOUT):
        return Move(_answer(turn.choice.removeprefix(ABOUT)), "question.asked")
    if not turn.text:
        return start(turn)
    return Move(replace(_reply(turn), calls=menu.calls(turn, turn.text)), "question.asked")


def leading(turn: Turn, intents: Iterable[str]) -> tuple[Choice, ...]:
    """Buttons to the answers of these intents, as far as there is one."""
    known = [intent for intent in intents if has(f"faq.{intent}")]
    return tuple(Choice(ABOUT + intent, _title(turn, intent)) for intent in known)


STEPS = {"question.start": start, "question.asked": asked}


def _reply(turn: Turn) -> Reply:
    found = turn.desk.tools.questions.answer(turn.text)
    if found.decision == "answer" and found.intent and has(f"faq.{found.intent}"):
        return _answer(found.intent)
    choices = leading(turn, found.suggestions)
    if not choices:
        return _answer("")
    return Reply(say("question.suggest"), (*choices, button("home", "quiet")))


def _answer(intent: str) -> Reply:
    """The reviewed answer, or that there is none."""
    key = f"faq.{intent}"
    return Reply(say(key if has(key) else "question.none"), menu.doors())


def _title(turn: Turn, intent: str) -> str:
    """As a citizen would ask; else the first thing its description names."""
    if has(f"faq_title.{intent}"):
        return say(f"faq_title.{intent}")
    return turn.desk.tools.intent_names[intent].split(":")[0].split("(")[0].strip()
