"""When somebody is on duty at a station. Outside these hours the province hears of urgent tips."""

from collections.abc import Mapping
from datetime import datetime

from desk import audit, roles
from desk.clocks import VIETNAM
from desk.desk import Desk
from desk.errors import BadHoursError, NotAllowedError
from desk.officers import Signed
from storage import hours, stations
from storage.models import DutyHours

DAY = 24 * 60  # minutes
WEEK = 7

# Weekday (0 is Monday) → minutes after midnight, from and to; an end before the start: next day.
Week = Mapping[int, tuple[int, int]]


def of(desk: Desk, station: str) -> Week:
    """A station's days; empty: always on duty."""
    return {row.weekday: (row.opens, row.shuts) for row in hours.of_station(desk.session, station)}


def on_duty(desk: Desk, station: str, at: datetime) -> bool:
    """Whether somebody is there at this moment."""
    week = of(desk, station)
    if not week:
        return True
    local = at.astimezone(VIETNAM)
    minute = local.hour * 60 + local.minute
    opens, shuts = week.get(local.weekday(), (0, 0))
    began, ends = week.get((local.weekday() - 1) % WEEK, (0, 0))
    over_midnight = ends < began and minute < ends
    return over_midnight or opens <= minute < (DAY if shuts < opens else shuts)


def put(desk: Desk, signed: Signed, station: str, week: Week) -> None:
    """Set a station's days; an empty week: always on duty.

    Raises:
        NotAllowedError: neither the station's chief nor its province.
        BadHoursError: no such day or time, or an end that is the start.
    """
    row = stations.find(desk.session, station)
    mine = signed.officer.station_code
    above = row is not None and signed.officer.role in roles.ABOVE and row.province_code == mine
    if row is None or not signed.may_invite or not (station == mine or above):
        raise NotAllowedError
    for day, (opens, shuts) in week.items():
        if day not in range(WEEK) or not 0 <= opens < DAY or not 0 < shuts <= DAY:
            raise BadHoursError
        if opens == shuts:
            raise BadHoursError
    rows = [
        DutyHours(station_code=station, weekday=day, opens=opens, shuts=shuts)
        for day, (opens, shuts) in week.items()
    ]
    hours.replace(desk.session, station, rows)
    audit.record(desk, "station.hours", officer=signed.id, station=station)
