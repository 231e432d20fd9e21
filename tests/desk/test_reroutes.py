"""A tip sent on is an example to learn from, and no word of it is kept for that."""

from datetime import UTC, datetime

from sqlmodel import select

from desk import reroutes, tips
from storage.models import Reroute
from tests.world import COMMUNE, PROVINCE, World

TEXT = "Ông Bảy hàng xóm bị lấy trộm xe máy"
WORDS = "xã Rạch Kiến, Tây Ninh"


def test_a_transfer_leaves_the_shape_of_the_place_and_nothing_that_leads_to_the_tip(
    world: World,
) -> None:
    with world.office.begin("intake") as desk:
        tips.submit(desk, tips.Draft(TEXT, COMMUNE, place_words=WORDS))
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    world.transfer(world.minh, tip_id, PROVINCE)

    with world.office.begin("sweeps") as desk:
        (row,) = reroutes.every(desk)
        stored = dict(desk.session.execute(select(Reroute.__table__)).mappings().one())  # type: ignore[attr-defined] # SQLModel makes it

    assert (row.from_code, row.to_code, row.reason) == (COMMUNE, PROVINCE, "new")
    assert (row.month, row.pattern) == ("2026-03", "xã N N, N N")
    assert str(tip_id) not in str(stored)
    assert not [word for word in TEXT.split() if word in str(stored)]


def test_a_tip_that_was_not_sent_on_leaves_nothing(world: World) -> None:
    world.submit(TEXT)
    world.claim(world.minh, world.newest(world.minh))

    with world.office.begin("sweeps") as desk:
        assert reroutes.every(desk) == []


def test_an_example_lasts_six_months(
    world: World,
) -> None:
    world.submit(TEXT)
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    world.transfer(world.minh, tip_id, PROVINCE)

    kept = []
    for day in (datetime(2026, 8, 31, 16, 59, tzinfo=UTC), datetime(2026, 8, 31, 17, tzinfo=UTC)):
        world.clock.at = day  # a minute before September begins in Việt Nam, and its first one
        with world.office.begin("sweeps") as desk:
            reroutes.forget(desk)
            kept.append([row.month for row in reroutes.every(desk)])

    assert kept == [["2026-03"], []]
