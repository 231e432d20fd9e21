"""Clocks: officers not yet told, tips and keys whose time is over. One process does it."""

from concurrent.futures import Executor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import structlog

from bot import rounds
from bot.loops import every
from bot.threads import in_thread
from desk import (
    alerts,
    campaigns,
    corrections,
    counters,
    floods,
    leases,
    marks,
    misses,
    reroutes,
    retention,
)
from desk.desk import Office
from storage.db import DatabaseDownError

TICK = 2.0  # seconds; an urgent tip's alert is at most this late
LEASE = timedelta(seconds=5 * TICK)  # how long a killed process keeps the next one waiting
RETENTION_EVERY = timedelta(hours=1)

_log = structlog.get_logger()


class Sweeps:
    """Level-triggered: looks at rows whose time has come, so a missed tick loses nothing."""

    def __init__(self, office: Office, workers: Executor, link: str = "") -> None:
        """Nothing happens until `run`. Args: link: the desk's address, for alerts in chats."""
        self._link = link
        self._office = office
        self._workers = workers
        self._owner: UUID = uuid4()
        self._retained_at = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> None:
        """Tick until cancelled; whoever starts next may tick at once."""
        try:
            await every("sweeps", lambda: TICK, self._turn)
        finally:
            with suppress(DatabaseDownError):
                await in_thread(self._workers, self._give_back)

    async def _turn(self) -> None:
        if await in_thread(self._workers, self.tick):
            rounds.well()  # what follows may be much to delete
            await in_thread(self._workers, self.retain)

    def _give_back(self) -> None:
        with self._office.begin("sweeps") as desk:
            leases.give_back(desk, "sweeps", self._owner)

    def tick(self) -> bool:
        """One look at the alerts and at notices; False if another process holds the lease."""
        with self._office.begin("sweeps") as desk:
            if not leases.take(desk, "sweeps", self._owner, LEASE):
                return False
            told = alerts.sweep(desk, self._link)
            published = campaigns.sweep(desk)
        if told:
            _log.info("alerts.written", count=told)
        if published:
            _log.info("notices.published", count=published)
        return True

    def retain(self) -> None:
        """Delete what has to go, then destroy the keys nothing needs any more."""
        with self._office.begin("sweeps") as desk:
            now = desk.at
            if now - self._retained_at < RETENTION_EVERY:
                return
            months = retention.delete_tips(desk)
            days = retention.delete_messages(desk)
            periods = marks.forget_old(desk)
            campaigns.forget_old(desk)
            misses.forget(desk)
            corrections.forget(desk)
            reroutes.forget(desk)
            counters.forget(desk)
            floods.forget(desk)
        keyring = self._office.tools.keyring
        retention.destroy_keys(keyring, months=months, days=days, periods=periods)
        if not self._office.tools.keep_corrections:
            keyring.destroy_corrections()
        self._retained_at = now
        if months or days:
            _log.info("keys.destroyed", months=len(months), days=len(days))
