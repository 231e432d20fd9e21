"""Officers are told that something waits: when, whom, and until somebody takes it."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from desk import activation, alerts, audit, facts, outbox, queue
from desk.errors import NoSuchTipError
from desk.outbox import Outgoing
from storage import alerts as rows
from storage import tips
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World, hire

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"


def told(world: World, minutes: float) -> list[tuple[str, str]]:
    """Whom the sweep tells so many minutes after the start, and what."""
    world.clock.at = world.clock.at.replace(minute=0, second=0) + timedelta(minutes=minutes)
    with world.office.begin("sweeps") as desk:
        alerts.sweep(desk)
        found = outbox.take(desk, (alerts.CHANNEL,))
        for outgoing in found:
            outbox.done(desk, outgoing, "sent")
    return [_told(outgoing) for outgoing in found]


def _told(outgoing: Outgoing) -> tuple[str, str]:
    return outgoing.address, outgoing.payload["text"]


def test_an_urgent_tip_is_told_at_once_again_after_five_and_to_the_province_after_ten(
    world: World,
) -> None:
    assert world.submit(FIRE).urgent

    said = {minutes: told(world, minutes) for minutes in (0, 1, 4.9, 5, 6, 9.9, 10, 15, 59)}

    assert {minutes: words for minutes, words in said.items() if words} == {
        0: [(COMMUNE, alerts.URGENT)],
        5: [(COMMUNE, alerts.URGENT)],
        10: [(PROVINCE, alerts.URGENT)],
    }


def test_a_tip_an_officer_looked_at_and_found_calm_is_not_passed_up(world: World) -> None:
    world.submit(FIRE)
    tip = world.newest(world.hoa)
    told(world, 0)
    told(world, 5)
    with world.office.begin("desk", world.hoa.id) as desk:
        facts.set_urgent(desk, world.hoa, tip, urgent=False)

    assert (COMMUNE, alerts.WAITING) in told(world, 10)
    assert world.waiting(world.ngan) == []
    assert told(world, 20) == []


def test_an_ordinary_tip_is_told_once(world: World) -> None:
    world.submit(THEFT)

    said = [told(world, minutes) for minutes in (0, 5, 10, 59)]

    assert said == [[(COMMUNE, alerts.WAITING)], [], [], []]


def test_nobody_is_told_what_the_tip_says(world: World) -> None:
    world.submit(FIRE)
    world.submit(THEFT)

    words = {text for _, text in told(world, 0)}

    assert words == {"Có tin mới đang chờ mở.", "Có tin KHẨN đang chờ mở."}


@pytest.mark.parametrize("minutes", [0, 5])
def test_taking_the_tip_stops_the_clock(world: World, minutes: int) -> None:
    world.submit(FIRE)
    for before in range(0, minutes + 1, 5):
        told(world, before)

    world.claim(world.minh, world.newest(world.minh))

    assert [told(world, later) for later in (5, 10, 15, 59)] == [[], [], [], []]


def test_the_province_sees_and_opens_a_tip_nobody_took(world: World) -> None:
    world.submit(FIRE)
    tip_id = world.newest(world.minh)
    told(world, 0)
    told(world, 5)
    before = world.waiting(world.ngan)
    with pytest.raises(NoSuchTipError):
        world.opened(world.ngan, tip_id)

    told(world, 10)

    assert before == []
    assert world.waiting(world.ngan) == [tip_id]
    assert world.opened(world.ngan, tip_id).report["text"] == FIRE
    assert world.opened(world.minh, tip_id).report["text"] == FIRE
    world.claim(world.ngan, tip_id)
    assert world.opened(world.minh, tip_id).claimed_by == "Ngân"


def test_a_tip_of_the_province_desk_itself_is_told_there_three_times(world: World) -> None:
    world.submit(FIRE, PROVINCE)

    said = [told(world, minutes) for minutes in (0, 5, 10, 15)]

    assert said == [[(PROVINCE, alerts.URGENT)]] * 3 + [[]]


def test_a_tip_that_was_handed_on_is_told_where_it_went(world: World) -> None:
    hire(world.office, NEIGHBOUR, "chief", "Bình", "binh", activation.activate_commune)
    world.submit(FIRE)
    tip_id = world.newest(world.minh)
    told(world, 0)
    world.claim(world.minh, tip_id)

    world.clock.at += timedelta(minutes=1)
    world.transfer(world.minh, tip_id, NEIGHBOUR)

    said = {minutes: told(world, minutes) for minutes in (1, 5, 6, 11, 30)}
    assert {minutes: words for minutes, words in said.items() if words} == {
        1: [(NEIGHBOUR, alerts.URGENT)],
        6: [(NEIGHBOUR, alerts.URGENT)],
        11: [(PROVINCE, alerts.URGENT)],
    }


def test_the_log_of_an_escalation_does_not_tell_the_minute_the_tip_came(world: World) -> None:
    world.clock.at += timedelta(minutes=7, seconds=31)
    world.submit(FIRE)
    tip_id = world.newest(world.minh)
    for _ in range(3):
        with world.office.begin("sweeps") as desk:
            alerts.sweep(desk)
        world.clock.at += alerts.AGAIN

    with world.office.begin("desk", world.minh.id) as desk:
        (deed,) = audit.of_tip(desk, tip_id)

    assert deed.action == "tip.escalated"
    assert (deed.at.minute, deed.at.second, deed.at.microsecond) == (0, 0, 0)


def test_an_officer_who_takes_a_tip_while_the_clock_escalates_it_only_waits(
    world: World, owner_url: str
) -> None:
    world.submit(FIRE)
    tip_id = world.newest(world.minh)
    told(world, 0)
    told(world, 5)
    world.clock.at += timedelta(minutes=5)

    with ThreadPoolExecutor(1) as thread, Owner(owner_url) as owner:
        with world.office.begin("sweeps") as desk:
            found = rows.due(desk.session, desk.at, alerts.BATCH)
            claimed = thread.submit(world.claim, world.minh, tip_id)
            _wait_for_somebody_to_wait(owner)
            rows.escalate(desk.session, found[0].tip_id)
        claimed.result()

    assert world.opened(world.minh, tip_id).claimed_by == "Minh"


def test_an_officer_who_writes_a_note_while_the_clock_escalates_only_waits(
    world: World, owner_url: str
) -> None:
    for _ in range(3):
        world.submit(FIRE)
    tip_ids = world.waiting(world.minh)
    told(world, 0)
    told(world, 5)
    world.clock.at += timedelta(minutes=5)

    with ThreadPoolExecutor(1) as thread, Owner(owner_url) as owner:
        # The officer holds the last tip and is about to write to the audit log.
        with world.office.begin("desk", world.minh.id) as desk:
            tips.next_no(desk.session, tip_ids[-1])
            swept = thread.submit(_sweep, world)
            _wait_for_somebody_to_wait(owner)
            queue.note(desk, world.minh, tip_ids[-1], "Đang gọi cho ban quản lý chợ")
        swept.result()

    assert world.waiting(world.ngan) == tip_ids


def _sweep(world: World) -> None:
    with world.office.begin("sweeps") as desk:
        alerts.sweep(desk)


def _wait_for_somebody_to_wait(owner: Owner) -> None:
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    end = time.monotonic() + 30
    while not owner.one(waits):
        assert time.monotonic() < end
        time.sleep(0.01)
