"""Pauses, stops, nights, deaths and recalls: who has it, who gets it, and who does not."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.base import Refused
from desk import broadcasts, notices, subscriptions
from tests.bot.broadcasting import addresses, command, died, engine, progress, sent, until
from tests.bot.paper import EraserChannel, PaperChannel
from tests.notices import published, subscribe
from tests.world import World


async def test_a_pause_holds_the_rest_and_they_get_it_aloud_afterwards(world: World) -> None:
    subscribe(world, 60)
    id_ = published(world)
    channel = PaperChannel(seconds=0.01)
    async with engine(world, channel, rate=50) as broadcaster:
        sending = asyncio.ensure_future(broadcaster.drain("paper"))
        await until(lambda: len(channel.posted) >= 5)
        command(world, id_, "pause")
        await sending
        held = len(channel.posted)
        await broadcaster.drain("paper")
        assert len(channel.posted) == held < 60

        command(world, id_, "resume")
        await broadcaster.drain("paper")
    assert addresses(channel) == {str(number): 1 for number in range(60)}
    assert not any(posted.silent for posted in channel.posted), "none of them was in doubt"
    assert progress(world, id_)[0].state == "done"


async def test_a_stop_is_for_good(world: World) -> None:
    subscribe(world, 60)
    id_ = published(world)
    channel = PaperChannel(seconds=0.01)
    async with engine(world, channel, rate=50) as broadcaster:
        sending = asyncio.ensure_future(broadcaster.drain("paper"))
        await until(lambda: len(channel.posted) >= 5)
        command(world, id_, "stop")
        await sending
        await broadcaster.drain("paper")
    assert 5 <= len(channel.posted) < 60
    (stopped,) = progress(world, id_)
    assert (stopped.state, stopped.sent) == ("stopped", len(channel.posted))


async def test_who_unsubscribes_while_it_is_sent_is_skipped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chunk_run.ASK_AFTER", 0.0)
    lanes = subscribe(world, 60)
    published(world)
    channel = PaperChannel()
    async with engine(world, channel, rate=50) as broadcaster:
        sending = asyncio.ensure_future(broadcaster.drain("paper"))
        await until(lambda: len(channel.posted) >= 5)
        left = [lane for lane in lanes if lane.address not in addresses(channel)]
        with world.office.begin("intake") as desk:
            for lane in left:
                subscriptions.stop(desk, lane)
        known = len(channel.posted)
        await sending
    # Two windows of 50 ms were announced already.
    assert len(channel.posted) <= known + 8


async def test_nobody_is_woken_at_night(world: World) -> None:
    subscribe(world, 3)
    id_ = published(world)
    channel = PaperChannel()
    world.clock.at = world.clock.at.replace(hour=14)  # 21:00 in Việt Nam
    await sent(world, channel)
    assert channel.posted == []
    assert progress(world, id_)[0].state == "running"
    world.clock.at = world.clock.at.replace(hour=0) + timedelta(days=1)  # 7:00
    await sent(world, channel)
    assert len(channel.posted) == 3


async def test_a_dead_workers_chunk_is_taken_over_and_doubts_are_silent(world: World) -> None:
    subscribe(world, 40)
    id_ = published(world)
    first = PaperChannel(seconds=0.05)
    await died(world, first, 10)
    second = PaperChannel()
    await sent(world, second)
    assert second.posted == [], "the lease still stands"
    world.clock.at += broadcasts.LEASE
    await sent(world, second)

    twice = set(addresses(first)) & set(addresses(second))
    assert set(addresses(first)) | set(addresses(second)) == {str(n) for n in range(40)}
    assert len(twice) <= 40 * (0.05 + 0.06) + 1
    assert all(p.silent for p in second.posted if p.address in twice)
    assert progress(world, id_)[0].state == "done"


async def test_two_workers_share_a_campaign_without_a_double(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.broadcaster.FREE_CHUNK", 10)
    subscribe(world, 100)
    id_ = published(world)
    one, other = PaperChannel(seconds=0.002), PaperChannel(seconds=0.002)
    await asyncio.gather(sent(world, one), sent(world, other))
    await sent(world, one)  # whoever looks last ends the campaign
    assert addresses(one) + addresses(other) == {str(number): 1 for number in range(100)}
    assert progress(world, id_)[0].state == "done"


@pytest.mark.parametrize("kind", [PaperChannel, EraserChannel])
async def test_a_recall_reaches_exactly_those_who_got_it(
    kind: type[PaperChannel], world: World
) -> None:
    lanes = subscribe(world, 5)
    id_ = published(world)
    channel = kind()
    channel.ends = lambda address, _: Refused("x") if address == "4" else None
    await sent(world, channel)
    channel.posted.clear()
    channel.ends = lambda _address, _count: None
    with world.office.begin("intake") as desk:
        subscriptions.stop(desk, lanes[0])
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.recall(desk, world.hoa, id_, 3, "Số điện thoại ghi sai")
    await sent(world, channel)
    assert channel.posted == []
    world.clock.at += timedelta(seconds=15)
    await sent(world, channel)

    reached = {"1", "2", "3"}
    if kind is EraserChannel:
        assert channel.withdrawn == [(a, f"m{a}") for a, _ in channel.withdrawn]
        assert {a for a, _ in channel.withdrawn} == reached
    else:
        assert {p.address for p in channel.posted} == reached
        assert all(p.silent and "đã được thu hồi" in p.text for p in channel.posted)
    recall = next(p for p in progress(world, id_) if p.recalls)
    assert (recall.state, recall.sent) == ("done", 3)
