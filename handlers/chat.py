"""Words shared by all channels: what comes in, what goes out, and a button."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from handlers.texts import VIETNAMESE
from nlp.boundaries import Spot

Style = Literal["", "primary", "danger", "quiet"]

# What an adapter passes on in place of a file or a contact card: that there was one.
WITHHELD = "withheld"
# And in place of a photograph that was none, was too large, or could not be fetched.
UNREAD = "photo_unread"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. Channels without buttons number them; the core takes the number or the label."""

    id: str
    label: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a citizen: words, a button, a place, photographs. Nothing of who sent it.

    `at` is used for the one question it answers and never stored outside the inbox; `photos` are
    ids of `desk.photos`.
    """

    text: str = ""
    choice: str = ""
    at: Spot | None = None
    photos: tuple[str, ...] = ()

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> "Incoming":
        """From what an adapter put into the inbox.

        Raises:
            PoisonError: not of this form. The message names fields, never values.
        """
        text, choice = payload.get("text", ""), payload.get("choice", "")
        if not isinstance(text, str) or not isinstance(choice, str):
            raise PoisonError("text and choice must be strings")
        return cls(text, choice, _spot(payload.get("at")), tuple(payload.get("photos", ())))


def _spot(value: object) -> Spot | None:
    if value is None:
        return None
    try:
        latitude, longitude, accuracy = map(float, value)  # type: ignore[call-overload] # checked here
        return Spot(latitude, longitude, accuracy)
    except (TypeError, ValueError):
        raise PoisonError("at must be three numbers, degrees and metres") from None


class PoisonError(Exception):
    """A message no handler can read; it is put aside and the others go on."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a citizen.

    `calls` are numbers to call, shown before the text; `copy` is a code with a copy button; `hint`
    stands in the empty text field, `fill` is already in it, to be changed; `only_buttons`: no text
    field, where a channel can do without; `link` is the path of a page of one's own, to be kept;
    `asks_place`: the answer is a place, which a page may help to write, or send by itself;
    `asks_photo`: photographs may come along; `language` is the one it is written in.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    calls: tuple[str, ...] = ()
    copy: str = ""
    hint: str = ""
    only_buttons: bool = False
    fill: str = ""
    link: str = ""
    asks_place: bool = False
    asks_photo: bool = False
    language: str = VIETNAMESE


def bot_line(reply: Reply) -> dict[str, Any]:
    """A reply as a line of the conversation."""
    return {"who": "bot", **asdict(reply)}


def citizen_line(text: str) -> dict[str, Any]:
    """What the citizen said, as a line of the conversation."""
    return {"who": "citizen", "text": text}


def reply_of(line: Mapping[str, Any]) -> Reply:
    """The reply a line was made from; what a line does not say is empty."""
    return Reply(
        line["text"],
        tuple(Choice(**choice) for choice in line.get("choices", ())),
        tuple(line.get("calls", ())),
        line.get("copy", ""),
        line.get("hint", ""),
        bool(line.get("only_buttons")),
        line.get("fill", ""),
        line.get("link", ""),
        bool(line.get("asks_place")),
        bool(line.get("asks_photo")),
        line.get("language", VIETNAMESE),
    )
