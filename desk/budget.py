"""How fast a bot's token may send, shared by every process that sends with it."""

from datetime import timedelta

from desk.desk import Desk
from storage import budget
from storage.budget import Reserved

__all__ = ["Reserved", "freeze", "reserve"]


def reserve(desk: Desk, name: str, fence: int, n: int, every: float) -> Reserved | None:
    """Take the next `n` moments, at best `every` seconds apart; None if the lease has passed on."""
    return budget.reserve(desk.session, name, fence, n, every)


def freeze(desk: Desk, name: str, fence: int, after: timedelta) -> None:
    """Too many requests: nothing goes for that long, and afterwards more slowly."""
    budget.freeze(desk.session, name, fence, after.total_seconds())
