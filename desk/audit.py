"""The record of who did what. Pages show it; `python -m bot audit verify` walks the chain."""

from uuid import UUID

from desk.desk import Desk
from storage import audit, vault
from storage.audit import Head
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
    """Add to the log. `detail` holds codes, states, roles, local words; never a tip's text."""
    deed = audit.Deed(desk.at, action, officer, station, tip, detail)
    audit.append(desk.session, _key(desk), deed)


def of_tip(desk: Desk, tip: UUID) -> list[AuditEntry]:
    """What was done with a tip, oldest first."""
    return audit.of_tip(desk.session, tip)


def of_notice(desk: Desk, notice: UUID) -> list[AuditEntry]:
    """What was done with a notice, oldest first."""
    return audit.of_detail(desk.session, str(notice))


def page(desk: Desk, station: str, *, with_communes: bool, before: int | None) -> list[AuditEntry]:
    """The newest deeds at a station, at most `PAGE`. Args: before: the last number seen."""
    return audit.page(desk.session, station, before, PAGE, under=with_communes)


def head(desk: Desk) -> Head:
    """The end of the log as it is now, for somebody to note outside the database."""
    return audit.head(desk.session)


def verify(desk: Desk, known: Head | None = None) -> tuple[int, int | None]:
    """How many entries hold, and the number of the first that does not.

    Args:
        desk: at any desk.
        known: an end noted before; entries taken off behind it show then.
    """
    return audit.verify(desk.session, _key(desk), known)


def noted(words: str) -> Head:
    """An end as `str` of it was noted; raises ValueError."""
    no, _, digest = words.strip().partition(":")
    return Head(int(no), bytes.fromhex(digest))


def _key(desk: Desk) -> bytes:
    return vault.derive(desk.tools.keyring.bot.secret, "audit chain")
