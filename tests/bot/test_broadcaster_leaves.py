"""A planned stop in the middle of a notice: nobody gets it twice, and nobody goes without."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.channels.base import Ambiguous, NotSent, Outcome, Payload, Throttled
from tests.bot.broadcasting import addresses, engine, left, progress, sent, until
from tests.bot.paper import PaperChannel
from tests.notices import published, subscribe
from tests.world import World


class HungChannel(PaperChannel):
    """Paper on which one message never ends."""

    hung = "0"

    async def send(self, address: str, payload: Payload) -> Outcome:
        """Written down, and no answer."""
        outcome = await super().send(address, payload)
        if address == self.hung:
            await asyncio.Event().wait()
        return outcome


@pytest.mark.parametrize("rate", [40, 0])
async def test_what_is_on_its_way_is_written_down_and_the_rest_goes_out_at_once_and_aloud(
    world: World, rate: float
) -> None:
    subscribe(world, 100)
    id_ = published(world)
    first, second = PaperChannel(seconds=0.05), PaperChannel()
    await left(world, first, 10, rate)
    await sent(world, second)

    assert addresses(first) + addresses(second) == {str(number): 1 for number in range(100)}
    assert second.posted, "it was stopped in the middle"
    assert not any(posted.silent for posted in second.posted), "none of them was in doubt"
    done = progress(world, id_)[0]
    assert (done.state, done.sent, done.repeated, done.ambiguous) == ("done", 100, 0, 0)


async def test_a_message_that_never_ends_does_not_hold_up_the_stop_and_only_it_is_in_doubt(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.broadcaster.LAST", 0.2)
    subscribe(world, 40)
    published(world)
    first, second = HungChannel(seconds=0.02), PaperChannel()
    lanes = sorted(str(number) for number in range(40))
    async with engine(world, first, 40) as leaving:
        sending = asyncio.ensure_future(leaving.drain("paper"))
        await until(lambda: len(first.posted) >= 3)
        first.hung = next(a for a in lanes if a not in addresses(first))
        await until(lambda: first.hung in addresses(first))
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
    await sent(world, second)

    assert set(addresses(first)) | set(addresses(second)) == set(lanes)
    assert set(addresses(first)) & set(addresses(second)) == {first.hung}
    assert [p.silent for p in second.posted if p.address == first.hung] == [True]


@pytest.mark.parametrize(
    ("outcome", "silent"),
    [
        (Throttled(timedelta(hours=1)), False),
        (NotSent("down"), False),
        (Ambiguous("TimeoutError"), True),
    ],
    ids=["throttled", "not sent", "ambiguous"],
)
async def test_copies_that_wait_for_another_try_are_left_to_the_next_start(
    outcome: Outcome, world: World, monkeypatch: pytest.MonkeyPatch, *, silent: bool
) -> None:
    monkeypatch.setattr("bot.sending._PAUSE", 60.0)
    subscribe(world, 3)
    id_ = published(world)
    first, second = PaperChannel(), PaperChannel()
    tries: list[str] = []

    def ends(address: str, _count: int) -> Outcome | None:
        tries.append(address)
        return outcome if address == "1" else None

    first.ends = ends
    async with engine(world, first, 0) as leaving:
        sending = asyncio.ensure_future(leaving.drain("paper"))
        await until(lambda: "1" in tries)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
    await sent(world, second)

    assert addresses(first) + addresses(second) == {str(number): 1 for number in range(3)}
    assert [p.silent for p in second.posted if p.address == "1"] == [silent]
    assert progress(world, id_)[0].state == "done"
