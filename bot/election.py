"""One process does a job, the others wait: a lease that is renewed while its holder lives."""

import time
from concurrent.futures import Executor
from datetime import timedelta
from uuid import uuid4

import structlog

from bot.loops import every
from bot.threads import in_thread
from desk import leases
from desk.desk import Office

LEASE = timedelta(seconds=9)
RENEW = 3.0  # seconds; two renewals may fail before another process takes over
# Seconds between looks of those who wait: a dead holder is followed this soon after its lease.
STAND_BY = 0.5

_log = structlog.get_logger()


class Election:
    """Whether this process is the one, and since which takeover."""

    def __init__(self, office: Office, workers: Executor, job: str) -> None:
        """Not elected until `run`. Args: job: named alike in every process."""
        self._office = office
        self._workers = workers
        self._job = job
        self._owner = uuid4()
        self._fence: int | None = None
        self._until = 0.0

    @property
    def fence(self) -> int | None:
        """Grows with every new holder; None while it is not us, or while nobody can know."""
        return self._fence if time.monotonic() < self._until else None

    def __call__(self) -> bool:
        """Whether it is us."""
        return self.fence is not None

    async def run(self) -> None:
        """Stand for it until cancelled."""
        await every("election", self._pause, self._stand, job=self._job)

    def _pause(self) -> float:
        return RENEW if self() else min(RENEW, STAND_BY)

    async def _stand(self) -> None:
        began = time.monotonic()
        self._note(await in_thread(self._workers, self._take), began)

    def _note(self, fence: int | None, began: float) -> None:
        if fence is not None and fence != self._fence:
            _log.info("election.won", job=self._job, fence=fence)
        self._fence = fence
        # Counted from before we asked: never longer than the row says.
        self._until = began + LEASE.total_seconds() if fence is not None else 0.0

    def _take(self) -> int | None:
        with self._office.begin("sweeps") as desk:
            return leases.fence(desk, self._job, self._owner, LEASE)
