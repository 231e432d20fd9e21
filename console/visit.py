"""What a page is given, and what it may answer. Plain values: no request, no response."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from console.facts import Facts
from desk.desk import Desk
from desk.officers import Signed
from storage.models import Station

BASE = "/desk"  # where bot mounts the console; cookies are bound to it


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one page: inside a transaction, for one officer or for nobody.

    `cookie` is the secret of the log-in, `browser` that of the browser, whoever is logged in;
    `form` and `query` hold cleaned text; `alert` is why the page is shown again, empty the first
    time.
    """

    desk: Desk
    facts: Facts
    cookie: str
    browser: str = ""
    signed: Signed | None = None
    station: Station | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    alert: str = ""

    @property
    def who(self) -> Signed:
        """The officer, on pages that nobody else reaches."""
        if self.signed is None:
            raise LookupError("this route lets in visitors without a log-in: its page must ask")
        return self.signed

    @property
    def where(self) -> Station:
        """The officer's station."""
        if self.station is None:
            raise LookupError("this route lets in visitors without a log-in: its page must ask")
        return self.station


@dataclass(frozen=True, slots=True)
class Show:
    """A page to draw."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Go:
    """On to another page; `said` is shown there once.

    `cookie` is a new log-in's secret, or empty to forget the one there is.
    """

    to: str
    said: str = ""
    cookie: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """Something that is no page: the browser shows it, and keeps nothing."""

    body: bytes
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A file that is made after the commit, in the few threads that may take long."""

    make: Callable[[], bytes]
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class KeyNeeded:
    """Commit, make the slow password key outside any transaction, then go on in a new one.

    `stranger`: whoever asks showed nothing yet, no one-time link and no browser that is known.
    """

    password: str
    salt: bytes
    then: Callable[[Visit, bytes], "Answer"]
    stranger: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Commit, work something out in the few slow threads, then go on in a new transaction."""

    work: Callable[[], object]
    then: Callable[[Visit, Any], "Answer"]


Answer = Show | Go | File | Drawing | KeyNeeded | Aside
Handler = Callable[[Visit], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table in `console.app`.

    `roles` empty: no log-in needed. `again` draws the page a refused POST came from. `early`: a
    province's officer may use it before the recovery key is confirmed.
    """

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    roles: frozenset[str]
    again: Handler | None = None
    early: bool = False
