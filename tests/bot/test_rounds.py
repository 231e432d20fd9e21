"""A loop that fails again and again is seen from outside: on /ready and in the metrics."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import app, rounds
from bot import web as site
from bot.inbox import Intake
from bot.loops import every, loop
from bot.sweeps import Sweeps
from tests.bot.broadcasting import engine, until
from tests.bot.paper import PaperChannel
from tests.bot.posting import sender
from tests.fakes import PaperChannel as Paper
from tests.notices import published, subscribe
from tests.world import World

Client = TestClient[web.Request, web.Application]


class Clock:
    """Stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    hand = Clock()
    monkeypatch.setattr("bot.rounds.clock", hand)
    return hand


@pytest.fixture
async def client(world: World, workers: ThreadPoolExecutor) -> AsyncIterator[Client]:
    whole = site.build(world.office, workers, (), web.Application())
    async with TestClient(TestServer(whole)) as client:
        yield client


class Turns:
    """Fails while `bad` is set; `ended` tells each time."""

    bad = True

    def __init__(self) -> None:
        self.ended = asyncio.Event()

    async def __call__(self) -> None:
        """One turn."""
        self.ended.set()
        if self.bad:
            raise RuntimeError

    async def twice(self) -> None:
        """Two more turns have begun, so one more has ended."""
        for _ in range(2):
            self.ended.clear()
            await self.ended.wait()


async def asked(client: Client, path: str) -> tuple[int, str]:
    async with client.get(path) as answer:
        return answer.status, await answer.text()


async def test_a_needed_loop_that_only_fails_makes_the_process_unready_until_it_works_again(
    client: Client, hand: Clock
) -> None:
    turns = Turns()
    async with loop(lambda: every("sweeps", lambda: 0.0, turns), "trial"):
        await turns.twice()
        hand.now = rounds.PATIENCE
        assert await asked(client, "/ready") == (200, "ready\n")
        hand.now += 1
        await turns.twice()
        assert await asked(client, "/ready") == (503, "failing: sweeps\n")
        turns.bad = False
        await turns.twice()
        assert await asked(client, "/ready") == (200, "ready\n")


async def test_a_loop_nobody_has_to_wait_for_is_only_counted(client: Client, hand: Clock) -> None:
    turns = Turns()
    async with loop(lambda: every("watch", lambda: 0.0, turns), "trial"):
        await turns.twice()
        hand.now = 10 * rounds.PATIENCE
        assert await asked(client, "/ready") == (200, "ready\n")
        _, metrics = await asked(client, "/metrics")
    assert 'tiengloa_loop_seconds{loop="watch"} 3000.0' in metrics
    _, metrics = await asked(client, "/metrics")
    assert 'loop="watch"' not in metrics, "it is no longer there"


async def test_of_two_loops_of_one_name_the_one_that_fails_is_seen(hand: Clock) -> None:
    good, bad = Turns(), Turns()
    good.bad = False
    async with (
        loop(lambda: every("sender", lambda: 0.0, good), "trial"),
        loop(lambda: every("sender", lambda: 0.0, bad), "trial"),
    ):
        await bad.twice()
        hand.now = 400.0
        await good.twice()
        assert rounds.stuck(["sender"]) == ["sender"]


async def test_what_has_to_go_on_goes_under_the_names_that_are_looked_at(
    world: World, workers: ThreadPoolExecutor
) -> None:
    intake = Intake(world.office, workers, pull=frozenset())
    async with (
        loop(Sweeps(world.office, workers).run, "sweeps"),
        loop(partial(app._recover, intake), "channels"),
        loop(sender(world, workers, Paper()).run, "sender"),
    ):
        await until(lambda: set(rounds.ages()) == set(site.NEEDED))
    assert rounds.ages() == {}


async def test_a_notice_of_hours_is_no_loop_that_hangs(world: World, hand: Clock) -> None:
    subscribe(world, 60)
    published(world)
    channel = PaperChannel(seconds=0.01)
    async with engine(world, channel, rate=50) as broadcaster:
        with rounds.followed("broadcast"):
            sending = asyncio.ensure_future(broadcaster.drain("paper"))
            await until(lambda: len(channel.posted) >= 10)
            hand.now = 1000.0
            await until(lambda: rounds.ages()["broadcast"] < 1000)
            assert len(channel.posted) < 60
            await sending
