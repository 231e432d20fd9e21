"""Jobs that only one process may do at a time."""

from datetime import timedelta
from uuid import UUID

from desk.desk import Desk
from storage import leases


def take(desk: Desk, name: str, owner: UUID, lifetime: timedelta) -> bool:
    """Take or renew a lease; False while another process holds it."""
    fence = leases.take(desk.session, name, owner, desk.at, desk.at + lifetime)
    return fence is not None
