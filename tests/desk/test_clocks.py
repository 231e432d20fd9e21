"""Clocks as a table: what starts, when, and when it has run out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desk import clocks
from desk.clocks import Times

FILE = Path(__file__).parents[2] / "data/holidays.json"
TIMES = Times(clocks.read_days_off(FILE))


def vietnam(text: str) -> datetime:
    """A moment as people there write it."""
    return datetime.fromisoformat(text).replace(tzinfo=clocks.VIETNAM)


@pytest.mark.parametrize(
    ("came", "urgent", "by"),
    [
        ("2026-03-02 15:00", True, "2026-03-02 16:00"),
        ("2026-03-02 15:59", True, "2026-03-02 16:00"),
        ("2026-02-17 23:30", True, "2026-02-18 00:00"),  # Tết does not stop danger
        ("2026-03-02 15:00", False, "2026-03-03 17:00"),
        ("2026-03-02 23:59", False, "2026-03-03 17:00"),
        ("2026-03-03 00:01", False, "2026-03-04 17:00"),
        ("2026-03-06 09:00", False, "2026-03-09 17:00"),  # Friday
        ("2026-03-07 09:00", False, "2026-03-09 17:00"),  # Saturday
        ("2026-02-13 09:00", False, "2026-02-23 17:00"),  # the Friday before Tết
        ("2026-04-29 09:00", False, "2026-05-04 17:00"),  # 30/4 and 1/5, then a weekend
        ("2026-08-31 09:00", False, "2026-09-03 17:00"),
        ("2028-12-29 09:00", False, "2029-01-02 17:00"),  # 1/1 in a year without a list
    ],
)
def test_a_tip_must_be_taken_by(came: str, urgent: bool, by: str) -> None:  # noqa: FBT001 # a table
    assert clocks.take_by(TIMES, vietnam(came), urgent=urgent) == vietnam(by)


@pytest.mark.parametrize(
    ("received", "taken", "urgent", "by"),
    [
        ("2026-03-02 15:00", "2026-03-02 15:00", True, "2026-03-02 17:00"),
        ("2026-03-02 15:00", "2026-03-02 15:20", True, "2026-03-02 18:00"),
        ("2026-03-02 15:00", "2026-03-02 15:20", False, "2026-03-09 17:00"),
        ("2026-03-02 15:00", "2026-03-06 15:20", False, "2026-03-09 17:00"),  # a late start
        ("2026-02-12 15:00", "2026-02-12 15:20", False, "2026-02-26 17:00"),  # over Tết
    ],
)
def test_an_officer_must_be_done_by(received: str, taken: str, urgent: bool, by: str) -> None:  # noqa: FBT001 # a table
    end = clocks.handle_by(TIMES, vietnam(received), vietnam(taken), urgent=urgent)
    assert end == vietnam(by)


@pytest.mark.parametrize(
    ("since", "remote", "by"),
    [
        ("2026-03-02 15:40", False, "2026-03-03 15:00"),
        ("2026-03-02 15:40", True, "2026-03-04 15:00"),
        ("2026-02-16 22:00", False, "2026-02-17 22:00"),  # hours run on holidays too
    ],
)
def test_papers_must_be_handed_over_by(since: str, remote: bool, by: str) -> None:  # noqa: FBT001 # a table
    assert clocks.hand_over_by(vietnam(since), remote=remote) == vietnam(by)


@pytest.mark.parametrize(
    ("since", "extended", "by"),
    [
        ("2026-03-02 15:40", 0, "2026-03-23 00:00"),
        ("2026-03-01 08:00", 0, "2026-03-22 00:00"),  # ends on a Saturday: days are not moved
        ("2026-03-02 15:40", 1, "2026-05-05 00:00"),  # 2 May is a Saturday: Monday counts
        ("2026-03-02 15:40", 2, "2026-07-03 00:00"),
        ("2025-12-31 08:00", 1, "2026-03-03 00:00"),  # no 31 February: the 28th, a Saturday
        ("2026-12-05 08:00", 1, "2027-02-12 00:00"),  # 5 February 2027 is the eve of Tết
        ("2026-03-02 23:59", 0, "2026-03-23 00:00"),
    ],
)
def test_it_must_be_settled_by(since: str, extended: int, by: str) -> None:
    assert clocks.settle_by(TIMES, vietnam(since), extended) == vietnam(by)


def test_every_end_is_a_full_hour_in_utc() -> None:
    at = datetime(2026, 3, 2, 21, 47, 33, 123456, tzinfo=UTC)
    ends = [
        clocks.take_by(TIMES, at, urgent=True),
        clocks.take_by(TIMES, at, urgent=False),
        clocks.handle_by(TIMES, at, at, urgent=True),
        clocks.handle_by(TIMES, at, at, urgent=False),
        clocks.hand_over_by(at, remote=False),
        *(clocks.settle_by(TIMES, at, extended) for extended in range(clocks.EXTENSIONS + 1)),
    ]
    assert {(end.minute, end.second, end.microsecond) for end in ends} == {(0, 0, 0)}
    assert {end.utcoffset() for end in ends} == {UTC.utcoffset(None)}
    assert min(ends) > at


def test_a_year_whose_holidays_nobody_wrote_down_is_named() -> None:
    known = clocks.read_days_off(FILE)
    assert clocks.unknown_years(known, date(2026, 11, 21)) == []
    assert clocks.unknown_years(known, date(2027, 12, 15)) == [2028]
