"""How often something happened, where nothing else of it may be kept."""

from desk.clocks import months_later
from desk.desk import Desk
from storage import counters

MONTHS = 12  # before this one: a month can be held beside the same one of last year, no more


def grow(desk: Desk, name: str) -> None:
    """One more of it today."""
    counters.grow(desk.session, desk.today, name)


def total(desk: Desk, name: str) -> int:
    """How often over all days that are kept."""
    return counters.total(desk.session, name)


def forget(desk: Desk) -> None:
    """Delete what nobody compares with anything any more."""
    counters.forget(desk.session, months_later(desk.today, -MONTHS).replace(day=1))
