"""Loops that run beside everything else."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any


@asynccontextmanager
async def loop(run: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """Run this until the block ends."""
    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
