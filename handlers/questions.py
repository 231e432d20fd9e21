"""Questions: a reviewed answer, three to choose from, or the honest "I do not know"."""

from collections.abc import Iterable

from desk import misses, questions
from handlers import menu
from handlers.chat import Choice, Reply
from handlers.flow import Move, Turn
from handlers.menu import button, in_vietnamese
from handlers.texts import say
from nlp.reviewed import Reviewed

ABOUT = "faq:"  # a button's id is this and the intent's id
_STEP = "question.asked"
_SUGGESTED = 3


def start(turn: Turn) -> Move:
    """Ask what the question is; answer at once if it stood behind the command."""
    if turn.text:
        return asked(turn)
    reply = Reply(say("question.ask"), (button("home", "quiet"),), hint=say("question.hint"))
    return Move(reply, _STEP)


def asked(turn: Turn) -> Move:
    """A question, one of the three buttons, or whether the answer was what was asked for."""
    others = [str(intent) for intent in turn.draft.get("others", ())]
    if turn.choice.startswith(ABOUT):
        intent = turn.choice.removeprefix(ABOUT)
        return _answer(turn, intent, [other for other in others if other != intent])
    match turn.choice:
        case "helpful":
            return Move(Reply(say("question.thanks"), menu.doors()), _STEP)
        case "unhelpful":
            return _suggest(turn, others)
        case "neither":
            misses.keep(turn.desk, str(turn.draft.get("missed", "")))
            return _none()
    if not turn.text:
        return start(turn)
    return _found(turn)


def leading(turn: Turn, intents: Iterable[str]) -> tuple[Choice, ...]:
    """Buttons to the answers of these intents, as far as there is one."""
    return tuple(
        Choice(ABOUT + answer.intent, answer.question)
        for answer in questions.known(turn.desk, intents)
    )


STEPS = {"question.start": start, _STEP: asked}


def _found(turn: Turn) -> Move:
    found = turn.desk.tools.questions.answer(turn.text)
    if found.decision == "answer" and found.intent:
        others = [intent for intent in found.suggestions if intent != found.intent]
        return _answer(turn, found.intent, others)
    return _taught(turn, found.suggestions)


def _taught(turn: Turn, intents: tuple[str, ...]) -> Move:
    """What officers said such words mean; else it is a miss, at once or once none fits."""
    meant = misses.meant(turn.desk, turn.text)
    if meant is not None:
        intent, in_just_these_words = meant
        others = [other for other in intents if other != intent]
        if in_just_these_words:
            return _answer(turn, intent, others)
        return _suggest(turn, [intent, *others][:_SUGGESTED])
    words = misses.words_of(turn.desk, turn.text)
    if not intents:
        misses.keep(turn.desk, words)
    return _suggest(turn, intents, words)


def _suggest(turn: Turn, intents: Iterable[str], missed: str = "") -> Move:
    """Let them choose; if there is nothing to choose from, say so and name whom to ask."""
    known = questions.known(turn.desk, intents)
    if not known:
        return _none()
    choices = tuple(Choice(ABOUT + answer.intent, answer.question) for answer in known)
    buttons = (*choices, button("neither"), button("home", "quiet"))
    remembered = {"others": [answer.intent for answer in known], "missed": missed}
    return Move(Reply(say("question.suggest"), buttons), _STEP, remembered)


def _none() -> Move:
    return Move(Reply(say("question.none"), menu.doors()), _STEP)


def _answer(turn: Turn, intent: str, others: Iterable[str]) -> Move:
    """The reviewed answer, or that there is none."""
    known = questions.known(turn.desk, [intent])
    if not known:
        return _suggest(turn, others)
    buttons = (button("helpful"), button("unhelpful"), *menu.doors())
    return Move(Reply(_worded(turn, known[0]), buttons), _STEP, {"others": list(others)})


def _worded(turn: Turn, answer: Reviewed) -> str:
    """Its words, its source and its day; once it has expired, only whom to ask."""
    if not questions.fresh(answer, turn.desk.today):
        return say("question.expired", question=answer.question, office=answer.office)
    day = f"{answer.checked:%d/%m/%Y}"
    return in_vietnamese(say("question.answer", text=answer.text, source=answer.source, day=day))
