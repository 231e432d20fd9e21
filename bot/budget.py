"""The sending budget of one token: a row in the database, asked for a few moments at a time."""

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta

from bot.pacer import PassedOnError
from bot.threads import in_thread
from desk import budget
from desk.budget import Reserved
from desk.desk import Office

# 30 a second, sent a little slower: what the network bunches up must still fit into a second.
MARGIN = 1.004


class SharedBudget:
    """What `bot.pacer` asks, for one token in all processes."""

    def __init__(
        self,
        office: Office,
        workers: Executor,
        name: str,
        rate: float,
        fence: Callable[[], int | None],
    ) -> None:
        """Nothing is asked yet.

        Args:
            office: of this process.
            workers: threads for the database.
            name: of the token, without any of it.
            rate: messages a second that the channel allows.
            fence: of this process's lease; None while another process sends.
        """
        self._office, self._workers = office, workers
        self._name, self._fence = name, fence
        self._every = MARGIN / rate

    async def reserve(self, n: int) -> Reserved:
        """The next `n` moments.

        Raises:
            PassedOnError: another process sends.
            DatabaseDownError: nobody knows.
        """
        fence = self._fence()
        if fence is None:
            raise PassedOnError
        found = await in_thread(self._workers, self._reserve, fence, n)
        if found is None:
            raise PassedOnError
        return found

    async def freeze(self, after: timedelta) -> None:
        """No moments for that long, for any process."""
        fence = self._fence()
        if fence is not None:
            await in_thread(self._workers, self._freeze, fence, after)

    def _reserve(self, fence: int, n: int) -> Reserved | None:
        with self._office.begin("sweeps") as desk:
            return budget.reserve(desk, self._name, fence, n, self._every)

    def _freeze(self, fence: int, after: timedelta) -> None:
        with self._office.begin("sweeps") as desk:
            budget.freeze(desk, self._name, fence, after)
