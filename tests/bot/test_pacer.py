"""The pacer against both limit models: all of the rate, and never too much, stalls or not."""

import asyncio
import random
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.pacer import FrozenError, Pacer
from tests.bot.pacing import RATE, PaperBudget, busiest, loop, paced, send_all
from tests.limits import SlidingWindow, TokenBucket


def test_the_whole_rate_is_used_and_neither_limit_is_ever_touched() -> None:
    async def test(pacer: Pacer, _budget: PaperBudget) -> tuple[list[float], int, float]:
        bucket = TokenBucket(RATE, RATE, loop().time)
        window = SlidingWindow(RATE - 1, loop().time)  # its `+ 1` makes this exactly 30
        refused = 0
        sent: list[float] = []
        chance = random.Random(7)  # noqa: S311 # repeatable

        async def one(number: int) -> None:
            nonlocal refused
            await pacer.slot(str(number))
            sent.append(loop().time())
            await asyncio.sleep(chance.uniform(0.040, 0.0435))  # the way there
            refused += bool(bucket.wait()) + bool(window.wait())

        began = loop().time()
        waiting: set[asyncio.Task[None]] = set()
        for number in range(1800):
            while len(waiting) >= 8:
                _, waiting = await asyncio.wait(waiting, return_when="FIRST_COMPLETED")
            waiting.add(asyncio.create_task(one(number)))
        await asyncio.wait(waiting)
        return sent, refused, loop().time() - began

    sent, refused, seconds = paced(test)

    assert refused == 0
    assert busiest(sent) <= RATE
    assert 1800 / seconds >= 0.99 * RATE


def test_after_a_stall_nothing_is_caught_up() -> None:
    async def test(pacer: Pacer, _budget: PaperBudget) -> list[float]:
        sent: list[float] = []
        chance = random.Random(3)  # noqa: S311 # repeatable

        async def trouble() -> None:
            while True:
                await asyncio.sleep(chance.uniform(0.1, 1.5))
                loop().stall(chance.uniform(0.01, 2.0))

        stalls = asyncio.create_task(trouble())
        await send_all(pacer, 900, sent)
        stalls.cancel()
        return sent

    sent = paced(test)

    assert len(sent) == 900
    assert busiest(sent) <= RATE + 1
    assert min(b - a for a, b in pairwise(sent)) > 0.4 / RATE


def test_one_chat_gets_one_a_second_and_holds_nobody_up() -> None:
    async def test(pacer: Pacer, _budget: PaperBudget) -> tuple[list[float], list[float]]:
        mine: list[float] = []
        others: list[float] = []

        async def to_me() -> None:
            for _ in range(4):
                await pacer.slot("me")
                mine.append(loop().time())

        await asyncio.gather(to_me(), send_all(pacer, 90, others))
        return mine, others

    mine, others = paced(test, gap=1.05)

    assert all(b - a >= 1.05 for a, b in pairwise(mine))
    assert others[-1] - others[0] < 3.3


def test_too_many_requests_freeze_all_and_then_it_goes_slower() -> None:
    async def test(pacer: Pacer, _budget: PaperBudget) -> tuple[int, float, list[float]]:
        sent: list[float] = []
        refused = 0

        async def one(number: int) -> None:
            nonlocal refused
            try:
                await pacer.slot(str(number))
            except FrozenError as error:
                refused += 1
                await asyncio.sleep(error.after.total_seconds())
                await pacer.slot(str(number))
            sent.append(loop().time())

        tasks = [asyncio.create_task(one(i)) for i in range(200)]
        await asyncio.sleep(1)
        before = len(sent)
        await pacer.throttled(timedelta(seconds=30))
        began = loop().time()
        await asyncio.gather(*tasks)
        assert refused == 200 - before
        return before, began, sent

    before, began, sent = paced(test)
    later = sent[before:]

    assert min(later) >= began + 30
    assert busiest(later) <= RATE * 0.95 + 1


def test_a_short_freeze_is_waited_for() -> None:
    async def test(pacer: Pacer, _budget: PaperBudget) -> float:
        await pacer.slot("a")
        await pacer.throttled(timedelta(seconds=3))
        began = loop().time()
        await pacer.slot("b")
        return loop().time() - began

    assert 3 <= paced(test) < 3.2


def test_moments_are_reserved_many_at_a_time_when_many_wait() -> None:
    async def test(pacer: Pacer, budget: PaperBudget) -> int:
        await send_all(pacer, 300, [], waiting=100)
        return budget.asked

    assert paced(test) <= 300 / (RATE * 0.5) + 3


def test_whoever_stops_waiting_costs_nobody_a_turn() -> None:
    async def test(pacer: Pacer, _budget: PaperBudget) -> float:
        tasks = [asyncio.create_task(pacer.slot(str(i))) for i in range(50)]
        await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        began = loop().time()
        await pacer.slot("z")
        return loop().time() - began

    assert paced(test) < 1


@pytest.mark.parametrize("seconds", [6.0, 60.0])
def test_a_long_freeze_is_said_at_once(seconds: float) -> None:
    async def test(pacer: Pacer, _budget: PaperBudget) -> float:
        await pacer.throttled(timedelta(seconds=seconds))
        began = loop().time()
        with pytest.raises(FrozenError) as frozen:
            await pacer.slot("a")
        assert frozen.value.after <= timedelta(seconds=seconds)
        return loop().time() - began

    assert paced(test) == 0
