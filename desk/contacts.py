"""How citizens reach a station: duty number and address, with the day somebody checked them."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desk import audit, stations
from desk.desk import Desk
from storage import contacts
from storage.models import Station, StationContact

COLUMNS = ("code", "duty_phone", "address", "checked_on")
FRESH = timedelta(days=180)  # offices move and numbers change; twice a year is little work
_ADDRESS_LIMIT = 200
# A Vietnamese landline or mobile number has 10 or 11 digits from its 0 on; 1900 and 1800 numbers 8.
_PHONE = re.compile(r"(?:0\d{9,10}|1[89]00\d{4,6}|11\d)")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a file that was not taken, and what is wrong with it."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file. Good lines are stored even if others are bad."""

    stored: int
    bad: tuple[BadLine, ...]


class BadFileError(Exception):
    """The file as a whole is not of this form; nothing was stored."""


def find(desk: Desk, station: str) -> StationContact | None:
    """How to reach a station, if anybody said."""
    return contacts.find(desk.session, station)


def line_of(desk: Desk, station: Station) -> str:
    """The last part of a notice: whom to call."""
    found = find(desk, station.code)
    own = f"{station.name}: {found.duty_phone}. " if found and found.duty_phone else ""
    return f"{own}Khẩn cấp: 113. Báo số lừa đảo: 156."


@dataclass(frozen=True, slots=True)
class Unsure:
    """Open stations whose number citizens should not rely on, by name."""

    missing: tuple[str, ...]
    old: tuple[str, ...]


def unsure(desk: Desk) -> Unsure:
    """Open stations without a duty number, and those whose number nobody checked for long."""
    known = {row.station_code: row for row in contacts.everything(desk.session)}
    missing, old = [], []
    for station in stations.active(desk):
        found = known.get(station.code)
        if found is None or not found.duty_phone:
            missing.append(station.name)
        elif desk.today - found.checked_on > FRESH:
            old.append(station.name)
    return Unsure(tuple(missing), tuple(old))


def take(desk: Desk, lines: Iterable[str]) -> Imported:
    """Store the contacts of a CSV file with a heading line.

    Raises:
        BadFileError: no heading line, or other columns than `COLUMNS`.
    """
    reader = csv.reader(lines)
    heading = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
    if tuple(heading) != COLUMNS:
        raise BadFileError(
            f"the first line must be {','.join(COLUMNS)}; it is {','.join(heading) or 'empty'}"
        )
    stored: list[str] = []
    bad = []
    for row in reader:
        if not any(field.strip() for field in row):
            continue
        found = _read(desk, [field.strip() for field in row])
        if isinstance(found, str):
            bad.append(BadLine(reader.line_num, found))
        else:
            contacts.put(desk.session, found)
            stored.append(found.station_code)
    record(desk, "contacts.imported", stored)
    return Imported(len(stored), tuple(bad))


def record(desk: Desk, action: str, codes: Sequence[str]) -> None:
    """Write down that a file of the operator's was stored: each province, and how many lines."""
    lines: Counter[str] = Counter()
    for code, count in Counter(codes).items():
        station = stations.find(desk, code)
        lines[station.province_code if station else code] += count
    for province, count in sorted(lines.items()):
        audit.record(desk, action, station=province, detail=str(count))


def _read(desk: Desk, row: list[str]) -> StationContact | str:
    """A line as a contact, or what is wrong with it."""
    if len(row) != len(COLUMNS):
        return f"{len(row)} columns instead of {len(COLUMNS)}; an address with a comma needs quotes"
    code, phone, address, checked = row
    if stations.find(desk, code) is None:
        return (
            f"no station has the code {code!r}; python -m bot stations list --province shows them"
        )
    if phone and not _PHONE.fullmatch(re.sub(r"[ .()-]", "", phone)):
        return f"{phone!r} is no telephone number; write it as 0272 3881 234, or leave it empty"
    if len(address) > _ADDRESS_LIMIT:
        return f"the address has {len(address)} characters; at most {_ADDRESS_LIMIT}"
    day = _day(checked)
    if day is None or day > desk.today:
        return (
            f"{checked!r} is no day up to today; write the day the number was checked: 2026-03-02"
        )
    return StationContact(station_code=code, duty_phone=phone, address=address, checked_on=day)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
