"""Rows of a queue: which tips an officer may see, in which order, page by page. No free text."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import eq, ge, le
from typing import Any, NamedTuple, Self
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, text, tuple_
from sqlmodel import Session, col, select

from storage.models import Tip

CLOSED = "closed"
PROVINCE_DIGITS = 2  # of a province's code, which is also its station's


class Listed(NamedTuple):
    """What a list needs of a tip, named as its columns; a tuple, because that is quickest made."""

    id: UUID
    station_code: str
    escalated: bool
    category: str
    urgent: bool
    state: str
    clock: str
    due_at: datetime
    remind_on: date | None
    disposition: str | None
    received_hour: datetime
    closed_on: date | None
    claimed_by: UUID | None
    month: str

    @classmethod
    def of(cls, tip: Tip) -> Self:
        """A tip that was read whole."""
        return cls(*(getattr(tip, name) for name in cls._fields))


_COLUMNS = [col(getattr(Tip, name)) for name in Listed._fields]


@dataclass(frozen=True, slots=True)
class Look:
    """Which tips to list. None: whatever it is."""

    states: tuple[str, ...]
    suspect: bool | None = None
    due_until: datetime | None = None
    category: str | None = None
    station: str | None = None
    since: datetime | None = None
    remind_until: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tips this session may see, by tab; `remind`: those due to be looked at again."""

    new: int
    taken: int
    waiting: int
    late: int
    closed: int
    spam: int
    remind: int


def page(session: Session, look: Look, after: UUID | None, limit: int) -> list[Listed]:
    """Open tips: urgent first, then by clock, then the oldest. Closed ones: the latest first.

    Args: after: the last tip of the page before; a tip that is gone begins anew.
    """
    closed = look.states == (CLOSED,)
    conditions = _conditions(look)
    last = session.get(Tip, after) if after else None
    if last is not None:
        conditions.append(_behind_closed(last) if closed else _behind(last))
    order: list[Any] = [col(Tip.urgent).desc(), col(Tip.due_at), col(Tip.received_hour)]
    if closed:
        order = [col(Tip.closed_on).desc()]
    found = _of_each_list(session, conditions, [*order, col(Tip.id)], limit)
    return sorted(found, key=_closed_key if closed else _open_key)[:limit]


def newest(session: Session, look: Look, limit: int) -> list[Listed]:
    """The latest tips to have come in."""
    order = [col(Tip.received_hour).desc(), col(Tip.id)]
    found = _of_each_list(session, _conditions(look), order, limit)
    return sorted(found, key=lambda tip: (-tip.received_hour.timestamp(), tip.id))[:limit]


def counts(session: Session, now: datetime, today: date) -> Counts:
    """How many tips are in each tab."""
    is_new = col(Tip.state) == "new"
    tabs = (
        and_(is_new, ~col(Tip.suspect)),
        col(Tip.state).in_(("taken", "answered")),
        col(Tip.state) == "waiting",
        col(Tip.due_at) <= now,
        and_(is_new, col(Tip.suspect)),
        col(Tip.remind_on) <= today,
    )
    sums = [0] * len(tabs)
    closed = 0
    for mine in _lists(session):
        query = select(*(func.count().filter(tab) for tab in tabs)).select_from(Tip)
        row = session.execute(query.where(mine, col(Tip.state) != CLOSED)).one()
        sums = [before + more for before, more in zip(sums, row, strict=True)]
        query = select(func.count()).select_from(Tip).where(mine, col(Tip.state) == CLOSED)
        closed += session.execute(query).scalar_one()
    new, taken, waiting, late, spam, remind = sums
    return Counts(new, taken, waiting, late, closed, spam, remind)


def _of_each_list(
    session: Session, conditions: list[ColumnElement[bool]], order: list[Any], limit: int
) -> list[Listed]:
    """The first of every list this session may see, not yet in one order."""
    return [
        Listed._make(row)
        for mine in _lists(session)
        for row in session.execute(
            select(*_COLUMNS).where(mine, *conditions).order_by(*order).limit(limit)
        )
    ]


def _lists(session: Session) -> list[ColumnElement[bool]]:
    """What row level security lets this session see, list by list.

    The policy alone would do; but its OR over subqueries reads every tip there is, and a list by
    the name of its station is read in its order from the index (bench/lists.py).
    """
    mine = text(
        "SELECT station_code FROM officer_scope WHERE officer_id = nullif("
        "current_setting('tiengloa.officer', true), '')::uuid ORDER BY 1"
    )
    codes = session.execute(mine).scalars().all()
    found: list[ColumnElement[bool]] = [col(Tip.station_code) == code for code in codes]
    passed_up = (
        and_(
            col(Tip.escalated), col(Tip.province_code) == code, col(Tip.station_code).not_in(codes)
        )
        for code in codes
        if len(code) == PROVINCE_DIGITS
    )
    return [*found, *passed_up]


def _open_key(tip: Listed) -> tuple[Any, ...]:
    return not tip.urgent, tip.due_at, tip.received_hour, tip.id


def _closed_key(tip: Listed) -> tuple[Any, ...]:
    return -(tip.closed_on or date.min).toordinal(), tip.id


def _conditions(look: Look) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Tip.state).in_(look.states)]
    wanted = (
        (col(Tip.suspect), eq, look.suspect),
        (col(Tip.due_at), le, look.due_until),
        (col(Tip.category), eq, look.category),
        (col(Tip.station_code), eq, look.station),
        (col(Tip.received_hour), ge, look.since),
        (col(Tip.remind_on), le, look.remind_until),
    )
    return found + [
        compare(column, given) for column, compare, given in wanted if given is not None
    ]


def _behind(last: Tip) -> ColumnElement[bool]:
    """What comes after a tip in the order of open ones."""
    keys = tuple_(col(Tip.due_at), col(Tip.received_hour), col(Tip.id))
    later = keys > tuple_(last.due_at, last.received_hour, last.id)
    calmer = ~col(Tip.urgent) if last.urgent else false()
    return or_(calmer, and_(col(Tip.urgent) == last.urgent, later))


def _behind_closed(last: Tip) -> ColumnElement[bool]:
    day = col(Tip.closed_on)
    return or_(day < last.closed_on, and_(day == last.closed_on, col(Tip.id) > last.id))
