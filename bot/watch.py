"""Watches the channels that have a token: whether each works, and since when. In memory only."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from bot import log
from bot.channels.base import Channel, Health
from bot.loops import every
from console.facts import ChannelState

EVERY = 60.0  # seconds between looks
PATIENCE = 20.0  # seconds for an answer

_log = structlog.get_logger()


class ChannelWatch:
    """Asks every channel now and then; the console reads what is known."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Nothing is known yet."""
        self._clock = clock
        self._states: dict[str, ChannelState] = {}

    def states(self) -> list[ChannelState]:
        """What is known of each channel. Called from worker threads."""
        return list(self._states.values())

    async def run(self, channels: Iterable[Channel]) -> None:
        """Look until cancelled; at first nobody has been asked."""
        watched = tuple(channels)
        now = self._clock()
        self._states = {c.name: ChannelState(c.name, None, now) for c in watched}

        async def turn() -> None:
            await asyncio.gather(*map(self.look, watched))

        await every("watch", lambda: EVERY, turn)

    async def look(self, channel: Channel) -> None:
        """Ask one channel. The hour stays the same until the answer changes."""
        health = await _health(channel)
        before = self._states.get(channel.name)
        if before is not None and before.ok is health.ok:
            self._states[channel.name] = replace(before, detail=health.detail)
        else:
            state = ChannelState(channel.name, health.ok, self._clock(), health.detail)
            self._states[channel.name] = state


async def _health(channel: Channel) -> Health:
    try:
        async with asyncio.timeout(PATIENCE):
            return await channel.health()
    except TimeoutError:
        return Health(ok=False, detail=f"no answer within {PATIENCE:.0f} seconds")
    except Exception as error:  # noqa: BLE001 # one channel's slip must not hide the others
        fault = log.fault(error)
        _log.error("watch.failed", channel=channel.name, fault=fault)
        return Health(ok=False, detail=f"its adapter failed ({fault})")
