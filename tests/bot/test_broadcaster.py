"""Sending a notice: everybody once, nobody who left, and a stop that stops."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from bot.broadcaster import Broadcaster
from bot.channels.base import Ambiguous, Gone, Moved, NotSent, Refused, Throttled
from bot.pace import LocalPace
from desk import broadcasts, campaigns, notices, subscriptions
from desk.campaigns import Progress
from desk.inbox import Lane
from desk.subscriptions import Wish
from desk.topics import topic_ids
from tests.bot.paper import EraserChannel, PaperChannel
from tests.notices import AIM, SHIPPER, published, row, subscribe
from tests.world import COMMUNE, NEIGHBOUR, World


@asynccontextmanager
async def engine(
    world: World, channel: PaperChannel, rate: float = 0
) -> AsyncIterator[Broadcaster]:
    with ThreadPoolExecutor(4) as workers:
        yield Broadcaster(world.office, workers, {"paper": channel}, {"paper": LocalPace(rate)})


async def sent(world: World, channel: PaperChannel, rate: float = 0) -> None:
    async with engine(world, channel, rate) as broadcaster:
        await broadcaster.drain("paper")


def progress(world: World, id_: UUID) -> list[Progress]:
    with world.office.begin("desk", world.hoa.id) as desk:
        return campaigns.progress(desk, id_)


def command(world: World, id_: UUID, step: str) -> None:
    with world.office.begin("desk", world.hoa.id) as desk:
        campaigns.command(desk, world.hoa, row(world, id_), step)


def followed(world: World, lane: Lane) -> bool:
    with world.office.begin("intake") as desk:
        return subscriptions.find(desk, lane) is not None


def addresses(channel: PaperChannel) -> Counter[str]:
    return Counter(posted.address for posted in channel.posted)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 # what it waits for is in a database
            await asyncio.sleep(0.005)


async def test_everybody_gets_it_once_and_the_campaign_is_done(world: World) -> None:
    subscribe(world, 120)
    id_ = published(world)
    channel = PaperChannel()
    await sent(world, channel)
    await sent(world, channel)

    assert addresses(channel) == {str(number): 1 for number in range(120)}
    assert SHIPPER.trick in channel.posted[0].text
    assert not any(posted.silent for posted in channel.posted)
    (done,) = progress(world, id_)
    assert (done.state, done.sent, done.gone, done.failed, done.repeated) == ("done", 120, 0, 0, 0)


async def test_many_chunks_leave_nobody_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.broadcaster.FREE_CHUNK", 7)
    subscribe(world, 50)
    id_ = published(world)
    channel = PaperChannel()
    await sent(world, channel)
    assert addresses(channel) == {str(number): 1 for number in range(50)}
    assert progress(world, id_)[0].state == "done"


async def test_who_follows_two_communes_gets_it_once(world: World) -> None:
    both = Wish((COMMUNE, NEIGHBOUR), topic_ids(), "household")
    subscribe(world, 5, both)
    subscribe(world, 5, Wish((NEIGHBOUR,), topic_ids(), "household"), start=5)
    with world.office.begin("desk", world.ngan.id) as desk:
        aim = replace(AIM, communes=(COMMUNE, NEIGHBOUR))
        id_ = notices.write(desk, world.ngan, SHIPPER, aim)
        notices.submit(desk, world.ngan, id_, 1)
    with world.office.begin("sweeps") as desk:  # a second province officer, for short
        desk.session.connection().exec_driver_sql(
            "UPDATE notice SET state = 'scheduled', publish_at = now() - interval '9 years'"
        )
        campaigns.publish_due(desk)
    channel = PaperChannel()
    await sent(world, channel)
    assert addresses(channel) == {str(number): 1 for number in range(10)}


async def test_only_those_it_is_for_get_it(world: World) -> None:
    subscribe(world, 25, Wish((COMMUNE,), ("shopping",), "school"))
    subscribe(world, 3, Wish((COMMUNE,), ("shopping",), "household"), start=100)
    subscribe(world, 3, Wish((COMMUNE,), ("money",), "school"), start=200)
    published(world, replace(AIM, only_topic=True, audience="school"))
    channel = PaperChannel()
    await sent(world, channel)
    assert set(addresses(channel)) == {str(number) for number in range(25)}


async def test_who_is_gone_is_unsubscribed_and_a_refusal_is_not(world: World) -> None:
    lanes = subscribe(world, 3)
    id_ = published(world)
    channel = PaperChannel()
    channel.ends = lambda address, _: {"1": Gone("blocked"), "2": Refused("x")}.get(address)
    await sent(world, channel)

    assert [followed(world, lane) for lane in lanes] == [True, False, True]
    (done,) = progress(world, id_)
    assert (done.sent, done.gone, done.failed) == (1, 1, 1)


async def test_a_moved_chat_gets_it_at_its_new_address_and_is_found_there(world: World) -> None:
    subscribe(world, 1)
    published(world)
    channel = PaperChannel()
    channel.ends = lambda address, _: Moved("-100") if address == "0" else None
    await sent(world, channel)
    assert addresses(channel) == {"-100": 1}
    assert followed(world, Lane("paper", "-100"))


async def test_what_may_have_arrived_is_tried_again_silently_what_did_not_aloud(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending._PAUSE", 0.01)
    subscribe(world, 2)
    published(world)
    channel = PaperChannel()
    first = {"0": Ambiguous("TimeoutError"), "1": NotSent("refused")}
    channel.ends = lambda address, count: first[address] if count == 1 else None
    await sent(world, channel)
    assert {p.address: p.silent for p in channel.posted} == {"0": True, "1": False}


async def test_what_never_arrives_is_given_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending._PAUSE", 0.001)
    subscribe(world, 1)
    id_ = published(world)
    channel = PaperChannel()
    channel.ends = lambda _address, _count: NotSent("down")
    await sent(world, channel)
    assert progress(world, id_)[0].failed == 1


async def test_too_fast_freezes_everybody_and_loses_nobody(world: World) -> None:
    subscribe(world, 40)
    published(world)
    channel = PaperChannel(seconds=0.001)
    wait = timedelta(seconds=0.4)
    channel.ends = lambda address, count: Throttled(wait) if (address, count) == ("7", 1) else None
    await sent(world, channel, rate=200)
    times = sorted(posted.at for posted in channel.posted)
    assert addresses(channel) == {str(number): 1 for number in range(40)}
    assert max(later - at for at, later in pairwise(times)) >= 0.39


async def test_no_second_ever_holds_more_than_the_limit(world: World) -> None:
    subscribe(world, 150)
    published(world)
    channel = PaperChannel(seconds=0.01)
    await sent(world, channel, rate=100)
    times = sorted(posted.at for posted in channel.posted)
    fullest = max(sum(1 for t in times if at <= t < at + 1) for at in times)
    assert len(times) == 150
    assert fullest <= 101


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
    monkeypatch.setattr("bot.broadcaster.ASK_AFTER", 0.0)
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
    async with engine(world, first, rate=40) as dying:
        sending = asyncio.ensure_future(dying.drain("paper"))
        await until(lambda: len(first.posted) >= 10)
        sending.cancel()  # as a kill: nothing more is recorded
        with suppress(asyncio.CancelledError):
            await sending
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
