"""Coming back with a receipt: status, the officer's messages, an answer."""

from datetime import datetime

from desk import codes, receipts
from desk.clocks import VIETNAM
from desk.errors import ClosedError, EmptyTextError, WrongReceiptError
from desk.receipts import Followed, Line
from desk.tips import TEXT_LIMIT
from handlers import menu, photos
from handlers.chat import Choice, Reply
from handlers.flow import Draft, Move, Turn
from handlers.menu import button
from handlers.texts import say

TRIES = 8  # wrong codes per conversation before we ask to come back later
_SPOKEN = {"question": "message", "answer": "answer", "addition": "addition", "close": "close"}


def start(turn: Turn) -> Move:
    """Ask for the code, unless it stood behind the command."""
    return code(turn)


def code(turn: Turn) -> Move:
    """A code was typed."""
    if not turn.text:
        return _ask(turn.draft)
    wrong = int(turn.draft.get("wrong", 0))
    if wrong >= TRIES:
        return Move(Reply(say("receipt.slow_down"), _leave()), "receipt.code", turn.draft, echo="")
    try:
        followed = receipts.follow(turn.desk, turn.text)
    except WrongReceiptError:
        reply = Reply(say("receipt.wrong"), _leave(), hint=say("receipt.hint"))
        return Move(reply, "receipt.code", {"wrong": wrong + 1}, echo="")
    return _status(followed, turn.text)


def status(turn: Turn) -> Move:
    """The status is on screen: look again, answer, or simply write the answer."""
    if turn.choice == "add":
        reply = Reply(say("receipt.add"), (button("look_again"), *_leave()), asks_photo=True)
        return Move(reply, "receipt.add", turn.draft)
    if turn.incoming.photos:
        return add(turn)
    if codes.read_receipt(turn.text):
        return code(turn)
    if turn.text:
        return add(turn)
    return _status(receipts.follow(turn.desk, str(turn.draft["receipt"])), turn.draft["receipt"])


def add(turn: Turn) -> Move:
    """The citizen's answer or addition."""
    # Another tip's code is no answer: officers of this one would read it.
    if not turn.incoming.photos and (turn.choice or codes.read_receipt(turn.text)):
        return status(turn)
    if len(turn.text) > TEXT_LIMIT:
        text = say("tip.too_long", limit=str(TEXT_LIMIT))
        return Move(Reply(text, _leave()), "receipt.add", turn.draft, echo="")
    typed = str(turn.draft["receipt"])
    calls = menu.calls(turn, turn.text)
    try:
        receipts.add(turn.desk, typed, turn.text, turn.incoming.photos)
    except EmptyTextError:
        return Move(Reply(say("receipt.add"), _leave()), "receipt.add", turn.draft)
    except ClosedError:
        return Move(Reply(say("receipt.closed"), menu.doors(), calls=calls), wipe=True)
    came = say("photo.added", count=str(len(turn.incoming.photos)))
    text = say("receipt.added") if not turn.incoming.photos else came
    if calls:
        text = f"{say('receipt.added_urgent')}\n\n{text}"
    reply = Reply(text, (button("look_again"), *_leave()), calls=calls, asks_photo=True)
    return Move(reply, "receipt.status", turn.draft, echo="", wipe=True)


STEPS = {
    "receipt.start": start,
    "receipt.code": code,
    "receipt.status": status,
    "receipt.add": add,
}


def _leave() -> tuple[Choice, ...]:
    return (button("home", "quiet"),)


def _ask(draft: Draft) -> Move:
    kept = {"wrong": draft.get("wrong", 0)}
    return Move(Reply(say("receipt.ask"), _leave(), hint=say("receipt.hint")), "receipt.code", kept)


def _status(followed: Followed, typed: str) -> Move:
    text = say(
        "receipt.status",
        hour=_hour(followed.received_hour),
        station=followed.station,
        state=_state(followed),
    )
    spoken = [
        say(f"receipt.{_SPOKEN[line.kind]}", hour=_hour(line.at_hour), text=_words(line))
        for line in followed.lines
        if line.kind in _SPOKEN
    ]
    if followed.questions_open:
        spoken.append(say("receipt.no_duty_to_say"))
    choices: tuple[Choice, ...] = (button("look_again"), *_leave())
    is_open = followed.state != "closed"
    if is_open:
        choices = (button("add", "primary"), *choices)
    reply = Reply("\n\n".join([text, *spoken]), choices, asks_photo=is_open)
    return Move(reply, "receipt.status", {"receipt": typed}, echo="", wipe=True)


def _words(line: Line) -> str:
    return " ".join(filter(None, (line.text, photos.told(line.photos))))


def _state(followed: Followed) -> str:
    if followed.state == "closed":
        return say(f"receipt.state_closed_{followed.disposition}")
    if followed.state == "new" and followed.urgent:
        return say("receipt.state_new_urgent")
    return say(f"receipt.state_{followed.state}")


def _hour(at: datetime) -> str:
    local = at.astimezone(VIETNAM)
    return say("receipt.hour", hour=f"{local:%-H}", date=f"{local:%-d/%-m}")
