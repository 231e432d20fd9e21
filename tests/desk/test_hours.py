"""Duty hours: who sets them, and whom an urgent tip wakes outside them."""

from datetime import datetime

import pytest

from desk import alerts, hours
from desk.clocks import VIETNAM
from desk.errors import BadHoursError, NotAllowedError
from desk.officers import Signed
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World, everybody

URGENT = "Cháy lớn ở chợ Rạch Kiến, có người kẹt bên trong, cứu với"
CALM = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
OFFICE_HOURS = dict.fromkeys(range(5), (7 * 60, 17 * 60))


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    """A moment in Việt Nam; day 2 is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=VIETNAM)


def put(world: World, by: Signed, week: hours.Week = OFFICE_HOURS, station: str = COMMUNE) -> None:
    with world.office.begin("desk", by.id) as desk:
        hours.put(desk, by, station, week)


def told(world: World, owner_url: str) -> list[str]:
    """Escalations in the log after one sweep."""
    with world.office.begin("sweeps") as desk:
        alerts.sweep(desk)
    with Owner(owner_url) as owner:
        return [
            row[0] for row in owner.all("SELECT action FROM audit WHERE action LIKE 'tip.esc%%'")
        ]


def sees(world: World) -> int:
    return len(world.waiting(world.ngan))


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (at(7), True),
        (at(6, 59), False),
        (at(16, 59), True),
        (at(17), False),
        (at(12, day=6), True),
        (at(12, day=7), False),
    ],
)
def test_somebody_is_there_from_the_first_minute_to_before_the_last(
    world: World,
    moment: datetime,
    there: bool,  # noqa: FBT001 # a parameter of pytest
) -> None:
    put(world, world.hoa)
    with world.office.begin("desk") as desk:
        assert hours.on_duty(desk, COMMUNE, moment) is there


def test_outside_duty_hours_an_urgent_tip_is_the_provinces_at_once(
    world: World, owner_url: str
) -> None:
    put(world, world.hoa)
    world.clock.at = at(22)
    world.submit(URGENT)

    assert sees(world) == 0
    assert told(world, owner_url) == ["tip.escalated"]
    assert sees(world) == 1
    world.clock.at = at(22, 5)
    told(world, owner_url)
    world.clock.at = at(22, 10)
    assert told(world, owner_url) == ["tip.escalated"], "written down once"


@pytest.mark.parametrize(
    ("text", "hour", "week"),
    [
        (URGENT, 10, OFFICE_HOURS),
        (CALM, 22, OFFICE_HOURS),
        (URGENT, 22, {}),
    ],
)
def test_the_province_sleeps_on_when_somebody_is_there_or_it_can_wait(
    world: World, owner_url: str, text: str, hour: int, week: hours.Week
) -> None:
    put(world, world.hoa, week)
    world.clock.at = at(hour)
    world.submit(text)

    assert told(world, owner_url) == []
    assert sees(world) == 0


def test_chief_province_and_admin_set_hours_and_nobody_else(world: World) -> None:
    staff = everybody(world)
    for name in ("hoa", "ngan", "khoi"):
        put(world, staff[name])
    for name, station in (
        ("minh", COMMUNE),
        ("yen", COMMUNE),
        ("hoa", NEIGHBOUR),
        ("hoa", PROVINCE),
        ("khoi", "10573"),
        ("ngan", "31"),
    ):
        with pytest.raises(NotAllowedError):
            put(world, staff[name], station=station)


@pytest.mark.parametrize("times", [(600, 600), (-1, 600), (0, 1441), (1440, 600), (600, 0)])
def test_a_day_has_a_start_and_another_end(world: World, times: tuple[int, int]) -> None:
    with pytest.raises(BadHoursError):
        put(world, world.hoa, {0: times})


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (at(21, 59, day=8), False),
        (at(22, day=8), True),
        (at(23, 59, day=8), True),
        (at(0, day=9), True),
        (at(5, 59, day=9), True),
        (at(6, day=9), False),
        (at(22, day=9), False),
        (at(3, day=8), False),
    ],
)
def test_a_night_goes_on_after_midnight_until_its_end(
    world: World,
    moment: datetime,
    there: bool,  # noqa: FBT001 # a parameter of pytest
) -> None:
    put(world, world.hoa, {6: (22 * 60, 6 * 60)})  # Sunday the 8th into Monday

    with world.office.begin("desk") as desk:
        assert hours.on_duty(desk, COMMUNE, moment) is there
