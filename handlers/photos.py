"""Photographs in a conversation: they join the tip being told, or the one a receipt opens."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desk import photos
from handlers.chat import Reply
from handlers.flow import Draft, Move, Step, Turn
from handlers.texts import say

# Steps of a tip that is being told: a photograph waits with its draft.
_OF_A_TIP = ("start", "danger", "what", "urgent", "place", "hamlet", "review")
TELLING = frozenset(("", "free", *(f"tip.{name}" for name in _OF_A_TIP)))
# Steps that know a receipt: a photograph goes straight into the tip.
SENT = frozenset(("tip.after", "receipt.status", "receipt.add"))


def came(turn: Turn, name: str, step: Step, offered: Reply | None) -> Move:
    """What a message with photographs comes to, whatever else it holds.

    Args:
        turn: with those photographs.
        name: of the step that waits.
        step: the same; what is done without one, if none waits.
        offered: the last thing said.
    """
    if name in SENT:
        return step(turn)
    if name in TELLING:
        return _joined(turn, step)
    choices = offered.choices if offered else ()
    return Move(Reply(say("photo.not_here"), choices), name, turn.draft, echo="")


def held(draft: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids a draft holds."""
    return tuple(draft.get("photos", ()))


def only(draft: Draft) -> Draft:
    """Of a draft its photographs alone."""
    return {"photos": list(held(draft))} if held(draft) else {}


def without(draft: Draft) -> Draft:
    """A draft of words alone."""
    return {key: value for key, value in draft.items() if key != "photos"}


def told(count: int) -> str:
    """As a line of the conversation shows them."""
    return say("photo.line", count=str(count)) if count else ""


def _joined(turn: Turn, step: Step) -> Move:
    """Put them into the draft, then go on with the words or the button that came along."""
    before, came_now = held(turn.draft), turn.incoming.photos
    together = (*before, *came_now)[: photos.MOST]
    quiet = replace(turn.incoming, photos=())
    move = step(replace(turn, incoming=quiet, draft={**turn.draft, "photos": list(together)}))
    said = [say("photo.got", count=str(len(together)))] if len(together) > len(before) else []
    if len(together) < len(before) + len(came_now):
        said.append(say("photo.full", limit=str(photos.MOST)))
    text = "\n\n".join((*said, move.reply.text))
    return replace(move, reply=replace(move.reply, text=text, asks_photo=True))
