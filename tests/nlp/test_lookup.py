"""Looking a place up: by any name it has or had, as people type it."""

import pytest

from nlp.names import Era
from tests.gazetteer import gazetteer, lookup


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("rach kien", "28114"),
        ("Rạch K", "28114"),
        ("28114", "28114"),
        ("xã Long Hòa Cần Đước", "28114"),
        ("long hoa can duoc", "28114"),
        ("LONG HOÀ, cần đước", "28114"),
        ("x. Long Hoa, h. Can Duoc", "28114"),
        ("thi tran my luong", "30631"),
        ("p.5 q.10", "27169"),
        ("P5 Q10 TPHCM", "27169"),
        ("côn đảo", "26732"),
        ("long hai brvt", "26662"),
    ],
)
def test_a_commune_is_found_by_any_of_its_names(typed: str, code: str) -> None:
    assert code in [c.code for c in lookup().communes(typed, 6)]


def test_an_address_gives_what_it_means_and_no_namesake() -> None:
    (unit,) = lookup().units("xã Long Hòa, Cần Đước, Long An", 20)

    assert (unit.name, unit.era, unit.codes) == ("Xã Long Hòa", Era.OLD, ("28114",))


def test_a_bare_name_gives_every_unit_that_ever_had_it_those_in_force_first() -> None:
    found = lookup().units("xã Long Hòa", 20)

    named = [unit for unit in found if unit.name == "Xã Long Hòa"]
    eras = [unit.era for unit in named]
    assert eras == sorted(eras)
    assert {"29413", "25792"} == {unit.codes[0] for unit in named if unit.era is Era.NEW}
    assert {"28114", "27664", "29083", "30421"} <= {c for unit in named for c in unit.codes}


def test_marks_that_were_typed_put_the_name_with_the_same_marks_first() -> None:
    assert lookup().units("Long Hoa", 1)[0].name == "Phường Long Hoa"
    assert lookup().units("Long Hòa", 1)[0].name == "Xã Long Hòa"


def test_a_unit_renamed_since_is_shown_once() -> None:
    found = lookup().units("Lộc Ninh, Đồng Nai", 20)

    assert [unit.codes for unit in found if unit.era is Era.NEW] == [("25270",)]


def test_a_picker_may_be_kept_to_one_province() -> None:
    found = lookup().communes("tan", 50, "80")

    assert len(found) > 6
    assert {commune.province_code for commune in found} == {"80"}


def test_the_very_name_in_force_comes_first() -> None:
    assert lookup().communes("cho moi an giang", 6)[0].code == "30628"
    assert lookup().communes("nhon trach", 6)[0].code == "26485"


@pytest.mark.parametrize("typed", ["", "....", "qzx wvw", "tân" * 5000, "%" * 300, "99999"])
def test_nonsense_finds_nothing(typed: str) -> None:
    assert lookup().communes(typed, 6) == ()
    assert lookup().units(typed, 6) == ()


def test_no_more_is_shown_than_asked_for() -> None:
    assert len(lookup().communes("tan", 4)) == 4
    assert lookup().communes("tan", 0) == ()


def test_every_commune_in_force_is_found_by_its_code() -> None:
    some = sorted(gazetteer().communes)[::100]

    assert [lookup().communes(code, 1)[0].code for code in some] == some
