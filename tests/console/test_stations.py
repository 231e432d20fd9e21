"""Finding the station an officer means."""

import pytest

from console import stations
from tests.world import World


def picked(world: World, typed: str) -> list[str]:
    with world.office.begin("desk") as desk:
        return [station.code for station in stations.pick(desk, typed, "80")]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("28126", "28126"),
        ("28126 · Công an xã", "28126"),
        ("91", "91"),
        ("An Giang", "91"),
        ("công an tỉnh an giang", "91"),
        ("Thành phố Hồ Chí Minh", "79"),
        ("Công an xã Rạch Kiến", "28114"),
        ("rach kien", "28114"),
        ("79 · Công an thành phố Hồ Chí Minh", "79"),
        ("ấp 12, xã Rạch Kiến", "28114"),
        ("ấp 12 xã Rạch Kiến", "28114"),
        ("12, ấp 3, Rạch Kiến", "28114"),
        ("12 Trần Phú, xã Rạch Kiến", "28114"),
        ("80 tổ 5, ấp Chợ, Công an xã Rạch Kiến", "28114"),
        ("tổ 3 ấp 12 Rạch Kiến", "28114"),
        ("xã Rạch Kiến, ấp 12", "28114"),
        ("khu phố 11, Phường 12, Gò Vấp", "26882"),
    ],
)
def test_a_station_is_found_however_it_is_written(typed: str, code: str, world: World) -> None:
    assert picked(world, typed) == [code]


def test_an_old_name_leads_to_the_commune_of_today(world: World) -> None:
    assert "28114" in picked(world, "Long Hòa, Cần Đước")


def test_of_many_namesakes_the_own_province_comes_first(world: World) -> None:
    with world.office.begin("desk") as desk:
        found = stations.pick(desk, "Tân", "80")
    assert 1 < len(found) <= stations.AT_MOST
    assert found[0].province_code == "80"


@pytest.mark.parametrize(
    "typed",
    [
        *("", "  ", "công an", "99999", "qwertyuiop", "%" * 500),
        *("ấp 12", "12 ấp 3", "12 ấp", "ấp 12,", "80 khu phố 2", "11 xã Rạch Kiến"),
    ],
)
def test_what_is_no_station_is_none(typed: str, world: World) -> None:
    assert picked(world, typed) == []
