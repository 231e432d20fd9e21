"""Whether a message is a trick. What was pasted is looked at and not kept."""

from handlers import menu
from handlers.chat import Reply
from handlers.flow import Move, Turn
from handlers.menu import button
from handlers.texts import say


def start(_turn: Turn) -> Move:
    """Ask for the message."""
    reply = Reply(say("check.ask"), (button("home", "quiet"),), hint=say("check.hint"))
    return Move(reply, "check.pasted")


def pasted(turn: Turn) -> Move:
    """The message to look at."""
    if not turn.text:
        return start(turn)
    found = turn.desk.tools.methods.check(turn.text)
    signs = say("check.signs", signs="; ".join(found.signs)) if found.signs else ""
    method = turn.desk.tools.method_names[found.method] if found.method else ""
    text = say(f"check.{found.verdict}", method=method, signs=signs)
    text = "\n".join(line for line in text.splitlines() if line.strip())
    calls = ("113",) if found.verdict == "scam" else ()
    return Move(Reply(text, menu.doors(), calls=calls), "check.pasted", echo="…")


STEPS = {"check.start": start, "check.pasted": pasted}
