"""What a channel is: how it reads, shows and sends, and the seven ways a sending can end."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field
from datetime import timedelta
from typing import Any, Literal, Protocol, runtime_checkable

from aiohttp.web import AbstractRouteDef

from handlers.chat import Choice, Reply
from handlers.texts import VIETNAMESE
from nlp.boundaries import Spot

# Who can know who writes: nobody between us and the network; a company, under a name of one's own
# choosing; a company that holds a telephone number.
Anonymity = Literal["anonymous", "pseudonymous", "confidential"]

# What an officer writes in a station's group: its first word, in small letters, alone.
OFFICERS = ("/truc", "/thoitruc")

EventKind = Literal["text", "choice", "photo", "file", "location", "follow", "unfollow", "withheld"]


@dataclass(frozen=True, slots=True)
class Caps:
    """What a channel can do; the core never asks for its name.

    `max_text` is the longest message in UTF-16 units (0: no limit), `buttons` how many a message
    may carry (0: none, choices are numbered). `pull`: replies are read by a page, never sent.
    """

    anonymity: Anonymity
    max_text: int = 0
    buttons: int = 0
    call_button: bool = False
    copy_button: bool = False
    edit: bool = False
    delete: bool = False
    photo_in: bool = False
    photo_out: bool = False
    silent: bool = False
    pull: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that came in, with nothing of who sent it but where an answer goes.

    `file` is what its channel fetches a photograph by; it is held in memory and stored nowhere.
    """

    kind: EventKind
    address: str
    dedupe_key: str
    text: str = ""
    choice: str = ""
    at: Spot | None = None
    file: str = field(default="", repr=False)

    def payload(self) -> dict[str, Any]:
        """What the inbox may keep of it; a place until it is dealt with."""
        kept: dict[str, Any] = {"text": self.text, "choice": self.choice}
        return kept | ({"at": list(astuple(self.at))} if self.at else {})


@dataclass(frozen=True, slots=True)
class Payload:
    """One message as this channel will show it."""

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
    silent: bool = False
    language: str = VIETNAMESE


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """Too fast: nothing was sent, and nothing may be for this long."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody is there any more: blocked, left, deleted. Do not write again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The same chat has a new address. Nothing was sent."""

    address: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Surely not sent; trying again is free. `error` is a kind, never words of people.

    `after`: when to try again, where that is known.
    """

    error: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may have arrived; sent again, it may arrive twice."""

    error: str


@dataclass(frozen=True, slots=True)
class Refused:
    """This message will never be taken, however often it is tried."""

    code: str


Outcome = Sent | Throttled | Gone | Moved | NotSent | Ambiguous | Refused


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a channel works; `detail` tells an operator what is wrong and how to mend it."""

    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Polled:
    """Something fetched. `ack` is called once it is durable."""

    raw: Mapping[str, Any]
    ack: Callable[[], None]


class MalformedError(Exception):
    """Not of the form this channel sends. The message names fields, never values."""


class NoPhotoError(Exception):
    """The photograph cannot be had: too large, gone, or the company cannot be reached."""


@runtime_checkable
class BringsPhotos(Protocol):
    """A channel whose photographs have to be fetched."""

    async def photo(self, event: Event) -> bytes:
        """The file of an event of kind "photo", as it was sent.

        Raises:
            NoPhotoError: there is none to be had.
        """
        ...


class Channel(Protocol):
    """One way in and out. Everything else (order, durability, pace, retries) is the core's."""

    @property
    def name(self) -> str:
        """Stored with every row of this channel: never renamed."""
        ...

    @property
    def caps(self) -> Caps:
        """What it can do."""
        ...

    @property
    def redact(self) -> tuple[str, ...]:
        """Secrets that must show in no log; tests look for them there."""
        ...

    def routes(self) -> Iterable[AbstractRouteDef]:
        """Pages and webhooks: verify first, then into the inbox, then answer."""
        ...

    def poll(self) -> AsyncIterator[Polled] | None:
        """What has to be fetched; None if everything comes by itself."""
        ...

    def parse(self, raw: Mapping[str, Any]) -> list[Event]:
        """Our words for what came in. Pure.

        Raises:
            MalformedError: not of this channel's form.
        """
        ...

    def render(self, reply: Reply, caps: Caps) -> list[Payload]:
        """A reply as the messages this channel shows, in order. Pure."""
        ...

    async def send(self, address: str, payload: Payload) -> Outcome:
        """The only thing here that touches the network."""
        ...

    async def health(self) -> Health:
        """Whether messages can come and go now."""
        ...
