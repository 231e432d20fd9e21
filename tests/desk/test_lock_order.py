"""Officers close many tips while the sweep tells of them: both end well, whoever comes first."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest

from desk import alerts, departures, floods, inbox, opening, queue, twins, walkins
from desk.errors import AlreadyEnteredError, ClosedError
from desk.inbox import Lane
from desk.walkins import Told
from storage import alerts as rows
from storage import tips as stored
from tests.desk.test_floods import FIRE, rung
from tests.desk.test_twins import told
from tests.storage.rows import Owner
from tests.world import COMMUNE, World

WAITS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def while_the_sweep_tells(world: World, owner_url: str, close: Callable[[], int]) -> int:
    """The sweep has its alerts in hand, an officer begins to close, the sweep goes on."""
    with ThreadPoolExecutor(1) as threads, Owner(owner_url) as owner:
        with world.office.begin("sweeps") as desk:
            assert rows.due(desk.session, desk.at, alerts.BATCH)
            closing = threads.submit(close)
            until_it_waits(owner, closing)
            alerts.sweep(desk)
        return closing.result()


def test_a_flood_is_closed_while_the_sweep_tells_of_it_again(world: World, owner_url: str) -> None:
    tips = _told_one_by_one(world, 6)
    world.claim(world.hoa, tips[-1])
    world.clock.at += alerts.AGAIN

    def close() -> int:
        with world.office.begin("desk", world.hoa.id) as desk:
            return floods.close(desk, world.hoa, tips[-1], "twin", "Đã có tin về việc này")

    assert while_the_sweep_tells(world, owner_url, close) == 5
    assert set(world.waiting(world.hoa, "closed")) == set(tips[:-1])


def test_twins_are_closed_while_the_sweep_tells_the_province_of_them(
    world: World, owner_url: str
) -> None:
    tips = _told_one_by_one(world, 2)
    world.claim(world.hoa, tips[0])
    world.clock.at += alerts.AGAIN
    rung(world)
    world.clock.at += alerts.AGAIN

    def close() -> int:
        with world.office.begin("desk", world.hoa.id) as desk:
            return twins.close(desk, world.hoa, tips[0], tips[1:], "twin", "Đã có tin")

    assert while_the_sweep_tells(world, owner_url, close) == 1
    assert world.waiting(world.hoa, "closed") == tips[1:]


def test_a_tip_a_colleague_takes_meanwhile_is_left_to_them(world: World, owner_url: str) -> None:
    tips = _told_one_by_one(world, 6)
    world.claim(world.hoa, tips[-1])

    def close() -> int:
        with world.office.begin("desk", world.hoa.id) as desk:
            return floods.close(desk, world.hoa, tips[-1], "twin", "Đã có tin về việc này")

    with ThreadPoolExecutor(1) as threads, Owner(owner_url) as owner:
        with world.office.begin("desk", world.minh.id) as desk:
            queue.claim(desk, world.minh, tips[0])
            closing = threads.submit(close)
            until_it_waits(owner, closing)
        assert closing.result() == 4

    assert set(world.waiting(world.minh, "taken")) == {tips[0], tips[-1]}


def test_what_its_sender_adds_while_a_tip_is_being_closed_is_refused_not_lost(
    world: World, owner_url: str
) -> None:
    receipt = world.submit(FIRE).receipt
    tip = world.newest(world.hoa)
    world.claim(world.hoa, tip)

    with ThreadPoolExecutor(1) as threads, Owner(owner_url) as owner:
        with world.office.begin("desk", world.hoa.id) as desk:
            queue.close(desk, world.hoa, tip, "not_enough", "Cảm ơn bà con")
            adding = threads.submit(world.add, receipt, "Bây giờ cháy lại rồi")
            until_it_waits(owner, adding)
        with pytest.raises(ClosedError):
            adding.result()

    assert [line.kind for line in world.follow(receipt).lines] == ["tip", "close"]


def test_a_form_sent_twice_at_once_is_one_tip_and_a_sentence(world: World, owner_url: str) -> None:
    form, heard = uuid4(), Told(FIRE, "desk", COMMUNE, "", "")

    def enter() -> None:
        with world.office.begin("desk", world.hoa.id) as desk:
            walkins.enter(desk, world.hoa, form, heard)

    with ThreadPoolExecutor(1) as threads, Owner(owner_url) as owner:
        with world.office.begin("desk", world.hoa.id) as desk:
            walkins.enter(desk, world.hoa, form, heard)
            again = threads.submit(enter)
            until_it_waits(owner, again)
        with pytest.raises(AlreadyEnteredError):
            again.result()

    assert len(world.waiting(world.hoa)) == 1


def test_one_persons_messages_wait_for_each_other_over_midnight_too(
    world: World, owner_url: str
) -> None:
    lane = Lane("webchat", "lan")
    world.clock.at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    with world.office.begin("intake") as desk:
        inbox.put(desk, lane, "1", {"text": "Chào"})

    def handle() -> bool:
        with world.office.begin("intake") as desk:
            inbox.enter(desk, lane)
            return inbox.following(desk, lane) is not None

    with ThreadPoolExecutor(1) as threads, Owner(owner_url) as owner:
        with world.office.begin("intake") as desk:
            inbox.enter(desk, lane)
            message = inbox.following(desk, lane)
            assert message is not None
            world.clock.at += timedelta(seconds=2)
            again = threads.submit(handle)
            until_it_waits(owner, again)
            inbox.finish(desk, message)
        assert not again.result(), "dealt with twice: two tips, two receipts"


def test_an_officer_is_let_go_while_they_write_a_note(world: World, owner_url: str) -> None:
    told(world, FIRE)
    told(world, "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua")
    for tip in world.waiting(world.minh):
        world.claim(world.minh, tip)
    minh, hoa = world.minh, world.hoa

    def leave() -> None:
        with world.office.begin("desk", hoa.id) as desk:
            departures.leave(desk, hoa, minh.id)

    with ThreadPoolExecutor(1) as threads, Owner(owner_url) as owner:
        with world.office.begin("desk", minh.id) as desk:
            last = stored.held_by(desk.session, minh.id)[-1]
            opening.append(desk, minh, last, "note", {"text": "Đang đi xác minh"})
            leaving = threads.submit(leave)
            until_it_waits(owner, leaving)
            opening.record(desk, minh, last, "tip.noted")
        leaving.result()

    assert len(world.waiting(hoa)) == 2


def _told_one_by_one(world: World, many: int) -> list[UUID]:
    found = []
    for _ in range(many):
        found += told(world, FIRE)
        rung(world)
    return found


def until_it_waits(owner: Owner, closing: Future[Any]) -> None:
    while not owner.one(WAITS) and not closing.done():
        Event().wait(0.01)
