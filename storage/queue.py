"""Rows of a queue: which tips an officer may see, in which order, page by page. No free text."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import eq, ge, le
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, tuple_
from sqlmodel import Session, col, select

from storage.models import Tip

CLOSED = "closed"


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


def page(session: Session, look: Look, after: UUID | None, limit: int) -> list[Tip]:
    """Open tips: urgent first, then by clock, then the oldest. Closed ones: the latest first.

    Args: after: the last tip of the page before; a tip that is gone begins anew.
    """
    closed = look.states == (CLOSED,)
    order: list[Any] = [col(Tip.urgent).desc(), col(Tip.due_at), col(Tip.received_hour)]
    if closed:
        order = [col(Tip.closed_on).desc()]
    query = select(Tip).where(*_conditions(look))
    last = session.get(Tip, after) if after else None
    if last is not None:
        query = query.where(_behind_closed(last) if closed else _behind(last))
    return list(session.exec(query.order_by(*order, col(Tip.id)).limit(limit)))


def newest(session: Session, look: Look, limit: int) -> list[Tip]:
    """The latest tips to have come in."""
    order = (col(Tip.received_hour).desc(), col(Tip.id))
    query = select(Tip).where(*_conditions(look))
    return list(session.exec(query.order_by(*order).limit(limit)))


def counts(session: Session, now: datetime, today: date) -> Counts:
    """How many tips are in each tab."""
    is_open, is_new = col(Tip.state) != CLOSED, col(Tip.state) == "new"
    tabs = (
        and_(is_new, ~col(Tip.suspect)),
        col(Tip.state).in_(("taken", "answered")),
        col(Tip.state) == "waiting",
        and_(is_open, col(Tip.due_at) <= now),
        col(Tip.state) == CLOSED,
        and_(is_new, col(Tip.suspect)),
        and_(is_open, col(Tip.remind_on) <= today),
    )
    row = session.execute(select(*(func.count().filter(tab) for tab in tabs)).select_from(Tip))
    return Counts(*row.one())


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
