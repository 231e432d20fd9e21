"""The seed areas as their resolutions say: how many became how many, by which clause, and where."""

import pytest

from nlp.names import Era
from tests.gazetteer import gazetteer, old_unit


@pytest.mark.parametrize(
    ("district", "old", "new", "province", "resolution", "clauses"),
    [
        ("Huyện Cần Đước", 17, 6, "80", "1682/NQ-UBTVQH15", set(range(39, 45))),
        ("Huyện Chợ Mới", 18, 6, "91", "1654/NQ-UBTVQH15", set(range(32, 38))),
        ("Huyện Thạnh Phú", 18, 6, "86", "1687/NQ-UBTVQH15", set(range(75, 81))),
    ],
)
def test_three_seed_districts_became_six_communes_each_and_nothing_was_split(
    district: str, old: int, new: int, province: str, resolution: str, clauses: set[int]
) -> None:
    names = gazetteer().names
    # There was a Chợ Mới of Bắc Kạn, too.
    codes = {
        code
        for code, name in names.district_name.items()
        if name == district and names.province[code] == province
    }
    units = {u.name: u for u in names.units if u.era is Era.OLD and u.districts == codes}
    decrees = {code: gazetteer().decree(code) for u in units.values() for code in u.codes}

    assert (len(codes), len(units), len(decrees)) == (1, old, new)
    assert all(len(u.codes) == 1 for u in units.values())
    assert {gazetteer().communes[code].province_code for code in decrees} == {province}
    assert {d.number for d in decrees.values()} == {resolution}
    assert {d.clause for d in decrees.values()} == clauses


@pytest.mark.parametrize(
    ("codes", "clauses"),
    [
        ("10573 10549 10546 10570 10552 10603 10678", {*range(34, 40), 43}),
        ("10532 10525 10507 10537 10543 10891 11002 10837 10660", set(range(25, 34))),
    ],
    ids=["Chí Linh", "Hải Dương"],
)
def test_wards_of_the_two_seed_cities_are_those_of_their_clauses(
    codes: str, clauses: set[int]
) -> None:
    decrees = [gazetteer().decree(code) for code in codes.split()]

    assert {d.number for d in decrees} == {"1669/NQ-UBTVQH15"}
    assert {d.clause for d in decrees} == clauses
    assert {gazetteer().communes[code].province_code for code in codes.split()} == {"31"}


@pytest.mark.parametrize(
    ("name", "district", "successors"),
    [
        ("Phường Cộng Hòa", "Thành phố Chí Linh", {"10549", "10570"}),
        ("Phường Trần Phú", "Thành phố Hải Dương", {"10532", "10537"}),
        ("Phường Tứ Minh", "Thành phố Hải Dương", {"10543", "10891"}),
    ],
)
def test_split_wards_of_the_seed_cities_ask_between_their_successors(
    name: str, district: str, successors: set[str]
) -> None:
    assert old_unit(name, district).leads_to == successors


def test_ward_tan_binh_in_force_is_the_one_of_the_south() -> None:
    assert gazetteer().communes["27004"].name == "Phường Tân Bình"
    assert gazetteer().communes["27004"].province_code == "79"
