"""Duty hours of a station: which days, from when to when."""

import re

from console import words
from console.refusals import NoSuchStationError
from console.visit import BASE, Answer, Go, Show, Visit
from desk import hours, stations
from desk.errors import BadHoursError
from storage.models import Station

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_USUAL = (7 * 60, 17 * 60)


def show(visit: Visit) -> Answer:
    """The week; what was typed stays after a refusal."""
    station = _station(visit)
    week, typed = hours.of(visit.desk, station.code), visit.form
    days = [
        {
            "no": day,
            "name": name,
            "on": f"on{day}" in typed if typed else day in week,
            "opens": typed.get(f"opens{day}") or words.minutes(week.get(day, _USUAL)[0]),
            "shuts": typed.get(f"shuts{day}") or words.minutes(week.get(day, _USUAL)[1]),
        }
        for day, name in enumerate(words.WEEKDAYS)
    ]
    always = "always" in typed if typed else not week
    return Show("hours.html", {"days": days, "always": always, "of": station})


def put(visit: Visit) -> Answer:
    """Store the week; "always" clears it."""
    station, form = _station(visit), visit.form
    week = {} if "always" in form else _week(visit)
    if not week and "always" not in form:
        raise BadHoursError
    hours.put(visit.desk, visit.who, station.code, week)
    return Go(f"{BASE}/hours?station={station.code}", said="Đã lưu giờ trực.")


def _week(visit: Visit) -> dict[int, tuple[int, int]]:
    form = visit.form
    return {
        day: (_minutes(form.get(f"opens{day}", "")), _minutes(form.get(f"shuts{day}", "")) or 1440)
        for day in range(hours.WEEK)
        if f"on{day}" in form
    }


def _minutes(typed: str) -> int:
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise BadHoursError
    return int(found[1]) * 60 + int(found[2])


def _station(visit: Visit) -> Station:
    """The officer's own, or one under their province."""
    code = visit.form.get("station") or visit.query.get("station") or visit.where.code
    station = stations.find(visit.desk, code)
    if station is None or visit.where.code not in (station.code, station.province_code):
        raise NoSuchStationError
    return station
