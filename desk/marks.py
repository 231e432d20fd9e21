"""Marks of a tip: keyed hashes of its words, by which its twins find it and nothing can be read.

Their key lives in a file for two periods of thirty days at most, then nobody can ask anything of
them. How many there are tells nothing either: they are filled up with random ones.
"""

import secrets
import struct
from datetime import date, datetime, timedelta
from uuid import UUID

from desk.desk import Desk
from storage import twins, vault

PERIOD = 30  # days a key makes marks; it finds them for as long again
_STEP = 64  # so many marks at a time are stored


def put(desk: Desk, tip: UUID, text: str) -> None:
    """Store by what a new tip's twins will find it."""
    period = period_of(desk.key_day)
    marks = keyed(desk.tools.keyring.twins(period), desk.tools.twins.marks(text))
    twins.put(desk.session, tip, period, packed(marks))


def keyed(key: bytes, words: dict[str, int]) -> dict[int, int]:
    """Hash → weight."""
    return {vault.mark(key, word): weight for word, weight in words.items()}


def forget_old(desk: Desk) -> set[str]:
    """Delete marks whose time is over; returns the periods whose key can be destroyed."""
    kept = period_of(desk.key_day - timedelta(days=PERIOD))
    twins.forget(desk.session, kept)
    return {period for period in desk.tools.keyring.twins_periods() if period < kept}


def periods_around(desk: Desk, at: datetime) -> list[str]:
    """Periods with a key in which a twin of a tip of that time may have come."""
    days = (at.date() + timedelta(days=step) for step in (-PERIOD, 0, PERIOD))
    known = set(desk.tools.keyring.twins_periods())
    return sorted({period_of(day) for day in days} & known)


def period_of(day: date) -> str:
    """The first day of the period a day lies in."""
    return date.fromordinal(day.toordinal() - day.toordinal() % PERIOD).isoformat()


def packed(marks: dict[int, int]) -> bytes:
    """In the order of the hashes, so that the text's order is lost; filled up with random ones."""
    everything = {secrets.randbits(64): 0 for _ in range(-len(marks) % _STEP)} | marks
    found = sorted(everything)
    weights = bytes(everything[one] for one in found)
    return struct.pack(f">{len(found)}Q", *found) + weights


def hashes(stored: bytes) -> tuple[int, ...]:
    """The hashes alone: five times as fast as with their weights."""
    many = len(stored) // 9
    return struct.unpack(f">{many}Q", stored[: 8 * many])


def unpacked(stored: bytes) -> dict[int, int]:
    """Hash → weight, those of no weight among them."""
    found = hashes(stored)
    return dict(zip(found, stored[8 * len(found) :], strict=True))
