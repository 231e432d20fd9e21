"""Notices and answers share one budget: answers go first, and never too much goes."""

import asyncio
import random
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.pace import NoticePace
from bot.pacer import Pacer
from desk.budget import Reserved
from tests.bot.pacing import RATE, PaperBudget, busiest, loop, paced, send_all


async def send_notices(pace: NoticePace, windows: int, sent: list[float]) -> None:
    """Two in a window, as `bot.chunk_run` sends them at 30 a second."""
    for _ in range(windows):
        slots = await pace.reserve(2)
        for due in (slots.first, slots.first + slots.step):
            await asyncio.sleep(due - loop().time())
            sent.append(loop().time())


def test_notices_and_answers_together_use_the_whole_rate_and_never_more() -> None:
    async def test(pacer: Pacer, budget: PaperBudget) -> tuple[list[float], list[float]]:
        notices: list[float] = []
        waits: list[float] = []
        pace = NoticePace(budget, pacer, RATE, lambda: True)
        sending = asyncio.create_task(send_notices(pace, 600, notices))
        chance = random.Random(5)  # noqa: S311 # repeatable
        answers: list[float] = []
        for number in range(120):
            await asyncio.sleep(chance.expovariate(4))
            began = loop().time()
            await pacer.slot(str(number))
            answers.append(loop().time())
            waits.append(loop().time() - began)
        await sending
        assert len(notices) == 1200
        together = notices + [at for at in answers if at <= notices[-1]]
        return sorted(together), waits

    sent, waits = paced(test)

    assert busiest(sent) <= RATE + 1
    assert (len(sent) - 1) / (sent[-1] - sent[0]) >= 0.99 * RATE
    # At worst two windows of two notices are ahead, and the answer's own moment.
    assert max(waits) <= 5.1 / RATE


def test_many_answers_leave_notices_what_is_left_and_not_nothing() -> None:
    async def test(pacer: Pacer, budget: PaperBudget) -> tuple[int, int]:
        notices: list[float] = []
        answers: list[float] = []
        pace = NoticePace(budget, pacer, RATE, lambda: True)
        sending = asyncio.create_task(send_notices(pace, 500, notices))
        await send_all(pacer, 300, answers)
        sending.cancel()
        return len(notices), len(answers)

    notices, answers = paced(test)

    assert answers == 300
    assert 10 <= notices <= 50


def test_an_answer_sent_too_fast_stops_notices_as_well() -> None:
    async def test(pacer: Pacer, budget: PaperBudget) -> tuple[float, float]:
        pace = NoticePace(budget, pacer, RATE, lambda: True)
        await pace.reserve(2)
        await pacer.throttled(timedelta(seconds=20))
        return (await pace.reserve(2)).first - loop().time(), pace.frozen_until - loop().time()

    wait, frozen = paced(test)

    assert wait == pytest.approx(20, abs=0.01)
    assert frozen == pytest.approx(20, abs=0.01)


def test_a_chat_that_was_just_answered_gets_its_notice_a_second_later() -> None:
    async def test(pacer: Pacer, budget: PaperBudget) -> tuple[float, float]:
        pace = NoticePace(budget, pacer, RATE, lambda: True)
        await pacer.slot("a citizen")
        return pace.enter("a citizen"), pace.enter("somebody else")

    same, other = paced(test, gap=1.05)

    assert same == pytest.approx(1.05)
    assert other == 0


class LateBudget(PaperBudget):
    """Its answers are heard late, each by something else."""

    def __init__(self) -> None:
        super().__init__()
        self._chance = random.Random(3)  # noqa: S311 # repeatable

    async def reserve(self, n: int) -> Reserved:  # noqa: D102 # as bot.pacer.Budget
        reserved = await super().reserve(n)
        await asyncio.sleep(self._chance.uniform(0, 0.05))
        return reserved


def test_answers_heard_late_bring_no_two_notices_nearer_than_a_slot() -> None:
    async def test(pacer: Pacer, _: PaperBudget) -> list[float]:
        notices: list[float] = []
        await send_notices(NoticePace(LateBudget(), pacer, RATE, lambda: True), 300, notices)
        return notices

    sent = paced(test)

    assert busiest(sent) <= RATE + 1
    assert min(later - at for at, later in pairwise(sent)) >= 0.99 / RATE
