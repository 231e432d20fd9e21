"""Whether a message is a trick. What was pasted is looked at and not kept."""

from desk import checks
from desk import library as samples
from handlers import library, menu, questions, reports, signs
from handlers.chat import Choice, Reply
from handlers.flow import Move, Turn
from handlers.menu import button
from handlers.texts import say
from nlp.methods import Check

_ALIKE = 2  # of the methods a doubtful message might be; three names are too many to compare


def start(turn: Turn) -> Move:
    """Ask for the message; look at it at once if it stood behind the command."""
    if turn.text:
        return pasted(turn)
    reply = Reply(say("check.ask"), (button("home", "quiet"),), hint=say("check.hint"))
    return Move(reply, "check.pasted")


def pasted(turn: Turn) -> Move:
    """The message to look at, or a button under the last verdict."""
    sample = library.find(turn.choice)
    if sample is not None:
        return Move(library.show(turn, sample), "check.pasted")
    if turn.choice.startswith(questions.ABOUT):
        return questions.asked(turn)
    if turn.choice.startswith(reports.ABOUT):
        return reports.start(turn)
    if not turn.text:
        return start(turn)
    return _verdict(turn, checks.check(turn.desk, turn.text))


STEPS = {"check.start": start, "check.pasted": pasted}


def _verdict(turn: Turn, found: Check) -> Move:
    odd = "; ".join(signs.told(sign) for sign in found.signs)
    suspicious = say("check.signs", signs=odd) if odd else ""
    method, todo = "", ""
    if found.method:
        method = turn.desk.tools.method_names[found.method]
        todo = samples.samples()[found.method].words.todo
    if found.verdict == "scam" and not method:
        text = say("check.listed", signs=suspicious)
    else:
        text = say(f"check.{found.verdict}", method=method, signs=suspicious, todo=todo)
    text = "\n".join(line for line in text.splitlines() if line.strip())
    calls = ("113",) if found.verdict == "scam" else ()
    return Move(Reply(text, _further(turn, found), calls=calls), "check.pasted", echo="…")


def _further(turn: Turn, found: Check) -> tuple[Choice, ...]:
    """The notice about this method first, then 156; then the doors, as under every answer."""
    if found.method:
        report = reports.offer(found.method)
        return (library.see(found.method, "primary"), report, *menu.doors())
    alike = found.top[:_ALIKE] if found.verdict == "unsure" else ()
    return (*library.like(turn, alike), *menu.doors())
