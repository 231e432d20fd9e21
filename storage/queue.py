"""Rows of a queue: which tips an officer may see, in which order, page by page. No free text.

A question is put together once for each way of asking it and kept: that took longer than the
database needs to answer (bench/lists.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, NamedTuple, Self
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    Text,
    all_,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
    tuple_,
)
from sqlmodel import Session

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
    flood: UUID | None

    @classmethod
    def of(cls, tip: Tip) -> Self:
        """A tip that was read whole."""
        return cls(*(getattr(tip, name) for name in cls._fields))


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


_Order = Literal["open", "closed", "newest"]
_Values = dict[str, Any]

_TIP = Tip.__table__.c  # type: ignore[attr-defined] # SQLModel makes it
_COLUMNS = [_TIP[name] for name in Listed._fields]
_OPEN_KEYS = ("due_at", "received_hour", "id")
_ORDERS: Mapping[_Order, list[Any]] = {
    "open": [_TIP.urgent.desc(), *(_TIP[name] for name in _OPEN_KEYS)],
    "closed": [_TIP.closed_on.desc(), _TIP.id],
    "newest": [_TIP.received_hour.desc(), _TIP.id],
}
# The fields of `Look` besides its states, as conditions.
_NARROWED: Mapping[str, ColumnElement[bool]] = {
    "suspect": _TIP.suspect == bindparam("suspect"),
    "due_until": _TIP.due_at <= bindparam("due_until"),
    "category": _TIP.category == bindparam("category"),
    "station": _TIP.station_code == bindparam("station"),
    "since": _TIP.received_hour >= bindparam("since"),
    "remind_until": _TIP.remind_on <= bindparam("remind_until"),
}
# What row level security lets a session see, list by list. The policy alone would do; but its OR
# over subqueries reads every tip there is, and a list by the name of its station is read in its
# order from the index (bench/lists.py).
_SCOPE = text(
    "SELECT station_code FROM officer_scope WHERE officer_id = nullif("
    "current_setting('tiengloa.officer', true), '')::uuid ORDER BY 1"
)
_OF_STATION = _TIP.station_code == bindparam("code")
_PASSED_UP = and_(
    _TIP.escalated,
    _TIP.province_code == bindparam("code"),
    _TIP.station_code != all_(bindparam("codes", type_=ARRAY(Text))),
)


def page(session: Session, look: Look, after: UUID | None, limit: int) -> list[Listed]:
    """Open tips: urgent first, then by clock, then the oldest. Closed ones: the latest first.

    Args: after: the last tip of the page before; a tip that is gone begins anew.
    """
    closed = look.states == (CLOSED,)
    last = session.get(Tip, after) if after else None
    found = _of_each_list(session, look, "closed" if closed else "open", limit, last)
    return sorted(found, key=_closed_key if closed else _open_key)[:limit]


def newest(session: Session, look: Look, limit: int) -> list[Listed]:
    """The latest tips to have come in."""
    found = _of_each_list(session, look, "newest", limit)
    return sorted(found, key=lambda tip: (-tip.received_hour.timestamp(), tip.id))[:limit]


def counts(session: Session, now: datetime, today: date) -> Counts:
    """How many tips are in each tab."""
    is_new = _TIP.state == "new"
    tabs = (
        and_(is_new, ~_TIP.suspect),
        _TIP.state.in_(("taken", "answered")),
        _TIP.state == "waiting",
        _TIP.due_at <= now,
        and_(is_new, _TIP.suspect),
        _TIP.remind_on <= today,
    )
    sums = [0] * len(tabs)
    closed = 0
    for mine, bound in _lists(session):
        still = select(*(func.count().filter(tab) for tab in tabs)).select_from(Tip)
        row = session.execute(still.where(mine, _TIP.state != CLOSED), bound).one()
        sums = [before + more for before, more in zip(sums, row, strict=True)]
        ended = select(func.count()).select_from(Tip).where(mine, _TIP.state == CLOSED)
        closed += session.execute(ended, bound).scalar_one()
    new, taken, waiting, late, spam, remind = sums
    return Counts(new, taken, waiting, late, closed, spam, remind)


def _lists(session: Session) -> list[tuple[ColumnElement[bool], _Values]]:
    """Each list this session may see: a condition and the values for it."""
    codes = list(session.execute(_SCOPE).scalars())
    provinces = [code for code in codes if len(code) == PROVINCE_DIGITS]
    return [
        *((_OF_STATION, {"code": code}) for code in codes),
        *((_PASSED_UP, {"code": code, "codes": codes}) for code in provinces),
    ]


def _of_each_list(
    session: Session, look: Look, order: _Order, limit: int, last: Tip | None = None
) -> list[Listed]:
    """The first of every list this session may see, not yet in one order."""
    values = {name: given for name in _NARROWED if (given := getattr(look, name)) is not None}
    narrowed = tuple(values)
    behind = None if last is None else last.urgent
    if last is not None:
        values |= {name: getattr(last, name) for name in (*_OPEN_KEYS, "closed_on")}
    return [
        Listed._make(row)
        for mine, bound in _lists(session)
        for row in session.execute(
            _query(mine, look.states, narrowed, order, behind),
            {**values, **bound, "limit": limit},
        ).all()
    ]


@cache  # two kinds of lists, six tabs, six ways to narrow each
def _query(
    mine: ColumnElement[bool],
    states: tuple[str, ...],
    narrowed: tuple[str, ...],
    order: _Order,
    behind: bool | None,  # noqa: FBT001 # whether the last tip of the page before is urgent
) -> Select[Any]:
    """Put a question together."""
    conditions = [mine, or_(*(_TIP.state == state for state in states))]
    conditions += [_NARROWED[name] for name in narrowed]
    if behind is not None:
        conditions.append(_behind_closed() if order == "closed" else _behind(urgent=behind))
    query = select(*_COLUMNS).where(*conditions)
    return query.order_by(*_ORDERS[order]).limit(bindparam("limit", type_=Integer))


def _behind(*, urgent: bool) -> ColumnElement[bool]:
    """What comes after a tip in the order of open ones."""
    keys = tuple_(*(_TIP[name] for name in _OPEN_KEYS))
    later = keys > tuple_(*(bindparam(name, type_=_TIP[name].type) for name in _OPEN_KEYS))
    calm = ~_TIP.urgent
    return or_(calm, and_(_TIP.urgent, later)) if urgent else and_(calm, later)


def _behind_closed() -> ColumnElement[bool]:
    day, last = _TIP.closed_on, bindparam("closed_on", type_=_TIP.closed_on.type)
    return or_(day < last, and_(day == last, _TIP.id > bindparam("id", type_=_TIP.id.type)))


def _open_key(tip: Listed) -> tuple[Any, ...]:
    return not tip.urgent, tip.due_at, tip.received_hour, tip.id


def _closed_key(tip: Listed) -> tuple[Any, ...]:
    return -(tip.closed_on or date.min).toordinal(), tip.id
