"""Giving tips to colleagues and back to the queue."""

from datetime import timedelta
from uuid import UUID

import pytest

from desk import alerts, assignment, audit, queue, reminders, roles
from desk.errors import BadReminderError, NoSuchColleagueError, NotAllowedError
from desk.officers import Signed
from tests.world import COMMUNE, PROVINCE, World, everybody

TEXT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


def assign(world: World, by: Signed, tip: UUID, to: UUID) -> str:
    with world.office.begin("desk", by.id) as desk:
        return assignment.assign(desk, by, tip, to)


def release(world: World, by: Signed, tip: UUID) -> None:
    with world.office.begin("desk", by.id) as desk:
        assignment.release(desk, by, tip)


def row(world: World, tab: str) -> queue.Row:
    with world.office.begin("desk", world.hoa.id) as desk:
        (found,) = queue.waiting(desk, tab)
    return found


def tip_of(world: World) -> UUID:
    world.submit(TEXT)
    return world.newest(world.hoa)


def test_a_chief_gives_a_new_tip_to_an_officer_and_nobody_is_told_any_more(world: World) -> None:
    tip = tip_of(world)

    assert assign(world, world.hoa, tip, world.minh.id) == "Minh"

    found = row(world, "taken")
    assert (found.claimed_by, found.tip.clock) == ("Minh", "handle")
    with world.office.begin("sweeps") as desk:
        assert alerts.sweep(desk) == 0
    with world.office.begin("desk", world.hoa.id) as desk:
        (deed,) = audit.of_tip(desk, tip)
    assert (deed.action, deed.detail) == ("tip.assigned", str(world.minh.id))


def test_whoever_has_a_tip_may_pass_it_on_and_its_state_stays(world: World) -> None:
    tip = tip_of(world)
    world.claim(world.minh, tip)
    world.ask(world.minh, tip, "Xe màu gì?")

    assign(world, world.minh, tip, world.hoa.id)

    assert row(world, "waiting").claimed_by == "Hoa"


def test_an_officer_passes_on_nobody_elses_tip(world: World) -> None:
    tip = tip_of(world)
    with pytest.raises(NotAllowedError):
        assign(world, world.minh, tip, world.minh.id)
    world.claim(world.hoa, tip)
    with pytest.raises(NotAllowedError):
        assign(world, world.minh, tip, world.minh.id)
    with pytest.raises(NotAllowedError):
        release(world, world.minh, tip)


def test_a_tip_goes_to_nobody_outside_the_station(world: World) -> None:
    tip = tip_of(world)
    for to in (world.ngan.id, tip):
        with pytest.raises(NoSuchColleagueError):
            assign(world, world.hoa, tip, to)


def test_only_who_can_open_a_tip_is_offered_and_given_it(world: World) -> None:
    staff = everybody(world)
    urgent = "Đang cháy lớn ở dãy nhà trọ sau chợ Rạch Kiến, còn người kẹt trên lầu hai"
    assert all(world.submit(urgent, place).urgent for place in (COMMUNE, PROVINCE))

    for chief, nobody_to_read in (("hoa", "yen"), ("ngan", "khoi")):
        by, to = staff[chief], staff[nobody_to_read]
        tip = world.newest(by)
        with world.office.begin("desk", by.id) as desk:
            offered = assignment.candidates(desk, by, queue.open_tip(desk, by, tip).tip)
        assert {one.role for one in offered} <= roles.READERS
        with pytest.raises(NoSuchColleagueError):
            assign(world, by, tip, to.id)

    with world.office.begin("sweeps") as desk:
        assert alerts.sweep(desk) == 2, "both still ring"


def test_a_tip_put_back_is_new_told_again_and_has_its_time_again(world: World) -> None:
    tip = tip_of(world)
    world.claim(world.minh, tip)
    world.clock.at += timedelta(days=7)

    release(world, world.minh, tip)

    found = row(world, "new")
    assert (found.claimed_by, found.tip.clock, found.late) == (None, "take", False)
    with world.office.begin("sweeps") as desk:
        assert alerts.sweep(desk) == 1
    world.claim(world.hoa, tip)


def test_on_its_day_a_reminder_is_counted_listed_and_can_be_done(world: World) -> None:
    tip = tip_of(world)
    day = world.clock.at.date() + timedelta(days=3)
    with world.office.begin("desk", world.minh.id) as desk:
        reminders.put(desk, world.minh, tip, day, "Hỏi lại chủ nhà trọ")

    assert reminded(world) == (0, [])
    world.clock.at += timedelta(days=3)
    assert reminded(world) == (1, [tip])
    assert world.opened(world.hoa, tip).lines[-1].content == {
        "text": "Hỏi lại chủ nhà trọ",
        "on": day.isoformat(),
    }

    with world.office.begin("desk", world.minh.id) as desk:
        reminders.done(desk, world.minh, tip)
    assert reminded(world) == (0, [])


def reminded(world: World) -> tuple[int, list[UUID]]:
    with world.office.begin("desk", world.minh.id) as desk:
        rows = queue.waiting(desk, "new", queue.Narrow(remind=True))
        return queue.counts(desk)["remind"], [row.tip.id for row in rows]


@pytest.mark.parametrize("days", [-1, 0, 181])
def test_a_reminder_lies_ahead_and_not_too_far(world: World, days: int) -> None:
    tip = tip_of(world)
    day = world.clock.at.date() + timedelta(days=days)
    with (
        pytest.raises(BadReminderError),
        world.office.begin("desk", world.minh.id) as desk,
    ):
        reminders.put(desk, world.minh, tip, day, "Xem lại")
