"""Plain synchronous work, done beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(
    workers: Executor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """The result of `work`, made in one of these threads."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(workers, lambda: work(*args, **kwargs))
