"""Sending a notice: everybody once, nobody who left, and a stop that stops."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import count, pairwise

import pytest

from bot.channels.base import Ambiguous, Gone, Moved, NotSent, Refused, Throttled
from desk import campaigns, notices
from desk.inbox import Lane
from desk.subscriptions import Wish
from desk.topics import topic_ids
from tests.bot.broadcasting import addresses, followed, progress, sent
from tests.bot.paper import PaperChannel
from tests.notices import AIM, SHIPPER, published, subscribe
from tests.world import COMMUNE, NEIGHBOUR, World


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
        campaigns.sweep(desk)
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
    channel.ends = lambda _address, _count: Ambiguous("TimeoutError")
    await sent(world, channel)
    (done,) = progress(world, id_)
    assert (done.failed, done.ambiguous) == (0, 1), "it may have arrived after all"


async def test_an_outage_is_waited_for_and_nobody_is_given_up_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending._PAUSE", 0.001)
    monkeypatch.setattr("bot.sending._LONGEST", 0.004)
    subscribe(world, 30)
    id_ = published(world)
    channel = PaperChannel()
    tries = count()
    channel.ends = lambda _address, _count: NotSent("down") if next(tries) < 400 else None
    await sent(world, channel)
    assert addresses(channel) == {str(number): 1 for number in range(30)}
    assert not any(posted.silent for posted in channel.posted)
    assert progress(world, id_)[0].failed == 0


async def test_too_fast_freezes_everybody_and_loses_nobody(world: World) -> None:
    subscribe(world, 40)
    published(world)
    channel = PaperChannel(seconds=0.001)
    wait = timedelta(seconds=0.4)
    channel.ends = lambda address, count: Throttled(wait) if (address, count) == ("7", 1) else None
    began = asyncio.get_running_loop().time()
    await sent(world, channel, rate=200)
    times = [began, *sorted(posted.at for posted in channel.posted)]
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
