"""Sends notices: takes chunks, announces windows, paces them, and records how each copy ended."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor

from bot.channels.base import Channel
from bot.chunk_rows import ChunkRows
from bot.chunk_run import ChunkRun
from bot.loops import every
from bot.pace import Pace
from bot.sending import IN_FLIGHT, Senders
from desk.desk import Office

IDLE = 0.5  # seconds between looks when there is nothing to send
CHUNK = 1000  # recipients
FREE_CHUNK = 20_000  # where nothing limits the rate: few and large transactions
ROUND_TRIP = 0.25  # seconds a sending may take without slowing the others down
FINISHING = 4  # chunks whose last copies are still on their way


class Broadcaster:
    """One loop per channel that pushes."""

    def __init__(
        self,
        office: Office,
        workers: Executor,
        channels: Mapping[str, Channel],
        paces: Mapping[str, Pace],
    ) -> None:
        """Args: channels, paces: by name; a channel without a pace is not served."""
        self._rows = ChunkRows(office, workers)
        self._channels = channels
        self._paces = paces

    async def run(self) -> None:
        """Send until cancelled."""
        names = [name for name in self._channels if name in self._paces]
        await asyncio.gather(*(self._serve(name) for name in names))

    async def _serve(self, name: str) -> None:
        async def turn() -> None:
            if self._paces[name].mine:
                await self.drain(name)

        await every("broadcast", lambda: IDLE, turn)

    async def drain(self, name: str) -> None:
        """Send until nothing of this channel is left to send now."""
        pace = self._paces[name]
        many = max(IN_FLIGHT, round(pace.rate * ROUND_TRIP))
        senders = Senders(self._channels[name], pace, many)
        finishing: set[asyncio.Task[None]] = set()
        try:
            run = await self._begin(name, senders)
            while run is not None:
                following = await run.feed(lambda: self._begin(name, senders))
                ending = asyncio.ensure_future(run.finish())
                finishing.add(ending)
                ending.add_done_callback(finishing.discard)
                if len(finishing) >= FINISHING:
                    await asyncio.wait(finishing, return_when=asyncio.FIRST_COMPLETED)
                run = following
            while finishing:
                await asyncio.gather(*finishing)
        finally:
            for task in finishing:
                task.cancel()
            await senders.close()

    async def _begin(self, name: str, senders: Senders) -> ChunkRun | None:
        """The next chunk, with its first window announced."""
        pace = self._paces[name]
        work = await self._rows.claim(name, CHUNK if pace.rate else FREE_CHUNK)
        if work is None:
            return None
        run = ChunkRun(self._rows, work, self._channels[name], pace, senders)
        await run.begin()
        return run
