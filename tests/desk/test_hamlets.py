"""Lists of hamlets: whole or not at all, with every bad line named; then they decide."""

import pytest

from desk import contacts, hamlets
from desk.contacts import Imported
from nlp.places import Place
from tests.world import World

HEAD = "commune,former,hamlet"
MINH, CHAU = "25480", "25552"
GOOD = f"{MINH},Suối Đá,Ấp Tân Định 1"


def taken(world: World, *lines: str, skip_bad: bool = False) -> Imported:
    with world.office.begin("sweeps") as desk:
        return hamlets.take(desk, [HEAD, *lines], skip_bad=skip_bad)


def listed(world: World, commune: str, former: str = "Xã Suối Đá") -> tuple[str, ...]:
    with world.office.begin("intake") as desk:
        return hamlets.named(desk, commune, former)


def located(world: World, text: str) -> Place:
    with world.office.begin("intake") as desk:
        return hamlets.settle(desk, desk.tools.router.locate(text), text)


def test_each_bad_line_is_named_and_nothing_is_stored(world: World) -> None:
    done = taken(
        world,
        GOOD,
        "99999,,Ấp 1",
        f"{MINH},Xã Rạch Kiến,Ấp 1",
        f"{MINH},,Chợ Suối Đá",
        f"{MINH},Ấp 1",
        "",
        f"{CHAU},Xã Suối Đá,ấp tân định 1",
        f"{MINH},,Ấp {'x' * 60}",
    )

    assert done.stored == 0
    assert [bad.number for bad in done.bad] == [3, 4, 5, 6, 8, 9]
    reasons = [bad.reason for bad in done.bad]
    assert "no commune has the code '99999'" in reasons[0]
    assert "holds nothing of 'Xã Rạch Kiến'" in reasons[1]
    assert "is no hamlet's name" in reasons[2]
    assert "2 columns instead of 3" in reasons[3]
    assert "stands in line 2 already" in reasons[4]
    assert "at most 60" in reasons[5]
    assert listed(world, MINH) == ()


def test_good_lines_beside_bad_ones_are_stored_only_when_asked_for(world: World) -> None:
    done = taken(world, GOOD, "99999,,Ấp 1", skip_bad=True)

    assert (done.stored, len(done.bad)) == (1, 1)
    assert listed(world, MINH) == ("Ấp Tân Định 1",)


def test_a_later_file_replaces_the_list_of_its_communes_and_of_no_other(world: World) -> None:
    taken(world, GOOD, f"{CHAU},Suối Đá,Ấp Phước Bình")
    taken(world, f"{MINH},Suối Đá,Ấp Tân Định 2")

    assert listed(world, MINH) == ("Ấp Tân Định 2",)
    assert listed(world, CHAU) == ("Ấp Phước Bình",)


def test_a_file_with_other_columns_is_refused_whole(world: World) -> None:
    with (
        world.office.begin("sweeps") as desk,
        pytest.raises(contacts.BadFileError, match="first line"),
    ):
        hamlets.take(desk, ["xa,ap", GOOD])


def test_a_listed_hamlet_decides_where_a_divided_commune_went(world: World) -> None:
    text = "Ấp Phước Bình, xã Suối Đá, Tây Ninh"
    assert located(world, text).decision == "ask"

    taken(world, f"{CHAU},Suối Đá,Ấp Phước Bình")

    assert located(world, text).code == CHAU
    assert located(world, "xã Suối Đá, Tây Ninh").decision == "ask"
