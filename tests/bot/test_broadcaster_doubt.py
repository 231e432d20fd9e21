"""Copies of which nobody knows whether they arrived: written down as such, and taken back too."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from bot.channels.base import Ambiguous, Outcome, Refused
from desk import broadcasts, campaigns, notices, subscriptions
from desk.campaigns import Progress
from tests.bot.broadcasting import addresses, command, died, engine, progress, sent, until
from tests.bot.paper import EraserChannel, PaperChannel
from tests.notices import publish_due, published, row, subscribe
from tests.world import World

UNKNOWN = Ambiguous("TimeoutError")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sending._PAUSE", 0.001)


def recall(world: World, id_: UUID) -> None:
    """Taken back; as far as the sweep comes before the senders may begin."""
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.recall(desk, world.hoa, id_, row(world, id_).revision, "Số điện thoại ghi sai")
    world.clock.at += campaigns.RECALL_AFTER
    publish_due(world)


def original(world: World, id_: UUID) -> Progress:
    """What the campaign that sent it came to."""
    (found,) = [p for p in progress(world, id_) if not p.recalls]
    return found


async def corrected(world: World, id_: UUID, channel: PaperChannel) -> set[str]:
    """Take it back; who is told by a message."""
    channel.posted.clear()
    channel.ends = lambda _address, _count: None
    recall(world, id_)
    await sent(world, channel)
    assert all("đã được thu hồi" in posted.text for posted in channel.posted)
    return set(addresses(channel))


def only(address: str, *outcomes: Outcome | None) -> Callable[[str, int], Outcome | None]:
    """How the tries to one address end, the last one for ever."""

    def ends(to: str, count: int) -> Outcome | None:
        return outcomes[min(count, len(outcomes)) - 1] if to == address else None

    return ends


@pytest.mark.parametrize("then", [UNKNOWN, Refused("x")])
async def test_a_copy_given_up_in_doubt_is_counted_apart_and_corrected(
    then: Outcome, world: World
) -> None:
    subscribe(world, 3)
    id_ = published(world)
    channel = EraserChannel()
    channel.ends = only("1", UNKNOWN, then)
    await sent(world, channel)
    done = original(world, id_)
    assert (done.state, done.sent, done.failed, done.ambiguous) == ("done", 2, 0, 1)

    assert await corrected(world, id_, channel) == {"1"}, "no number of a message is known"
    assert {address for address, _ in channel.withdrawn} == {"0", "2"}


async def test_a_copy_that_was_surely_refused_is_not_corrected(world: World) -> None:
    subscribe(world, 2)
    id_ = published(world)
    channel = PaperChannel()
    channel.ends = only("1", Refused("x"))
    await sent(world, channel)
    assert original(world, id_).failed == 1
    assert await corrected(world, id_, channel) == {"0"}


@pytest.mark.parametrize("step", ["", "stop"])
async def test_a_copy_dropped_in_doubt_by_a_stop_or_the_recall_is_corrected(
    step: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending._PAUSE", 0.3)
    subscribe(world, 1)
    id_ = published(world)
    channel = PaperChannel()
    tries: list[int] = []

    def ends(_address: str, count: int) -> Outcome:
        tries.append(count)
        return UNKNOWN

    channel.ends = ends
    async with engine(world, channel) as broadcaster:
        sending = asyncio.ensure_future(broadcaster.drain("paper"))
        await until(lambda: bool(tries))
        command(world, id_, step or "pause")
        await sending
    assert len(tries) < 5, "it was dropped, not given up"

    assert await corrected(world, id_, channel) == {"0"}
    assert original(world, id_).ambiguous == 1


async def test_copies_of_a_sender_that_died_before_the_recall_are_corrected(world: World) -> None:
    subscribe(world, 40)
    id_ = published(world)
    channel = PaperChannel(seconds=0.05)
    await died(world, channel, 10)
    reached = set(addresses(channel))

    told = await corrected(world, id_, channel)

    assert reached <= told
    assert len(told) <= len(reached) + 40 * 0.05 + 2, "nobody who surely got nothing is told"
    over = original(world, id_)
    assert over.sent + over.ambiguous == len(told)
    assert over.ambiguous >= 1


async def test_who_paused_meanwhile_is_corrected_too(world: World) -> None:
    lanes = subscribe(world, 20)
    id_ = published(world)
    channel = PaperChannel(seconds=0.05)
    await died(world, channel, 5)
    reached = set(addresses(channel))
    with world.office.begin("intake") as desk:
        for lane in lanes:
            subscriptions.pause(desk, lane, paused=True)

    assert reached <= await corrected(world, id_, channel)


async def test_nothing_is_taken_back_while_the_last_copies_may_still_be_on_their_way(
    world: World,
) -> None:
    subscribe(world, 3)
    id_ = published(world)
    owner = world.hoa.id
    with world.office.begin("sweeps") as desk:
        work = broadcasts.claim(desk, "paper", owner, 10)
    assert work is not None
    last = work.recipients[-1].id
    with world.office.begin("sweeps") as desk:
        broadcasts.record(desk, owner, work, [], broadcasts.Span(1, work.held.after, last))
    channel = PaperChannel()
    world.clock.at += timedelta(seconds=5)
    with world.office.begin("sweeps") as desk:
        broadcasts.record(desk, owner, work, [])  # it lives
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.recall(desk, world.hoa, id_, row(world, id_).revision, "Số điện thoại ghi sai")
    world.clock.at += campaigns.RECALL_AFTER - timedelta(seconds=6)
    with world.office.begin("sweeps") as desk:
        broadcasts.record(desk, owner, work, [])
    world.clock.at += timedelta(seconds=6)
    publish_due(world)
    await sent(world, channel)
    assert channel.posted == []

    world.clock.at += broadcasts.LEASE
    publish_due(world)
    await sent(world, channel)
    assert addresses(channel) == {"0": 1, "1": 1, "2": 1}


async def test_a_pause_while_doubts_are_cleared_up_forgets_none_of_them(world: World) -> None:
    subscribe(world, 30)
    id_ = published(world)
    first, second = PaperChannel(seconds=0.2), PaperChannel()
    await died(world, first, 12)
    world.clock.at += broadcasts.LEASE
    async with engine(world, second, rate=5) as broadcaster:
        sending = asyncio.ensure_future(broadcaster.drain("paper"))
        await until(lambda: len(second.posted) >= 1)
        command(world, id_, "pause")
        await sending
    command(world, id_, "resume")
    await sent(world, second)
    twice = set(addresses(first)) & set(addresses(second))
    assert len(twice) >= 4, "more than one second try stood in line"
    assert all(p.silent for p in second.posted if p.address in twice)


async def test_who_may_have_two_copies_is_told_beside_the_one_that_is_replaced(
    world: World,
) -> None:
    subscribe(world, 2)
    id_ = published(world)
    channel = EraserChannel()
    channel.ends = only("1", UNKNOWN, None)
    await sent(world, channel)
    done = original(world, id_)
    assert (done.sent, done.repeated) == (2, 1)

    assert await corrected(world, id_, channel) == {"1"}
    assert {address for address, _ in channel.withdrawn} == {"0", "1"}
