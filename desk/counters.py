"""How often something happened, where nothing else of it may be kept."""

from desk.desk import Desk
from storage import counters


def grow(desk: Desk, name: str) -> None:
    """One more of it today."""
    counters.grow(desk.session, desk.today, name)


def total(desk: Desk, name: str) -> int:
    """How often over all days."""
    return counters.total(desk.session, name)
