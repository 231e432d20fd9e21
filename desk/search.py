"""Words looked for inside the tips an officer's key opens: in memory, for one request.

What was looked for is stored nowhere; the audit log remembers that somebody searched, and in how
many tips. Answers are rows of the queue, without a word of what is in them.
"""

import unicodedata
from dataclasses import dataclass, field

from desk import audit, envelope, officers, opening, queue
from desk.desk import Desk
from desk.errors import EmptyTextError, NoSuchTipError
from desk.officers import Signed
from desk.queue import Narrow, Row
from storage import queue as listed
from storage import tips
from storage.queue import Listed
from storage.tips import OPEN_STATES

AT_MOST = 300  # tips opened for one search
WORDS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. `place`: code of a commune the tip is about."""

    words: str = ""
    place: str | None = None
    narrow: Narrow = field(default_factory=Narrow)
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The tips it was found in, newest first; `more`: older ones were not looked into."""

    rows: list[Row]
    opened: int
    more: bool


def find(desk: Desk, signed: Signed, query: Query) -> Found:
    """Open the newest tips and keep those that hold every word, with or without marks.

    Raises:
        EmptyTextError: neither words nor a place.
    """
    wanted = _words(query.words)[:WORDS_AT_MOST]
    if not wanted and query.place is None:
        raise EmptyTextError
    states = (*OPEN_STATES, "closed") if query.closed else OPEN_STATES
    look = queue.look_of(desk, states, query.narrow)
    candidates = listed.newest(desk.session, look, AT_MOST + 1)
    station = signed.officer.station_code
    private = officers.station_key(desk, signed, station)
    found = [
        tip
        for tip in candidates[:AT_MOST]
        if _holds(desk, tip, station, private, wanted, query.place)
    ]
    opened = min(len(candidates), AT_MOST)
    audit.record(desk, "tips.searched", officer=signed.id, station=station, detail=str(opened))
    return Found(queue.rows(desk, found), opened, len(candidates) > AT_MOST)


def _holds(  # one question about one tip
    desk: Desk, tip: Listed, station: str, private: bytes, wanted: list[str], place: str | None
) -> bool:
    try:
        key = opening.with_key(desk, tip, station, private)
    except NoSuchTipError:  # escalated to a desk whose key was not wrapped
        return False
    lines = [
        envelope.unseal(key, tip.id, entry.no, entry.kind, entry.sealed)
        for entry in tips.entries(desk.session, tip.id)
    ]
    if place is not None and place not in {line.get("place") for line in lines}:
        return False
    texts = (str(value) for line in lines for value in line.values() if isinstance(value, str))
    text = f" {' '.join(texts)} ".casefold()
    marked, plain = unicodedata.normalize("NFC", text), _without_marks(text)
    return all(word in (plain if word == _without_marks(word) else marked) for word in wanted)


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).casefold().split()


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).replace("đ", "d")
    return "".join(char for char in decomposed if not unicodedata.combining(char))
