"""The clocks: one process looks, and what has to go goes."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest

from bot import sweeps as module
from bot.sweeps import LEASE, Sweeps
from desk import conversations, counters
from desk.conversations import Chat
from desk.inbox import Lane
from tests.bot.outage import Outage
from tests.storage.rows import Owner
from tests.world import PROVINCE, World

FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
TOLD = "SELECT count(*) FROM outbox WHERE channel = 'desk'"


@pytest.fixture
def owner(owner_url: str) -> Iterator[Owner]:
    with Owner(owner_url) as owner:
        yield owner


def test_only_the_process_that_holds_the_lease_looks(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    first, second = (Sweeps(world.office, workers) for _ in range(2))
    first.tick()
    world.submit(FIRE)

    looked = [second.tick(), owner.one(TOLD), first.tick(), owner.one(TOLD)]

    assert looked == [False, 0, True, 1]


def test_another_process_takes_over_when_the_first_is_gone(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    first, second = (Sweeps(world.office, workers) for _ in range(2))
    first.tick()
    world.submit(FIRE)

    world.clock.at += LEASE
    assert second.tick()
    assert not first.tick()

    assert owner.one(TOLD) == 1


async def test_who_stops_keeps_nobody_waiting(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    first, second = (Sweeps(world.office, workers) for _ in range(2))
    running = asyncio.create_task(first.run())
    async with asyncio.timeout(20):
        while not owner.one("SELECT count(*) FROM lease WHERE name = 'sweeps'"):  # noqa: ASYNC110 # the row is all that tells
            await asyncio.sleep(0.01)

    assert not second.tick()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running

    assert second.tick()


def test_retention_deletes_rows_and_then_their_keys(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    with world.office.begin("intake") as desk:
        conversations.save(desk, Lane("webchat", "lan"), Chat("tip.what"))
    first = world.clock.at.date()
    world.clock.at += timedelta(days=2)

    Sweeps(world.office, workers).retain()

    assert owner.one("SELECT count(*) FROM conversation") == 0
    assert first not in world.office.tools.keyring.channel_days()


def test_counts_and_examples_of_tips_sent_on_are_not_kept_for_ever(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    with world.office.begin("intake") as desk:
        counters.grow(desk, "declined_opinion")
    world.submit(FIRE)
    tip = world.newest(world.hoa)
    world.claim(world.hoa, tip)
    world.transfer(world.hoa, tip, PROVINCE)
    rows = "SELECT (SELECT count(*) FROM counter), (SELECT count(*) FROM reroute)"
    before = owner.all(rows)

    world.clock.at += timedelta(days=400)
    Sweeps(world.office, workers).retain()

    assert (before, owner.all(rows)) == ([(1, 1)], [(0, 0)])


def test_retention_is_looked_at_again_after_an_hour_and_not_before(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    sweeps = Sweeps(world.office, workers)
    with world.office.begin("intake") as desk:
        conversations.save(desk, Lane("webchat", "lan"), Chat("tip.what"))
    world.clock.at = world.clock.at.replace(day=3, hour=23, minute=30)
    sweeps.retain()
    world.clock.at += timedelta(minutes=45)

    sweeps.retain()
    early = owner.one("SELECT count(*) FROM conversation")
    world.clock.at += timedelta(minutes=15)
    sweeps.retain()

    assert (early, owner.one("SELECT count(*) FROM conversation")) == (1, 0)


async def test_the_loop_ticks_and_goes_on_after_the_database_was_away(
    world: World,
    workers: ThreadPoolExecutor,
    owner_url: str,
    outage: Outage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "TICK", 0.01)
    world.submit(FIRE)
    outage.begins()
    loop = asyncio.create_task(Sweeps(world.office, workers).run())
    await asyncio.sleep(0.05)
    outage.ends()

    told = 0
    with Owner(owner_url) as again:
        for _ in range(3000):
            told = again.one(TOLD)
            if told:
                break
            await asyncio.sleep(0.01)
    loop.cancel()
    with suppress(asyncio.CancelledError):
        await loop

    assert told == 1


def test_where_corrections_are_not_kept_their_key_goes(
    world: World, workers: ThreadPoolExecutor
) -> None:
    keyring = world.office.tools.keyring
    before = keyring.corrections

    Sweeps(world.office, workers).retain()

    assert keyring.corrections != before  # made anew
