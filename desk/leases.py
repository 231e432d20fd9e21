"""Jobs that only one process may do at a time."""

from datetime import timedelta
from uuid import UUID

from desk.desk import Desk
from storage import leases


def take(desk: Desk, name: str, owner: UUID, lifetime: timedelta) -> bool:
    """Take or renew a lease; False while another process holds it."""
    return fence(desk, name, owner, lifetime) is not None


def fence(desk: Desk, name: str, owner: UUID, lifetime: timedelta) -> int | None:
    """As `take`, with the number that grows with every new owner; None while another holds it."""
    return leases.take(desk.session, name, owner, desk.at, desk.at + lifetime)


def give_back(desk: Desk, name: str, owner: UUID) -> None:
    """End a lease of ours: whoever starts next need not wait for it to run out."""
    leases.give_back(desk.session, name, owner, desk.at)
