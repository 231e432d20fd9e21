"""The story of a tip or a notice as people read it: what was said, and who did what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from console import photos, words
from console.photos import Shown
from desk import officers, stations
from desk.desk import Desk
from desk.queue import Line, Opened
from storage.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Event:
    """Something said about the tip; `outside` if the sender said it or will read it."""

    title: str
    kind: str
    author: str
    at_hour: datetime
    text: str
    outside: bool
    pictures: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done with it, `times` in a row, last `at`."""

    what: str
    who: str
    at: datetime
    times: int


def events(desk: Desk, opened: Opened) -> list[Event]:
    """What came after the first report, oldest first."""
    return [_event(desk, line, opened.photos) for line in opened.lines[1:]]


def deeds(desk: Desk, opened: Opened) -> list[Deed]:
    """The audit log of this tip, oldest first; the same thing done again is one line."""
    names = {id_: _officer(desk, id_) for id_ in {deed.officer_id for deed in opened.deeds}}
    runs = (list(run) for _, run in groupby(opened.deeds, key=lambda d: (d.action, d.officer_id)))
    return [
        Deed(_what(desk, run[-1]), names[run[-1].officer_id], run[-1].at, len(run)) for run in runs
    ]


def of_notice(desk: Desk, entries: list[AuditEntry]) -> list[Deed]:
    """The audit log of a notice, oldest first."""
    names = {id_: _officer(desk, id_) for id_ in {entry.officer_id for entry in entries}}
    return [
        Deed(words.NOTICE_DEEDS.get(e.action, e.action), names[e.officer_id], e.at, 1)
        for e in entries
    ]


def _event(desk: Desk, line: Line, small: Mapping[str, bytes]) -> Event:
    title = words.LINE_NAMES.get(line.kind, line.kind)
    if line.kind == "transfer":
        title = f"{title}: {_route(desk, line.content)}"
    if line.kind == "close":
        disposition = line.content["disposition"]
        title = f"{title}: {words.DISPOSITION_NAMES.get(disposition, disposition)}"
    outside = line.kind in ("tip", "question", "answer", "addition", "close")
    author = line.author or "Người báo"
    pictures = tuple(photos.of_line(line.content, small))
    return Event(title, line.kind, author, line.at_hour, _text(desk, line), outside, pictures)


def _text(desk: Desk, line: Line) -> str:
    content = line.content
    if line.kind == "facts":
        named = _station(desk, content["place"]) if content["place"] else ""
        parts = (
            named.removeprefix("Công an "),
            content["place_words"],
            content["when"],
            content["who"],
        )
        return " · ".join((*filter(None, parts), words.ONGOING_NAMES[content["ongoing"]]))
    if line.kind == "formal":
        return words.FORMAL_STEPS[content["step"]]
    if line.kind == "reminder":
        return f"{words.day(date.fromisoformat(content['on']))}: {content['text']}"
    return str(content["text"])


def _route(desk: Desk, content: dict[str, Any]) -> str:
    return f"{_station(desk, content['from'])} → {_station(desk, content['to'])}"


def _what(desk: Desk, deed: AuditEntry) -> str:
    what = words.DEED_NAMES.get(deed.action, deed.action)
    if deed.action == "tip.transferred":
        return f"{what} ({' → '.join(_station(desk, c) for c in deed.detail.split('>'))})"
    if deed.action == "tip.category":
        return f"{what} ({' → '.join(words.category(c) for c in deed.detail.split('>'))})"
    if deed.action == "tip.assigned":
        return f"{what} cho {_officer(desk, UUID(deed.detail))}"
    if deed.action == "tip.printed":
        return f"{what} {words.PAPER_NAMES.get(deed.detail, deed.detail)}"
    if deed.action == "tip.closed":
        return f"{what} ({words.DISPOSITION_NAMES.get(deed.detail, deed.detail)})"
    return what


def _station(desk: Desk, code: str) -> str:
    station = stations.find(desk, code)
    return station.name if station else code


def _officer(desk: Desk, id_: UUID | None) -> str:
    officer = officers.find(desk, id_) if id_ else None
    return officer.name if officer else "Máy"
