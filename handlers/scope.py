"""What this channel is not for: an opinion is answered politely, counted, and not kept."""

from desk import counters
from handlers.chat import Choice, Reply
from handlers.flow import Draft, Move, Turn
from handlers.menu import button
from handlers.texts import say


def is_opinion(turn: Turn, text: str) -> bool:
    """Whether a text is an opinion and no event; certain enough to decline it."""
    return turn.desk.tools.judge.judge(text).kind == "opinion"


def decline(turn: Turn, step: str = "", draft: Draft | None = None) -> Move:
    """Say no kindly; whoever means a concrete event says so and goes on."""
    counters.grow(turn.desk, "declined_opinion")
    text = f"{say('menu.opinion')}\n{say('menu.opinion_concrete')}"
    concrete = Choice("concrete" if step else "tip", say("button.concrete"))
    choices = (concrete, button("home", "quiet"))
    return Move(Reply(text, choices), step, draft or {}, echo=say("menu.not_kept"), wipe=True)
