"""The look for local words: another process learns what was saved, also after an outage."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest

from bot import localwords as module
from bot.localwords import LocalWordsWatch
from bot.loops import loop
from desk.desk import Office
from tests.bot.outage import Outage
from tests.desk.test_localwords import kind, teach
from tests.storage.rows import store_on
from tests.world import World


@pytest.fixture
def elsewhere(world: World, owner_url: str) -> Iterator[Office]:
    """Another process on the same database: its own connections, its own judge."""
    with store_on(owner_url) as store:
        yield Office(store, world.office.tools, world.clock)


@asynccontextmanager
async def watching(office: Office, workers: ThreadPoolExecutor) -> AsyncIterator[None]:
    async with loop(LocalWordsWatch(office, workers).run):
        yield


async def learnt(office: Office) -> None:
    """Wait until this process judges by the new word."""
    async with asyncio.timeout(20):
        while kind(office) != "tip":  # noqa: ASYNC110 # the judge is all that tells
            await asyncio.sleep(0.01)


def test_pages_promise_more_than_a_look_takes() -> None:
    assert module.EVERY * 2 < 30


def test_one_look_teaches_and_the_next_reads_no_words(
    world: World, elsewhere: Office, workers: ThreadPoolExecutor
) -> None:
    watch = LocalWordsWatch(elsewhere, workers)
    teach(world.office, world.ngan)
    assert (kind(world.office), kind(elsewhere)) == ("tip", "other")

    watch.look()
    assert kind(elsewhere) == "tip"
    known = elsewhere.tools.judge
    watch.look()

    assert elsewhere.tools.judge is known


async def test_a_running_process_learns_what_was_saved_elsewhere(
    world: World, elsewhere: Office, workers: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVERY", 0.01)
    async with watching(elsewhere, workers):
        teach(world.office, world.ngan)

        await learnt(elsewhere)

    assert elsewhere.tools.judge.words.version == 1


async def test_an_outage_only_makes_it_later(
    world: World,
    elsewhere: Office,
    workers: ThreadPoolExecutor,
    outage: Outage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "EVERY", 0.01)
    teach(world.office, world.ngan)
    outage.begins()
    async with watching(elsewhere, workers):
        await asyncio.sleep(0.1)
        assert kind(elsewhere) == "other"
        outage.ends()

        await learnt(elsewhere)
