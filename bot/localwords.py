"""Every process looks now and then whether local words were taught elsewhere."""

from concurrent.futures import Executor

import structlog

from bot.loops import every
from bot.threads import in_thread
from desk import localwords
from desk.desk import Office

EVERY = 10.0  # seconds; pages promise that every process judges by a new list within 30

_log = structlog.get_logger()


class LocalWordsWatch:
    """Level-triggered: compares versions, so a missed look, or a killed process, loses nothing."""

    def __init__(self, office: Office, workers: Executor) -> None:
        """Nothing happens until `run`."""
        self._office = office
        self._workers = workers

    async def run(self) -> None:
        """Look until cancelled."""
        await every("words", lambda: EVERY, lambda: in_thread(self._workers, self.look))

    def look(self) -> None:
        """One look: one number is read, and the words only if it is another one."""
        with self._office.begin("sweeps") as desk:
            new = localwords.refresh(desk)
        if new:
            _log.info("words.learnt", version=self._office.tools.judge.words.version)
