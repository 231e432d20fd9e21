"""Numbers to call in the middle of telling something: what was written waits below them."""

from handlers import menu, photos
from handlers.chat import Choice, Reply
from handlers.flow import Move, Turn
from handlers.menu import button
from handlers.texts import say

WRITE_ON = "write_on"


def emergency(turn: Turn, waiting: str) -> Move | None:
    """The numbers, at once, and below them what was written; None if nothing was.

    Args: waiting: the step that was interrupted; it goes on waiting, for words and photographs too.
    """
    told, ways = _left(turn, waiting)
    if not ways:
        return None
    plain = menu.emergency(turn)
    text = f"{plain.reply.text}\n\n{told}"
    reply = Reply(text, ways, calls=plain.reply.calls, asks_photo=True)
    return Move(reply, waiting, turn.draft)


def _left(turn: Turn, waiting: str) -> tuple[str, tuple[Choice, ...]]:
    """What is kept, and what can be done with it; nothing if nothing was begun."""
    if waiting == "tip.after":
        return say("tip.after_still"), (Choice(WRITE_ON, say("button.back")), button("saved"))
    written = turn.draft.get("text") or photos.held(turn.draft)
    if waiting not in photos.TELLING or not written:
        return "", ()
    drop = Choice("cancel", say("button.drop_tip"), "quiet")
    return say("menu.still_here"), (button("write_on", "primary"), drop)
