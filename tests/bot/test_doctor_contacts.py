"""The doctor looks at the numbers citizens are told to call."""

from datetime import timedelta

from bot import doctor
from desk import contacts
from tests.world import COMMUNE, PROVINCE, World


def said(world: World) -> list[tuple[bool, str]]:
    found = doctor.of_rows(world.office)
    return [(f.ok, f.what) for f in found if f.what.startswith("duty numbers")]


def checked(world: World, *codes: str) -> None:
    lines = [f"{code},0272 3881 234,,{world.clock.at.date()}" for code in codes]
    with world.office.begin("sweeps") as desk:
        assert contacts.take(desk, [",".join(contacts.COLUMNS), *lines]).bad == ()


def test_an_open_station_without_a_number_is_named_and_closed_ones_are_not(world: World) -> None:
    checked(world, PROVINCE)

    assert said(world) == [(False, "duty numbers never entered: Công an xã Rạch Kiến")]


def test_a_number_is_good_for_half_a_year(world: World) -> None:
    checked(world, PROVINCE, COMMUNE)
    world.clock.at += timedelta(days=180)
    assert [ok for ok, _ in said(world)] == [True]

    checked(world, PROVINCE)
    world.clock.at += timedelta(days=1)
    assert said(world) == [(False, "duty numbers not checked for 180 days: Công an xã Rạch Kiến")]
