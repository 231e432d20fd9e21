"""Twins of a tip: shown to whoever may see both, closed together, and forgotten with their key."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from desk import activation, marks, retention, twins
from desk.errors import AlreadyClaimedError, NoSuchTipError, NotYoursError
from desk.officers import Signed
from storage.keyring import KeyGoneError
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World, hire

ONCE = (
    "Khoảng 2 giờ sáng nay có hai thanh niên đi xe Wave đỏ vào ấp 3 bẻ khoá cổng nhà ông Tư, lấy "
    "mất chiếc xe Vision màu trắng dựng trong sân."
)
AGAIN = (
    "dem qua nha ong tu o ap 3 bi 2 thang di wave do vo be khoa lay chiec vision trang trong san"
)
ELSE = "Quán bia hơi mở loa kéo hát tới hai giờ sáng mỗi đêm, người già trẻ nhỏ không ngủ được."
FAR = "79"


def told(world: World, *texts: str, place: str | None = COMMUNE) -> list[UUID]:
    """Tips, in the order they came."""
    found = []
    for one in texts:
        with world.office.begin("sweeps") as desk:
            before = set(desk.session.execute(text("SELECT id FROM tip")).scalars())
        world.submit(one, place)
        with world.office.begin("sweeps") as desk:
            now = set(desk.session.execute(text("SELECT id FROM tip")).scalars())
        found += now - before
    return found


def beside(world: World, signed: Signed, tip: UUID) -> list[UUID]:
    opened = world.opened(signed, tip)
    with world.office.begin("desk", signed.id) as desk:
        return [row.tip.id for row in twins.beside(desk, opened)]


def close(world: World, signed: Signed, tip: UUID, *chosen: UUID) -> int:
    with world.office.begin("desk", signed.id) as desk:
        return twins.close(desk, signed, tip, chosen, "twin", "Đã có tin về việc này")


def test_an_event_told_twice_is_shown_beside_each_telling(world: World) -> None:
    once, again, other = told(world, ONCE, AGAIN, ELSE)

    assert beside(world, world.hoa, once) == [again]
    assert beside(world, world.minh, again) == [once]
    assert beside(world, world.hoa, other) == []


def test_nothing_is_merged_and_nobody_is_told(world: World) -> None:
    once, again = told(world, ONCE, AGAIN)
    beside(world, world.hoa, once)

    assert set(world.waiting(world.hoa)) == {once, again}


def test_another_station_sees_no_twin_it_may_not_open(world: World) -> None:
    with world.office.begin("desk", world.ngan.id) as desk:
        assert desk.session.execute(text("SELECT count(*) FROM tip_mark")).scalar_one() == 0
    (once,) = told(world, ONCE)
    (again,) = told(world, AGAIN, place=PROVINCE)
    with world.office.begin("desk", world.hoa.id) as desk:
        assert desk.session.execute(text("SELECT count(*) FROM tip_mark")).scalar_one() == 1

    assert beside(world, world.hoa, once) == []
    assert beside(world, world.ngan, again) == []


def test_a_neighbours_tip_is_a_twin_for_who_sees_both(world: World) -> None:
    tiep = hire(world.office, NEIGHBOUR, "chief", "Tiếp", "tiep", activation.activate_commune)
    (once,) = told(world, ONCE)
    (again,) = told(world, AGAIN, place=NEIGHBOUR)
    world.claim(world.hoa, once)
    world.transfer(world.hoa, once, NEIGHBOUR)

    assert beside(world, tiep, again) == [once]


def test_a_month_later_it_is_another_event(world: World) -> None:
    (once,) = told(world, ONCE)
    world.clock.at += timedelta(days=29)
    (soon,) = told(world, AGAIN)
    assert beside(world, world.hoa, once) == [soon]
    world.clock.at += timedelta(days=5)
    (late,) = told(world, AGAIN)

    assert once not in beside(world, world.hoa, late)


def test_over_the_end_of_a_period_twins_are_still_found(world: World) -> None:
    tomorrow = timedelta(days=1)
    while marks.period_of(world.clock.at.date()) == marks.period_of(
        (world.clock.at + tomorrow).date()
    ):
        world.clock.at += tomorrow
    (once,) = told(world, ONCE)
    world.clock.at += tomorrow
    (again,) = told(world, AGAIN)

    assert len(world.office.tools.keyring.twins_periods()) == 2
    assert beside(world, world.hoa, again) == [once]
    assert beside(world, world.hoa, once) == [again]


def test_what_is_stored_are_no_words_and_their_number_tells_nothing(world: World) -> None:
    told(world, ONCE, "mất xe", ELSE)
    with world.office.begin("sweeps") as desk:
        rows = desk.session.execute(text("SELECT marks FROM tip_mark")).scalars().all()

    assert {len(row) % (9 * 64) for row in rows} == {0}
    assert not [row for row in rows if b"vision" in row or b"wave" in row]
    one, other = (marks.unpacked(row) for row in rows[:2])
    assert 0 in one.values()
    assert list(one) == sorted(one)
    assert one != other


def test_marks_of_two_periods_have_nothing_in_common(world: World) -> None:
    keyring = world.office.tools.keyring
    words = world.office.tools.twins.marks(ONCE)
    one, other = (marks.keyed(keyring.twins(day), words) for day in ("2026-01-01", "2026-01-31"))

    assert not one.keys() & other.keys()


def test_after_two_periods_the_marks_and_their_key_are_gone(world: World) -> None:
    told(world, ONCE)
    period = marks.period_of(world.clock.at.date())
    keyring = world.office.tools.keyring
    world.clock.at += timedelta(days=30)
    with world.office.begin("sweeps") as desk:
        assert marks.forget_old(desk) == set()
    world.clock.at += timedelta(days=30)
    with world.office.begin("sweeps") as desk:
        periods = marks.forget_old(desk)
        left = desk.session.execute(text("SELECT count(*) FROM tip_mark")).scalar_one()
    retention.destroy_keys(keyring, periods=periods)

    assert periods == {period}
    assert left == 0
    with pytest.raises(KeyGoneError):
        keyring.twins_of(period)


def test_several_are_closed_with_one_decision(world: World) -> None:
    once, again, third = told(world, ONCE, AGAIN, f"{AGAIN} luc gan sang")
    world.claim(world.hoa, once)

    assert close(world, world.hoa, once, again, third) == 2
    assert set(world.waiting(world.hoa, "closed")) == {again, third}
    assert world.waiting(world.hoa, "taken") == [once]
    for twin in (again, third):
        deeds = [(d.action, d.detail) for d in world.opened(world.hoa, twin).deeds]
        assert ("tip.closed", "twin") in deeds
        assert ("tip.claimed", "") in deeds


def test_a_tip_that_is_no_twin_cannot_be_closed_so(world: World) -> None:
    once, again, other = told(world, ONCE, AGAIN, ELSE)
    world.claim(world.hoa, once)

    with pytest.raises(NoSuchTipError):
        close(world, world.hoa, once, again, other)
    assert set(world.waiting(world.hoa)) == {again, other}


def test_whoever_has_not_taken_the_tip_closes_nothing_beside_it(world: World) -> None:
    once, again = told(world, ONCE, AGAIN)

    with pytest.raises(NotYoursError):
        close(world, world.hoa, once, again)


def test_a_colleagues_tip_stops_all_of_it(world: World) -> None:
    once, again, third = told(world, ONCE, AGAIN, f"{AGAIN} luc gan sang")
    world.claim(world.hoa, once)
    world.claim(world.minh, third)

    with pytest.raises(AlreadyClaimedError, match="Minh"):
        close(world, world.hoa, once, again, third)
    assert world.waiting(world.hoa, "closed") == []


def test_communes_of_one_former_district_are_near_each_other(world: World) -> None:
    near = world.office.tools.gazetteer.near(COMMUNE)
    names = {world.office.tools.gazetteer.communes[code].name for code in near}

    assert {COMMUNE, NEIGHBOUR} <= near
    assert "Xã Cần Đước" in names
    assert len(near) < 25
    assert world.office.tools.gazetteer.near(FAR) == {FAR}
