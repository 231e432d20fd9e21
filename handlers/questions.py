"""Questions: a reviewed answer, three to choose from, or the honest "I do not know"."""

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
        return _answer(turn.choice.removeprefix(ABOUT))
    if not turn.text:
        return start(turn)
    found = turn.desk.tools.questions.answer(turn.text)
    if found.decision == "answer" and found.intent and has(f"faq.{found.intent}"):
        return _answer(found.intent)
    known = [intent for intent in found.suggestions if has(f"faq.{intent}")]
    if found.decision != "abstain" and known:
        choices = tuple(Choice(ABOUT + intent, _title(turn, intent)) for intent in known)
        reply = Reply(say("question.suggest"), (*choices, button("home", "quiet")))
        return Move(reply, "question.asked")
    return Move(Reply(say("question.none"), menu.doors()), "question.asked")


STEPS = {"question.start": start, "question.asked": asked}


def _answer(intent: str) -> Move:
    if not has(f"faq.{intent}"):
        return Move(Reply(say("question.none"), menu.doors()), "question.asked")
    return Move(Reply(say(f"faq.{intent}"), menu.doors()), "question.asked")


def _title(turn: Turn, intent: str) -> str:
    """As a citizen would ask; else the first thing its description names."""
    if has(f"faq_title.{intent}"):
        return say(f"faq_title.{intent}")
    return turn.desk.tools.intent_names[intent].split(":")[0].split("(")[0].strip()
