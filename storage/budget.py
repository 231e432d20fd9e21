"""Rows of sending budgets: at what moments a token's messages may go, by the database's clock.

One row per token is the whole of the generic cell rate algorithm: everything before `free_at` is
taken. A reservation moves it on; nobody ever gets a moment that has passed.
"""

from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session

# After "too many requests" 5 % slower, then 1 % back every 10 seconds (channels §5.2).
_SLOWER, _BACK, _BACK_EVERY = 0.95, 0.01, 10
_SLOWEST = 0.25

_PACE = (
    f"LEAST(1, budget.pace + {_BACK} * floor("
    f"extract(epoch FROM clock_timestamp() - budget.paced_at) / {_BACK_EVERY}))"
)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Moments taken: the first is `delay` seconds from now, the others `every` seconds apart."""

    delay: float
    every: float


def reserve(session: Session, name: str, fence: int, n: int, every: float) -> Reserved | None:
    """Take the next `n` moments, at best `every` seconds apart.

    Returns: None for a sender whose lease has passed to another one.
    """
    # Asked 15 times a second while a notice is sent. Nothing is lost: before a database that has
    # crashed answers again, every moment it has given away is over.
    session.execute(text("SET LOCAL synchronous_commit TO off"))
    row = session.execute(
        text(f"""
            INSERT INTO send_budget AS budget (name, fence, free_at, pace, paced_at)
            VALUES (:name, :fence, clock_timestamp() + :n * :every * interval '1 second',
                    1, clock_timestamp())
            ON CONFLICT (name) DO UPDATE SET fence = :fence,
                free_at = GREATEST(budget.free_at, clock_timestamp())
                          + :n * :every / {_PACE} * interval '1 second'
            WHERE budget.fence <= :fence
            RETURNING extract(epoch FROM free_at - clock_timestamp()), {_PACE}
        """),  # noqa: S608 # constants
        {"name": name, "fence": fence, "n": n, "every": every},
    ).first()
    if row is None:
        return None
    apart = every / float(row[1])
    return Reserved(max(float(row[0]) - n * apart, 0.0), apart)


def freeze(session: Session, name: str, fence: int, seconds: float) -> None:
    """Nothing may go for that long, and afterwards more slowly."""
    session.execute(
        text(f"""
            UPDATE send_budget AS budget SET
                pace = GREATEST({_SLOWEST}, {_PACE} * {_SLOWER}), paced_at = clock_timestamp(),
                free_at = GREATEST(budget.free_at,
                                   clock_timestamp() + :seconds * interval '1 second')
            WHERE budget.name = :name AND budget.fence <= :fence
        """),  # noqa: S608 # constants
        {"name": name, "fence": fence, "seconds": seconds},
    )
