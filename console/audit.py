"""Who did what: the audit log of a station, or of a province with its communes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from console import words
from console.visit import Answer, Show, Visit
from desk import audit, logins, officers, stations
from storage.models import AuditEntry

_RESETS = ("officer.reset_asked", "officer.reset_approved", "officer.reset_done")
_SAYS_WHAT = ("words.added", "words.removed")
_SAYS_HOW_MANY = ("contacts.imported", "hamlets.imported")
_LOCKED = {logins.KNOWN: "ở máy quen", logins.STRANGERS: "ở máy lạ"}
# Without an officer: done with the command line, by whoever runs the server.
_BY_OPERATOR = ("officer.invited", "officer.reset_approved", "corrections.exported")
_OPERATOR = "Người quản trị máy chủ"
_ABOUT_SOMEBODY = ("officer.left", "tip.assigned", *_RESETS)


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log as people read it."""

    no: int
    at: datetime
    who: str
    where: str
    what: str
    tip: UUID | None


def show(visit: Visit) -> Answer:
    """The newest deeds first, page by page."""
    return _page(visit, None)


def verify(visit: Visit) -> Answer:
    """Walk the whole chain now."""
    return _page(visit, audit.verify(visit.desk))


def _page(visit: Visit, verified: tuple[int, int | None] | None) -> Show:
    before = visit.query.get("before", "")
    above = visit.where.kind == "province"
    found = audit.page(
        visit.desk,
        visit.where.code,
        with_communes=above,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,  # noqa: PLR2004 # digits of a bigint
    )
    mine = visit.where.code if visit.who.reads else ""  # whose tips can be opened from here
    ids = {entry.officer_id for entry in found if entry.officer_id}
    names = officers.names(visit.desk, ids | {id_ for e in found if (id_ := _whom(e))})
    where = {code: _station(visit, code) for code in {e.station_code for e in found}}
    return Show(
        "audit.html",
        {
            "deeds": [_deed(entry, names, where, mine) for entry in found],
            "verified": verified,
            "above": above,
            "next": found[-1].no if len(found) == audit.PAGE else None,
            "first": "before" in visit.query,
        },
    )


def _deed(
    entry: AuditEntry, names: dict[UUID | None, str], where: dict[str | None, str], mine: str
) -> Deed:
    what = words.DEED_NAMES.get(entry.action) or words.NOTICE_DEEDS.get(entry.action, entry.action)
    nobody = _OPERATOR if entry.action in (*_BY_OPERATOR, *_SAYS_HOW_MANY) else "Máy"
    return Deed(
        entry.no,
        entry.at,
        names.get(entry.officer_id, nobody),
        where[entry.station_code],
        f"{what} {_about(entry, names)}".strip(),
        entry.tip_id if entry.station_code == mine else None,
    )


def _about(entry: AuditEntry, names: dict[UUID | None, str]) -> str:
    if entry.action == "officer.locked":
        return _LOCKED.get(entry.detail, "")
    if entry.action in _SAYS_HOW_MANY:
        return f"({entry.detail} dòng)"
    return entry.detail if entry.action in _SAYS_WHAT else names.get(_whom(entry), "")


def _whom(entry: AuditEntry) -> UUID | None:
    """The colleague a deed was about."""
    return UUID(entry.detail) if entry.action in _ABOUT_SOMEBODY else None


def _station(visit: Visit, code: str | None) -> str:
    station = stations.find(visit.desk, code) if code else None
    return station.name if station else ""
