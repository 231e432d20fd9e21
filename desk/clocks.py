"""Clocks of a tip: by when it must be taken, handled, handed over, settled. Pure: no row, no text.

Every end is a full hour, for a tip remembers nothing finer. Where a rule leaves room, the earlier
end is taken: overdue may show too soon, never too late.

    take        nobody has taken the tip yet
    handle      an officer has it: our own time, no law's
    hand_over   received as a source of information about a crime: to the investigating body
    settle      the investigating body has it: 20 days, and what it may be prolonged by
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1975
CLOSING = time(17, tzinfo=VIETNAM)  # end of an office day
HOUR = timedelta(hours=1)
SATURDAY = 5
YEARS_AHEAD = 3  # a clock of four months that starts in December ends in the next year

# Joint circular 01/2017 with 01/2021: 24 hours, 48 where roads are long (anchors §4).
HAND_OVER = timedelta(hours=24)
HAND_OVER_REMOTE = timedelta(hours=48)
# Criminal Procedure Code 2015, article 147: 20 days; complex matters at most two months; the
# prosecutor may prolong once more by at most two.
SETTLE_DAYS = 20
SETTLE_MONTHS = (2, 4)
EXTENSIONS = len(SETTLE_MONTHS)


@dataclass(frozen=True, slots=True)
class Times:
    """What an operator may set, and the days on which offices are shut."""

    days_off: frozenset[date] = frozenset()
    take_days: int = 1  # working days
    handle_days: int = 5  # working days; hotline 1022 promises the same (anchors §5)
    urgent_hours: int = 2


def day_of(at: datetime) -> date:
    """The day in Việt Nam at this moment."""
    return at.astimezone(VIETNAM).date()


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or earlier below 0; or that month's last."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def read_days_off(file: Path) -> frozenset[date]:
    """The public holidays of a file like `data/holidays.json`."""
    known = json.loads(file.read_text(encoding="utf-8"))
    days = [date.fromisoformat(day) for day in known["days"]]
    years = range(min(days).year, max(days).year + YEARS_AHEAD + 1)
    yearly = (date.fromisoformat(f"{y}-{day}") for y in years for day in known["every_year"])
    return frozenset((*days, *yearly))


def take_by(times: Times, at: datetime, *, urgent: bool) -> datetime:
    """By when somebody must have taken a tip that came at `at`.

    Urgent: minutes, which `desk.alerts` counts; what stands here is the last full hour it can be.
    """
    return _next_hour(at) if urgent else _closing_after(times, at, times.take_days)


def handle_by(times: Times, received: datetime, taken: datetime, *, urgent: bool) -> datetime:
    """By when the officer who took it must be done; a late start is no longer time."""
    if urgent:
        return _next_hour(taken + times.urgent_hours * HOUR - timedelta(microseconds=1))
    return _closing_after(times, received, times.handle_days)


def hand_over_by(since: datetime, *, remote: bool) -> datetime:
    """By when the investigating body must have it; hours run at night and on holidays too."""
    return _hour(since) + (HAND_OVER_REMOTE if remote else HAND_OVER)


def settle_by(times: Times, since: datetime, extended: int) -> datetime:
    """By when it must be settled, after so many extensions (0 to `EXTENSIONS`).

    Source: Criminal Procedure Code 2015, article 134: days and months end at midnight; a month ends
    on the same day, or the month's last; an end on a day off, for months, is the next working day.
    """
    began = day_of(since)
    if not extended:
        return _midnight_after(began + timedelta(days=SETTLE_DAYS))
    end = months_later(began, SETTLE_MONTHS[extended - 1])
    while not _is_working(times, end):
        end += timedelta(days=1)
    return _midnight_after(end)


def unknown_years(days_off: Iterable[date], today: date) -> list[int]:
    """This year, and the next one from 60 days before it, if nobody has written down its Tết.

    Which days are off is announced each year: an earlier look would ask for what nobody can know.
    The longest clock, four months, reaches further; one that ends in an unknown Tết ends too soon,
    never too late.
    """
    known = {day.year for day in days_off if day.month in (1, 2) and day.day != 1}
    return [year for year in {today.year, (today + timedelta(days=60)).year} if year not in known]


def _closing_after(times: Times, at: datetime, days: int) -> datetime:
    """The end of the n-th working day after the day of `at`."""
    day = day_of(at)
    while days:
        day += timedelta(days=1)
        days -= _is_working(times, day)
    return datetime.combine(day, CLOSING).astimezone(UTC)


def _is_working(times: Times, day: date) -> bool:
    return day.weekday() < SATURDAY and day not in times.days_off


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(tzinfo=VIETNAM)).astimezone(UTC)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _next_hour(at: datetime) -> datetime:
    return _hour(at) + HOUR
