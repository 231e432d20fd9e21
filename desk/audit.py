"""The record of who did what. Pages show it; `python -m bot audit verify` walks the chain."""

from uuid import UUID

from desk.desk import Desk
from storage import audit
from storage.models import AuditEntry

PAGE = 100  # entries


def record(
    desk: Desk,
    action: str,
    *,
    officer: UUID | None = None,
    station: str | None = None,
    tip: UUID | None = None,
    detail: str = "",
) -> None:
    """Add to the log. `detail` holds the program's words only: codes, states, roles."""
    deed = audit.Deed(desk.at, action, officer, station, tip, detail)
    audit.append(desk.session, deed)


def of_tip(desk: Desk, tip: UUID) -> list[AuditEntry]:
    """What was done with a tip, oldest first."""
    return audit.of_tip(desk.session, tip)


def of_notice(desk: Desk, notice: UUID) -> list[AuditEntry]:
    """What was done with a notice, oldest first."""
    return audit.of_detail(desk.session, str(notice))


def page(desk: Desk, station: str, *, with_communes: bool, before: int | None) -> list[AuditEntry]:
    """The newest deeds at a station, at most `PAGE`. Args: before: the last number seen."""
    return audit.page(desk.session, station, before, PAGE, under=with_communes)


def verify(desk: Desk) -> tuple[int, int | None]:
    """How many entries hold, and the number of the first that does not."""
    return audit.verify(desk.session)
