"""How long ago each loop of this process last did its work, for whoever watches over the program.

A loop that fails again and again does not die, and its log may be read by nobody.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Seconds. Longer than a database takes to start anew, shorter than the ten minutes after which an
# urgent tip that nobody opened is to reach the province.
PATIENCE = 300.0

clock = time.monotonic


class _Loop:
    def __init__(self, name: str) -> None:
        self.name = name
        self.well_at = clock()


_going: set[_Loop] = set()
_mine: ContextVar[_Loop | None] = ContextVar("loop", default=None)


@contextmanager
def followed(name: str) -> Iterator[None]:
    """Until the block ends, a loop of this name goes on in it and in the tasks it begins."""
    one = _Loop(name)
    _going.add(one)
    outer = _mine.get()
    _mine.set(one)
    try:
        yield
    finally:
        _mine.set(outer)
        _going.discard(one)


def well() -> None:
    """Say that the loop this runs in has done its work. Long rounds say so now and then."""
    mine = _mine.get()
    if mine is not None:
        mine.well_at = clock()


def ages() -> dict[str, float]:
    """Seconds since each loop last did its work; of several of one name the longest."""
    now = clock()
    found: dict[str, float] = {}
    for one in tuple(_going):
        found[one.name] = max(now - one.well_at, found.get(one.name, 0.0))
    return found


def stuck(names: Iterable[str]) -> list[str]:
    """Which of these have not done it for too long; a loop this process has not is no trouble."""
    known = ages()
    return sorted(name for name in names if known.get(name, 0.0) > PATIENCE)
