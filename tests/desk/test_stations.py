"""Stations: one per commune and province, in the order of the Vietnamese alphabet."""

import unicodedata

import pytest

from desk import stations
from desk.desk import Office
from storage import stations as rows
from storage.models import Station
from tests.world import COMMUNE, PROVINCE, World


def test_there_is_a_station_for_every_commune_and_province(office: Office) -> None:
    with office.begin("sweeps") as desk:
        number = stations.sync(desk)
        gazetteer = desk.tools.gazetteer
        kinds = [station.kind for station in stations.of_province(desk, PROVINCE)]

    assert number == len(gazetteer.communes) + len(gazetteer.provinces) == 3_321 + 34
    assert kinds[0] == "province"
    assert set(kinds[1:]) == {"commune"}


def test_an_office_that_starts_again_renames_and_keeps_keys(world: World) -> None:
    def station() -> Station:
        with world.office.begin("desk") as desk:
            found = stations.find(desk, COMMUNE)
        assert found is not None
        return found

    before = station()
    with world.office.begin("sweeps") as desk:
        renamed = Station(
            code=COMMUNE,
            kind="commune",
            name="Công an xã Tên Mới",
            sort_key="zzz",
            province_code=PROVINCE,
        )
        rows.sync(desk.session, [renamed])
    between = station()
    with world.office.begin("sweeps") as desk:
        stations.sync(desk)
    after = station()

    assert (between.name, between.sort_key) == ("Công an xã Tên Mới", "zzz")
    assert between.public_key == before.public_key
    assert after == before


def test_a_better_order_reaches_stations_whose_name_stays(world: World) -> None:
    with world.office.begin("sweeps") as desk:
        found = stations.find(desk, COMMUNE)
        assert found is not None
        moved = Station(**{**found.model_dump(), "sort_key": "a better key"})
        rows.sync(desk.session, [moved])
    with world.office.begin("sweeps") as desk:
        again = stations.find(desk, COMMUNE)

    assert again is not None
    assert again.sort_key == "a better key"


def test_open_stations_are_those_with_a_key(world: World) -> None:
    with world.office.begin("desk") as desk:
        everywhere = [station.code for station in stations.active(desk)]
        here = [station.code for station in stations.active(desk, PROVINCE)]
        elsewhere = stations.active(desk, "91")
        nowhere = stations.find(desk, "00000")

    assert sorted(everywhere) == sorted(here) == [COMMUNE, PROVINCE]
    assert elsewhere == []
    assert nowhere is None


def test_provinces_come_in_vietnamese_order(world: World) -> None:
    with world.office.begin("desk") as desk:
        names = [
            station.name.removeprefix("Công an ").split(" ", 1)[1]
            for station in stations.provinces(desk)
        ]

    assert len(names) == 34
    assert names[0] == "An Giang"
    assert names.index("phố Đà Nẵng") < names.index("Đắk Lắk") < names.index("Gia Lai")


@pytest.mark.parametrize(
    "names",
    [
        ["Ái", "An", "Ấn", "Ba", "Bà", "Cà Mau", "Cao Bằng", "Cần Thơ", "Châu Đốc", "Dĩ An"],
        ["Dương", "Đà Nẵng", "Đắk Lắk", "Đồng Nai", "Gia Lai", "Hà Nội", "Hòa", "Hồ", "Huế"],
        ["Lai Châu", "Long", "Lộc", "Lợi", "Lục", "Lương", "Mã", "Mai", "Nghệ An", "Ninh Bình"],
        ["Tân", "Tây", "Thạnh", "Tiên", "Trà", "Tư", "Ưu", "Văn", "Xã", "Ý", "Yên"],
    ],
)
def test_names_sort_as_in_a_vietnamese_dictionary(names: list[str]) -> None:
    assert sorted(set(names), key=stations.sort_key) == names


def test_a_name_sorts_the_same_however_its_letters_are_stored() -> None:
    for name in ("Đắk Lắk", "Thừa Thiên Huế", "Ở Ẩn"):
        forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}
        assert len({stations.sort_key(form) for form in forms}) == 1
