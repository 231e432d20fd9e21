"""One sender at a time: a process that dies is followed by another, and gets no moment any more."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.budget import SharedBudget
from bot.election import LEASE, Election
from bot.loops import loop
from bot.pacer import PassedOnError
from tests.world import World


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 # a row in the database changes
        await asyncio.sleep(0.01)


async def test_another_process_takes_over_and_the_first_gets_no_more_moments(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.election.RENEW", 0.05)
    with ThreadPoolExecutor(4) as workers:
        first, second = (Election(world.office, workers, "send bot") for _ in range(2))
        budgets = [
            SharedBudget(world.office, workers, "bot", 30, lambda e=e: e.fence)  # type: ignore[misc]
            for e in (first, second)
        ]
        async with loop(first.run):
            await until(first)
            old = first.fence
            assert await budgets[0].reserve(3)
            async with loop(second.run):
                await asyncio.sleep(0.2)
                assert not second()
        # Nobody renews it any more; the first believes in it a little longer.
        world.clock.at += LEASE + timedelta(seconds=1)
        async with loop(second.run):
            await until(second)
            assert second.fence == (old or 0) + 1
            assert await budgets[1].reserve(3)
            assert first(), "it cannot know yet"
            with pytest.raises(PassedOnError):
                await budgets[0].reserve(1)
            await budgets[0].freeze(timedelta(hours=1))
            assert (await budgets[1].reserve(1)).delay < 60


async def test_who_was_never_elected_gets_nothing(world: World) -> None:
    with ThreadPoolExecutor(2) as workers:
        election = Election(world.office, workers, "send bot")
        budget = SharedBudget(world.office, workers, "bot", 30, lambda: election.fence)
        with pytest.raises(PassedOnError):
            await budget.reserve(1)
