"""Which tips a tab holds, in which order, page by page; and what is overdue."""

from datetime import timedelta
from uuid import UUID

import pytest

from desk import alerts, queue
from desk.officers import Signed
from desk.queue import Narrow
from tests.world import COMMUNE, World

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
GAMBLING = "Quán cà phê ghi số đề mỗi chiều, chung chi tại bàn"
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
GREETING = "Chào buổi sáng, hôm nay trời đẹp quá"


def listed(
    world: World, tab: str, narrow: Narrow | None = None, after: UUID | None = None
) -> list[UUID]:
    with world.office.begin("desk", world.minh.id) as desk:
        return [row.tip.id for row in queue.waiting(desk, tab, narrow, after)]


def submit(world: World, text: str) -> UUID:
    known = {*listed(world, "new"), *listed(world, "spam")}
    world.submit(text)
    (new,) = {*listed(world, "new"), *listed(world, "spam")} - known
    return new


def counts(world: World, signed: Signed) -> dict[str, int]:
    with world.office.begin("desk", signed.id) as desk:
        return queue.counts(desk)


def test_a_calm_tip_is_late_after_the_next_working_day(world: World) -> None:
    tip = submit(world, THEFT)  # Monday 15:00

    world.clock.at += timedelta(hours=25, minutes=59)  # Tuesday 16:59
    before = listed(world, "late")
    world.clock.at += timedelta(minutes=1)

    assert before == []
    assert listed(world, "late") == listed(world, "new") == [tip]


def test_an_urgent_tip_is_late_when_it_is_told_again(world: World) -> None:
    tip = submit(world, FIRE)
    late = {}
    for minutes in (0, 4, 5):
        world.clock.at = world.clock.at.replace(minute=minutes)
        with world.office.begin("sweeps") as desk:
            alerts.sweep(desk)
        late[minutes] = listed(world, "late")

    assert late == {0: [], 4: [], 5: [tip]}


def test_an_urgent_tip_is_late_at_the_full_hour_even_if_no_clock_swept(world: World) -> None:
    tip = submit(world, FIRE)
    world.clock.at = world.clock.at.replace(hour=9)
    assert listed(world, "late") == [tip]


def test_taking_a_tip_starts_the_time_to_handle_it(world: World) -> None:
    calm, urgent = submit(world, THEFT), submit(world, FIRE)
    for tip in (calm, urgent):
        world.claim(world.minh, tip)

    world.clock.at += timedelta(hours=2)
    assert listed(world, "late") == [urgent]
    world.clock.at += timedelta(days=7)  # Monday again: five working days after
    assert listed(world, "late") == [urgent, calm]

    world.close(world.minh, calm)
    assert listed(world, "late") == [urgent]


def test_a_tip_handed_on_gets_the_time_of_a_new_one(world: World) -> None:
    tip = submit(world, THEFT)
    world.claim(world.minh, tip)
    world.clock.at += timedelta(days=7, hours=3)
    world.transfer(world.minh, tip, "80")

    with world.office.begin("desk", world.ngan.id) as desk:
        (row,) = queue.waiting(desk, "new")

    assert (row.tip.clock, row.late) == ("take", False)


def test_what_the_machine_takes_for_spam_has_its_own_tab_is_told_and_can_be_late(
    world: World,
) -> None:
    tip = submit(world, GREETING)
    with world.office.begin("sweeps") as desk:
        told = alerts.sweep(desk)

    assert listed(world, "spam") == [tip]
    assert listed(world, "new") == []
    assert counts(world, world.minh)["spam"] == told == 1
    world.clock.at += timedelta(days=2)
    assert listed(world, "late") == [tip]

    world.claim(world.minh, tip)
    assert listed(world, "taken") == [tip]
    assert listed(world, "spam") == []


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_follow_each_other_without_a_gap_or_a_double(
    world: World, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in (THEFT, FIRE, GAMBLING, THEFT, FIRE, THEFT):
        submit(world, text)
        world.clock.at += timedelta(hours=5)
    whole = listed(world, "new")
    monkeypatch.setattr(queue, "PAGE", size)

    paged: list[UUID] = []
    while found := listed(world, "new", after=paged[-1] if paged else None):
        paged += found

    assert paged == whole
    assert len(set(whole)) == 6


def test_closed_tips_come_the_latest_first_and_page_by_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    for _ in range(3):
        done.append(submit(world, THEFT))
        world.claim(world.minh, done[-1])
        world.close(world.minh, done[-1])
        world.clock.at += timedelta(days=1)
    monkeypatch.setattr(queue, "PAGE", 2)

    first = listed(world, "closed")

    assert first == [done[2], done[1]]
    assert listed(world, "closed", after=first[-1]) == [done[0]]


def test_a_page_after_a_tip_that_is_gone_begins_anew(world: World) -> None:
    tip = submit(world, THEFT)
    assert listed(world, "new", after=world.hoa.id) == [tip]


def test_filters_by_category_station_and_days(world: World) -> None:
    old = submit(world, THEFT)
    world.clock.at += timedelta(days=3)
    new = submit(world, GAMBLING)

    assert listed(world, "new", Narrow(category="gambling")) == [new]
    assert listed(world, "new", Narrow(days=3)) == [new]
    assert listed(world, "new", Narrow(days=4)) == [old, new]
    assert listed(world, "new", Narrow(station=COMMUNE)) == [old, new]
    assert listed(world, "new", Narrow(station="80")) == []
