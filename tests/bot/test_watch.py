"""Whether channels work, as the console is told: since when, and what to do."""

import asyncio
from datetime import timedelta

from bot.channels.base import Health
from bot.loops import loop
from bot.watch import ChannelWatch
from console.facts import ChannelState
from tests.bot.paper import PaperChannel
from tests.world import MONDAY, Clock

AWAY = Health(ok=False, detail="cannot be reached")


class Ill(PaperChannel):
    """A channel that is as well as the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.is_: Health | Exception = Health(ok=True)

    async def health(self) -> Health:
        """As set."""
        if isinstance(self.is_, Exception):
            raise self.is_
        return self.is_


async def test_an_hour_is_that_of_the_change_and_not_of_the_last_look() -> None:
    clock, channel = Clock(), Ill()
    watch = ChannelWatch(clock)
    await watch.look(channel)
    clock.at += timedelta(hours=1)
    channel.is_ = AWAY
    await watch.look(channel)
    clock.at += timedelta(hours=3)
    await watch.look(channel)

    assert watch.states() == [
        ChannelState("paper", ok=False, since=MONDAY + timedelta(hours=1), detail=AWAY.detail)
    ]
    channel.is_ = Health(ok=True)
    await watch.look(channel)
    assert watch.states() == [ChannelState("paper", ok=True, since=clock.at)]


async def test_an_adapter_that_fails_is_a_channel_that_does_not_work() -> None:
    channel = Ill()
    channel.is_ = RuntimeError("Ngô Văn Kẻ Trộm")
    watch = ChannelWatch()
    await watch.look(channel)

    (state,) = watch.states()
    assert state.ok is False
    assert "Kẻ Trộm" not in state.detail, "an error may hold words of people"


async def test_before_the_first_answer_nothing_is_claimed() -> None:
    asked = asyncio.Event()

    class Slow(Ill):
        async def health(self) -> Health:
            asked.set()
            await asyncio.Event().wait()
            raise AssertionError

    watch = ChannelWatch()
    async with loop(lambda: watch.run([Slow()])):
        await asked.wait()
        assert [state.ok for state in watch.states()] == [None]
