"""Loops that run beside everything else, and what becomes of one that cannot go on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, NoReturn

import structlog

from bot import rounds
from storage.db import DatabaseDownError

# Seconds a stop waits for what is on its way: an answer takes a tenth of one, a stop ten at most.
LAST = 2.0

_log = structlog.get_logger()


class LoopEndedError(Exception):
    """A part of the program ended by itself: the rest must not go on as if nothing had happened."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” ended by itself, so the whole program stops: start it again, and look for "
            "loop.ended in its log"
        )


async def tried(name: str, turn: Callable[[], Awaitable[object]], **said: str) -> bool:
    """One turn; False if it has to be tried again. Whatever it raises is logged by kind."""
    try:
        await turn()
    except DatabaseDownError:
        _log.warning(f"{name}.database_down", **said)
    except Exception as error:  # noqa: BLE001 # the next turn tries again
        _log.error(f"{name}.failed", exc_info=error, **said)
    else:
        return True
    return False


async def every(
    name: str,
    pause: Callable[[], float],
    turn: Callable[[], Awaitable[object]],
    **said: str,
) -> NoReturn:
    """Turn after turn until cancelled.

    Args:
        name: what its lines in the log begin with.
        pause: seconds after a turn, however that ended.
        turn: may raise anything.
        said: stands in those lines.
    """
    with rounds.followed(name):
        while True:
            if await tried(name, turn, **said):
                rounds.well()
            await asyncio.sleep(pause())


@asynccontextmanager
async def loop(
    run: Callable[[], Coroutine[Any, Any, None]], name: str = "", *, may_end: bool = False
) -> AsyncIterator[None]:
    """Run this until the block ends.

    Args:
        run: what runs.
        name: what an operator reads should it end by itself; else the function's own.
        may_end: whether it is done once it returns.

    Raises:
        LoopEndedError: it ended by itself; the block was cancelled at once.
    """
    watched = _Watched(name or getattr(run, "__qualname__", "a loop"), may_end=may_end)
    task = asyncio.create_task(run())
    task.add_done_callback(watched.ended)
    try:
        yield
    except asyncio.CancelledError:
        if not watched.died:
            raise
    finally:
        task.remove_done_callback(watched.ended)
        task.cancel()
        with suppress(asyncio.CancelledError, *watched.known):
            await task
    watched.tell()


class _Watched:
    """Somebody waits in a block beside which a task runs."""

    def __init__(self, name: str, *, may_end: bool) -> None:
        self.died = False
        self.known: tuple[type[Exception], ...] = ()
        self._name, self._may_end = name, may_end
        self._host = asyncio.current_task()

    def ended(self, task: asyncio.Task[None]) -> None:
        """The task ended before its block did: of itself, by an error, or cut off by another."""
        error = None if task.cancelled() else task.exception()
        if self._may_end and error is None and not task.cancelled():
            return
        _log.error("loop.ended", loop=self._name, exc_info=error)
        self.died, self.known = True, (Exception,)  # it is in the log
        if self._host is not None:
            self._host.cancel()

    def tell(self) -> None:
        """Say so where the block ended, in place of the cancellation that was ours."""
        if not self.died:
            return
        if self._host is not None and self._host.uncancel():
            raise asyncio.CancelledError  # somebody else's is still to be heard
        raise LoopEndedError(self._name)
