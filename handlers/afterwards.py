"""A tip is on its way: only then an urgent one is asked where it happened; then the end."""

from desk import receipts
from handlers import menu, places
from handlers.chat import Choice, Reply
from handlers.flow import Move, Turn
from handlers.menu import button
from handlers.texts import VIETNAMESE, say, speaking


def ask(receipt: str, text: str) -> Move:
    """Ask where, beside the receipt: the tip does not wait for the answer."""
    hint = say("tip.place_hint")
    reply = Reply(text, _saved(), copy=receipt, hint=hint, asks_place=True, asks_photo=True)
    return Move(reply, "tip.after", {"receipt": receipt})


def where(turn: Turn) -> Move:
    """What the sender says of the place is added to the tip, understood or not."""
    receipt = str(turn.draft["receipt"])
    if turn.incoming.photos:
        return _pictured(turn, receipt)
    if turn.choice.startswith(places.AT):
        return _added(turn, receipt, turn.choice.removeprefix(places.AT))
    if turn.incoming.at:
        return _shared(turn, receipt)
    if not turn.text:
        return ask(receipt, say("tip.after"))
    return _added(turn, receipt, places.locate(turn, turn.text).code, turn.text)


def saved(turn: Turn) -> Move:
    """The receipt has been written down: wipe the conversation."""
    text = say("tip.saved_app", app=turn.app) if turn.app else say("tip.saved")
    return Move(Reply(text, menu.doors()), echo="", wipe=True)


def _pictured(turn: Turn, receipt: str) -> Move:
    """Photographs, with or without words: straight into the tip."""
    came = turn.incoming.photos
    receipts.add(turn.desk, receipt, turn.text, came)
    said = say("photo.added", count=str(len(came)))
    return ask(receipt, f"{said}\n\n{say('tip.after_still')}")


def _shared(turn: Turn, receipt: str) -> Move:
    found = places.nearby(turn)
    if isinstance(found, str):
        return _added(turn, receipt, found)
    codes, _ = found
    choices = (*places.buttons(turn, codes), *_saved())
    text = say("tip.place_border" if codes else "tip.spot_none")
    return Move(places.question(text, choices), "tip.after", turn.draft)


def _saved() -> tuple[Choice, ...]:
    return (button("saved", "primary"),)


def _added(turn: Turn, receipt: str, code: str | None, words: str = "") -> Move:
    with speaking(VIETNAMESE):  # officers read this one
        told = say("tip.after_added", place=places.typed(turn, code, words))
    receipts.add(turn.desk, receipt, told)
    done = Reply(
        say("tip.after_done", place=places.typed(turn, code, words)), _saved(), copy=receipt
    )
    return Move(done, "tip.after", turn.draft)
