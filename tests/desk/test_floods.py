"""Many tips of nearly the same text: they ring once, stand together, and none is dropped."""

from datetime import timedelta
from uuid import UUID

import pytest

from desk import alerts, floods, marks, outbox, queue
from desk.errors import NotYoursError
from tests.desk.test_twins import ELSE, told
from tests.world import COMMUNE, PROVINCE, World

CALL = (
    "Kính gửi công an xã, quán cà phê Hoa Sứ ở ngã ba chợ tối nào cũng mở nhạc lớn đến một giờ "
    "sáng, đề nghị kiểm tra và xử phạt nghiêm chủ quán."
)
FIRE = (
    "Đang cháy lớn ở dãy nhà trọ sau chợ Rạch Kiến, còn nhiều người kẹt trên lầu hai, "
    "khói đen mù mịt, bà con kêu cứu, cần xe chữa cháy tới ngay đường Nguyễn Huệ."
)
HELP = "Cứu tôi với"


def rung(world: World) -> int:
    """How often the sweep rings at the commune's station now."""
    with world.office.begin("sweeps") as desk:
        alerts.sweep(desk)
        found = outbox.take(desk, (alerts.CHANNEL,))
        for outgoing in found:
            outbox.done(desk, outgoing, "sent")
    return sum(outgoing.address == COMMUNE for outgoing in found)


def calls(many: int, begin: int = 0) -> list[str]:
    """Nearly the same: people add their greeting."""
    return [f"{CALL}{' Cảm ơn.' if n % 2 else ''}" for n in range(begin, begin + many)]


def waiting(world: World) -> list[tuple[int, int]]:
    with world.office.begin("desk", world.hoa.id) as desk:
        return [(flood.many, floods.hours(flood)) for flood in floods.waiting(desk)]


def close(world: World, tip: UUID) -> int:
    with world.office.begin("desk", world.hoa.id) as desk:
        return floods.close(desk, world.hoa, tip, "twin", "Đã có tin về việc này")


def test_a_flood_rings_once_and_every_tip_of_it_waits(world: World) -> None:
    tips = told(world, *calls(12))

    assert rung(world) == 1
    assert waiting(world) == [(12, 1)]
    assert set(world.waiting(world.hoa)) == set(tips)


def test_what_comes_later_in_the_flood_does_not_ring_either(world: World) -> None:
    told(world, *calls(6))
    rung(world)

    told(world, *calls(3))
    again = rung(world)
    world.clock.at += timedelta(hours=1)
    told(world, *calls(2))

    assert (again, rung(world)) == (0, 0)
    assert waiting(world) == [(11, 2)]


def test_tips_that_come_one_by_one_ring_until_they_are_a_flood(world: World) -> None:
    rings = []
    for text in calls(7):
        told(world, text)
        rings.append(rung(world))

    assert rings == [1] * (floods.FEWEST - 1) + [0, 0, 0]
    assert waiting(world) == [(7, 1)]


def test_another_tip_in_the_midst_of_a_flood_rings(world: World) -> None:
    told(world, *calls(6))
    rung(world)

    (other,) = told(world, ELSE)

    assert rung(world) == 1
    with world.office.begin("desk", world.hoa.id) as desk:
        rows = {row.tip.id: row.tip.flood for row in queue.waiting(desk, "new")}
    assert rows.pop(other) is None
    assert len(set(rows.values())) == 1


def test_few_of_the_same_text_are_no_flood_nor_are_many_in_a_day(world: World) -> None:
    for text in calls(floods.FEWEST):
        told(world, text)
        assert rung(world) == 1
        world.clock.at += timedelta(hours=2)

    assert waiting(world) == []


def test_urgent_tips_of_one_long_text_ring_once_and_again_until_taken(world: World) -> None:
    told(world, *[FIRE] * 6)

    first = rung(world)
    world.clock.at += alerts.AGAIN

    assert (first, rung(world)) == (1, 1)


def test_short_cries_for_help_ring_each_time_for_they_may_be_many_events(world: World) -> None:
    told(world, *[HELP] * 6)

    assert rung(world) == 6


def test_all_but_one_are_closed_together_and_those_of_a_colleague_are_left(world: World) -> None:
    tips = told(world, *calls(8), ELSE)
    rung(world)
    mine, theirs = tips[0], tips[1]
    with pytest.raises(NotYoursError):
        close(world, mine)
    world.claim(world.hoa, mine)
    world.claim(world.minh, theirs)

    closed = close(world, mine)

    assert closed == 6
    assert set(world.waiting(world.hoa, "closed")) == set(tips[2:8])
    assert set(world.waiting(world.hoa, "taken")) == {mine, theirs}
    assert world.waiting(world.hoa) == [tips[8]]


def test_a_tip_of_which_more_is_known_by_now_is_not_closed_with_the_others(world: World) -> None:
    tips = told(world, *calls(6))
    receipt = world.submit(CALL).receipt
    rung(world)
    added = set(world.waiting(world.hoa)).difference(tips)
    mine, noted = tips[0], tips[1]
    world.claim(world.hoa, mine)
    with world.office.begin("desk", world.hoa.id) as desk:
        queue.note(desk, world.hoa, noted, "Khác vụ này: có người bị thương")
    world.add(receipt, "Có người bị đánh, biển số 62A")

    assert close(world, mine) == 4

    assert set(world.waiting(world.hoa)) == {noted, *added}
    assert world.follow(receipt).state == "new"


def test_another_station_hears_nothing_of_a_flood(world: World) -> None:
    told(world, *calls(6))
    rung(world)

    with world.office.begin("desk", world.ngan.id) as desk:
        assert floods.waiting(desk) == []
    told(world, *calls(1), place=PROVINCE)
    with world.office.begin("sweeps") as desk:
        assert alerts.sweep(desk) == 1


def test_a_month_later_closed_tips_are_tied_to_no_other(world: World) -> None:
    tips = told(world, *calls(6))
    rung(world)
    world.claim(world.hoa, tips[0])
    close(world, tips[0])

    tied = []
    for days in (0, marks.PERIOD + 1):
        world.clock.at += timedelta(days=days)
        with world.office.begin("sweeps") as desk:
            floods.forget(desk)
        with world.office.begin("desk", world.hoa.id) as desk:
            tied.append([queue.open_tip(desk, world.hoa, tip).tip.flood for tip in tips])

    assert len(set(tied[0])) == 1
    assert tied[1] == [tied[0][0], *[None] * 5]
