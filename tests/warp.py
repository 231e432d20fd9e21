"""An event loop whose clock jumps: a minute of waiting takes no time, and nothing is ever late."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Jumping(selectors.DefaultSelector):
    """Instead of waiting, the clock moves on."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> Any:
        self.now += max(0.0, timeout or 0.0)
        return super().select(0)


class WarpLoop(asyncio.SelectorEventLoop):
    """Its `time` is the selector's."""

    def __init__(self) -> None:
        self.clock = _Jumping()
        super().__init__(self.clock)

    def time(self) -> float:  # noqa: D102 # as every loop
        return self.clock.now

    def stall(self, seconds: float) -> None:
        """As if the machine stood still for so long."""
        self.clock.now += seconds


def warped(run: Coroutine[Any, Any, T]) -> T:
    """Run this in a loop of its own."""
    with asyncio.Runner(loop_factory=WarpLoop) as runner:
        return runner.run(run)
