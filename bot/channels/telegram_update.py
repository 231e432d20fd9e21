"""What is read of an update: text, button, chat number. And how buttons are signed.

Everything is refused unless it is on this page. Names, usernames, languages, numbers, contact
cards, names of files and where a message was forwarded from are not. Of a place the two numbers and
how far they may be wrong are read; they stay in the inbox until the question they answer is dealt
with. Of a photograph the id is read by which it is fetched; it stays in memory.
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any

from aiohttp import web

from bot.channels.base import OFFICERS, Event, MalformedError
from bot.channels.clean import clean
from handlers.chat import WITHHELD
from nlp.boundaries import Spot

BODY_BYTES = 2**20  # an update with everything in it has some tens of kilobytes
CALLBACK_BYTES = 64  # Telegram's limit
EXPIRED = "expired"  # no button has this id: the conversation says that it no longer works

_VERSION = "v1"
_MAC_BYTES = 8  # a guess hits once in 1.8e19, and only in the guesser's own chat
# What may hold a message without text that its sender would believe we have.
_WITHHELD = (
    *("animation", "audio", "checklist", "contact", "dice", "document", "paid_media"),
    *("poll", "sticker", "story", "venue", "video", "video_note", "voice"),
)


# A photograph sent as a file, so that it is not made smaller, is a photograph all the same.
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")


class Buttons:
    """Buttons that carry all they mean, signed for one chat: they outlive every restart."""

    def __init__(self, secret: str) -> None:
        """Args: secret: derived from the token."""
        self._secret = secret.encode()

    def sign(self, address: str, choice: str) -> str:
        """What a button of this chat carries.

        Raises:
            ValueError: the choice's id does not fit; ids are the program's own.
        """
        data = f"{_VERSION}:{choice}:{self._mac(address, choice)}"
        if len(data.encode()) > CALLBACK_BYTES:
            raise ValueError(f"a button's id has more than {CALLBACK_BYTES - 15} bytes")
        return data

    def read(self, address: str, data: str) -> str:
        """The choice, or `EXPIRED` if it was not signed by us for this chat."""
        version, _, rest = data.partition(":")
        choice, _, mac = rest.rpartition(":")
        right = self._mac(address, choice)
        good = version == _VERSION and hmac.compare_digest(mac.encode(), right.encode())
        return choice if good else EXPIRED

    def _mac(self, address: str, choice: str) -> str:
        full = hmac.digest(self._secret, f"{address}\0{choice}".encode(), sha256)
        return urlsafe_b64encode(full[:_MAC_BYTES]).decode().rstrip("=")


def events_of(raw: Mapping[str, Any], buttons: Buttons) -> list[Event]:
    """What an update says to us; nothing if it is of a kind we did not ask for.

    Raises:
        MalformedError: names the field that is missing or of another type.
    """
    key = str(_field(raw, "update_id", int, "update"))
    if "callback_query" in raw:
        return _pressed(key, _field(raw, "callback_query", dict, "update"), buttons)
    if "message" in raw:
        return _said(key, _field(raw, "message", dict, "update"))
    return []


def files_of(updates: Iterable[object], buttons: Buttons) -> list[str]:
    """What the photographs among these are fetched by; what cannot be read is passed over here."""
    found: list[str] = []
    for raw in updates:
        with suppress(Exception):  # whoever takes it puts it aside
            events = events_of(raw, buttons) if isinstance(raw, Mapping) else []
            found += [event.file for event in events if event.file]
    return found


def callback_of(raw: object) -> str:
    """The id by which a press is answered; empty if the update is none."""
    query = raw.get("callback_query") if isinstance(raw, Mapping) else None
    found = query.get("id") if isinstance(query, Mapping) else None
    return found if isinstance(found, str) else ""


def following(raw: object, offset: int) -> int:
    """What to ask for next; an update without a number goes when a later one is acknowledged."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    return number + 1 if isinstance(number, int) else offset


async def body_of(request: web.Request) -> bytes:
    """The body, or nothing if it is too long to be an update."""
    body = b""
    while len(body) <= BODY_BYTES and (more := await request.content.read(BODY_BYTES)):
        body += more
    return body if len(body) <= BODY_BYTES else b""


def object_of(body: bytes) -> Mapping[str, Any]:
    """An update, or an empty one, which is put aside as malformed."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _pressed(key: str, query: Mapping[str, Any], buttons: Buttons) -> list[Event]:
    if "message" not in query:
        return []  # pressed under a message of another chat
    address, private = _chat(_field(query, "message", dict, "callback_query"), "callback_query.")
    data = _field(query, "data", str, "callback_query")
    choice = buttons.read(address, data)
    return [Event("choice", address, key, choice=choice)] if private else []


def _said(key: str, message: Mapping[str, Any]) -> list[Event]:
    address, private = _chat(message, "")
    text = clean(_field(message, "text", str, "message")) if "text" in message else ""
    command, _, rest = text.partition(" ")
    word = command.partition("@")[0].lower()
    if word in OFFICERS:
        return [Event("text", address, key, text=f"{word} {rest.strip()}".strip())]
    if not private:
        return []  # what officers say among themselves is not ours to read
    file = _photo(message)
    if file:
        caption = clean(_field(message, "caption", str, "message")) if "caption" in message else ""
        return [Event("photo", address, key, text=caption, file=file)]
    events = [Event("text", address, key, text=text)] if text else []
    if "location" in message:  # a venue brings its own; its name and address are not read
        events.append(Event("location", address, key, at=_spot(message)))
    elif any(kind in message for kind in _WITHHELD):
        events.append(Event("withheld", address, f"{key} withheld", choice=WITHHELD))
    if "caption" in message:
        caption = clean(_field(message, "caption", str, "message"))
        events += [Event("text", address, f"{key} caption", text=caption)] if caption else []
    return events


def _photo(message: Mapping[str, Any]) -> str:
    """The id of the largest photograph we take; empty if there is none, or nothing but its name."""
    document = message.get("document")
    if isinstance(document, Mapping) and document.get("mime_type") in _PICTURES:
        return str(_field(document, "file_id", str, "message.document"))
    sizes = _field(message, "photo", list, "message") if "photo" in message else []
    found = [size for size in sizes if isinstance(size, Mapping)]
    if sizes and not found:
        raise MalformedError("message.photo must be objects")
    largest = max(found, key=_pixels, default=None)
    return "" if largest is None else str(_field(largest, "file_id", str, "message.photo"))


def _pixels(size: Mapping[str, Any]) -> int:
    width, height = size.get("width"), size.get("height")
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def _spot(message: Mapping[str, Any]) -> Spot:
    place = _field(message, "location", dict, "message")
    latitude, longitude = _number(place, "latitude", 90), _number(place, "longitude", 180)
    # Missing for a place put on the map by hand.
    known = "horizontal_accuracy" in place
    return Spot(latitude, longitude, _number(place, "horizontal_accuracy", 1500) if known else 0.0)


def _number(place: Mapping[str, Any], name: str, most: float) -> float:
    value = place.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= most:
        raise MalformedError(f"message.location.{name} must be a number up to {most}")
    return float(value)


def _chat(message: Mapping[str, Any], where: str) -> tuple[str, bool]:
    """Where an answer goes, and whether one person alone is there."""
    chat = _field(message, "chat", dict, f"{where}message")
    address = str(_field(chat, "id", int, f"{where}message.chat"))
    return address, chat.get("type") == "private"


def _field(holder: Mapping[str, Any], name: str, kind: type, where: str) -> Any:  # noqa: ANN401 # JSON
    value = holder.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise MalformedError(f"{where}.{name} must be {kind.__name__}")
    return value
