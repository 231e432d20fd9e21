"""The law's clocks: they start with an officer's act, and not before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from desk import canned, formal, guard
from desk.clocks import VIETNAM
from desk.errors import DeskError, NotYoursError, WrongFormalStepError
from desk.queue import DISPOSITIONS
from storage.models import Tip
from tests.world import PROVINCE, World

TEXT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


def do(world: World, step: Callable[..., None], tip: UUID, **how: bool) -> None:
    with world.office.begin("desk", world.minh.id) as desk:
        step(desk, world.minh, tip, **how)


def row(world: World, tip: UUID) -> Tip:
    return world.opened(world.minh, tip).tip


def due(tip: Tip) -> str:
    return f"{tip.clock} {tip.due_at.astimezone(VIETNAM):%d/%m %H:%M}"


@pytest.fixture
def taken(world: World) -> UUID:
    """A tip Minh took on Monday 2 March at 15:00."""
    world.submit(TEXT)
    tip = world.newest(world.minh)
    world.claim(world.minh, tip)
    return tip


def test_until_somebody_records_the_act_only_our_own_time_runs(world: World, taken: UUID) -> None:
    found = row(world, taken)
    assert (due(found), found.formal_since) == ("handle 09/03 17:00", None)


def test_the_act_starts_a_day_then_twenty_then_two_months_then_four(
    world: World, taken: UUID
) -> None:
    seen = []
    steps: list[tuple[Callable[..., None], dict[str, bool]]] = [
        (formal.accept, {"remote": False}),
        (formal.hand_over, {}),
        (formal.extend, {}),
        (formal.extend, {}),
    ]
    for step, how in steps:
        do(world, step, taken, **how)
        seen.append(due(row(world, taken)))
        world.clock.at += timedelta(hours=1)

    assert seen == [
        "hand_over 03/03 15:00",
        "settle 23/03 00:00",
        "settle 05/05 00:00",
        "settle 03/07 00:00",
    ]
    kinds = [line.content for line in world.opened(world.minh, taken).lines[1:]]
    assert kinds == [{"step": step} for step in ("accepted", "handed_over", "extended", "extended")]
    with pytest.raises(WrongFormalStepError):
        do(world, formal.extend, taken)


def test_where_roads_are_long_there_are_two_days(world: World, taken: UUID) -> None:
    do(world, formal.accept, taken, remote=True)
    assert due(row(world, taken)) == "hand_over 04/03 15:00"


def test_steps_come_in_their_order_and_once(world: World, taken: UUID) -> None:
    for step in (formal.hand_over, formal.extend):
        with pytest.raises(WrongFormalStepError):
            do(world, step, taken)
    do(world, formal.accept, taken, remote=False)
    with pytest.raises(WrongFormalStepError):
        do(world, formal.accept, taken, remote=False)
    with pytest.raises(WrongFormalStepError):
        do(world, formal.extend, taken)


def test_only_whoever_has_the_tip_records_the_act(world: World, taken: UUID) -> None:
    with pytest.raises(NotYoursError), world.office.begin("desk", world.hoa.id) as desk:
        formal.accept(desk, world.hoa, taken, remote=False)


def test_neither_handing_on_nor_taking_stops_the_laws_clock(world: World, taken: UUID) -> None:
    do(world, formal.accept, taken, remote=False)
    world.transfer(world.minh, taken, PROVINCE)
    world.clock.at += timedelta(hours=23)
    world.claim(world.ngan, taken)

    found = world.opened(world.ngan, taken).tip
    assert due(found) == "hand_over 03/03 15:00"
    world.clock.at = datetime(2026, 3, 3, 15, tzinfo=VIETNAM)
    assert world.waiting(world.ngan, "late") == [taken]


def test_overdue_never_hides_whatever_the_sender_is_asked(world: World, taken: UUID) -> None:
    world.clock.at += timedelta(days=8)
    world.ask(world.minh, taken, "Xe màu gì?")
    assert world.waiting(world.minh, "late") == world.waiting(world.minh, "waiting") == [taken]


def test_every_ready_reply_may_be_sent() -> None:
    assert set(canned.ENDINGS) == set(DISPOSITIONS)
    stopped = []
    for text in (*canned.QUESTIONS.values(), *canned.ENDINGS.values()):
        try:
            guard.check_reply(text)
        except DeskError:
            stopped.append(text)
    assert stopped == []
