"""The rows of a chunk, from the event loop: claimed, recorded, let go. Outages are waited for."""

import asyncio
from concurrent.futures import Executor
from contextlib import suppress
from uuid import UUID, uuid4

import structlog

from bot import rounds
from bot.threads import in_thread
from desk import broadcasts
from desk.broadcasts import Ended, Recorded, Span, Work
from desk.desk import Office
from storage.db import DatabaseDownError

AWAY = 0.5  # seconds between attempts while the database is away

_log = structlog.get_logger()


class ChunkRows:
    """What one process does with chunks, under a name of its own."""

    def __init__(self, office: Office, workers: Executor) -> None:
        """Args: workers: threads for the rows."""
        self._office = office
        self._workers = workers
        self.owner: UUID = uuid4()

    async def claim(self, channel: str, size: int) -> Work | None:
        """The next chunk of a channel, of `size` if it is a new one; None if nothing is left."""
        claimed = await in_thread(self._workers, self._claim_now, channel, size)
        rounds.well()  # a notice to many is one round of hours
        return claimed

    def _claim_now(self, channel: str, size: int) -> Work | None:
        with self._office.begin("sweeps") as desk:
            return broadcasts.claim(desk, channel, self.owner, size)

    async def record(self, work: Work, ended: list[Ended], span: Span | None = None) -> Recorded:
        """Store results and announce a window; waits for a database that is away."""
        while True:
            try:
                recorded = await in_thread(self._workers, self._record_now, work, ended, span)
            except DatabaseDownError:
                _log.warning("broadcast.database_down")
                await asyncio.sleep(AWAY)
            else:
                rounds.well()
                return recorded

    def _record_now(self, work: Work, ended: list[Ended], span: Span | None) -> Recorded:
        with self._office.begin("sweeps") as desk:
            return broadcasts.record(desk, self.owner, work, ended, span)

    async def let_go(self, work: Work, *, done: bool) -> None:
        """End with a chunk; if the database is away its lease runs out by itself."""
        with suppress(DatabaseDownError):
            await in_thread(self._workers, self._let_go_now, work, done)

    def _let_go_now(self, work: Work, done: bool) -> None:  # noqa: FBT001 # handed through a thread
        with self._office.begin("sweeps") as desk:
            broadcasts.let_go(desk, self.owner, work, done=done)
