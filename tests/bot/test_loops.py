"""Loops that cannot forget: whatever a turn raises is tried again, and no loop dies unseen."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.loops import LoopEndedError, every, loop, tried
from storage.db import DatabaseDownError


class Turns:
    """Raises what it was given, one after the other; then every turn is good."""

    def __init__(self, *raised: BaseException) -> None:
        self.raised = list(raised)
        self.good = asyncio.Event()

    async def __call__(self) -> None:
        """One turn."""
        if self.raised:
            raise self.raised.pop(0)
        self.good.set()


async def forever() -> None:
    await asyncio.Event().wait()


async def test_whatever_a_turn_raises_is_logged_by_kind_and_tried_again() -> None:
    turns = Turns(
        DatabaseDownError("Ngô Văn A"),
        OSError(28, "Ngô Văn B"),
        UnicodeError("Ngô Văn C"),
        ExceptionGroup("Ngô Văn D", [KeyError("Ngô Văn E")]),
    )

    with capture_logs() as logged:
        async with loop(lambda: every("trial", lambda: 0.0, turns, job="fetch"), "trial"):
            await turns.good.wait()

    assert [(line["event"], line["job"]) for line in logged] == [
        ("trial.database_down", "fetch"),
        *[("trial.failed", "fetch")] * 3,
    ]
    assert [type(line.get("exc_info")).__name__ for line in logged] == [
        "NoneType",
        "OSError",
        "UnicodeError",
        "ExceptionGroup",
    ]


async def test_one_turn_says_whether_it_has_to_be_tried_again() -> None:
    turns = Turns(DatabaseDownError(), RuntimeError())

    with capture_logs():
        assert [await tried("trial", turns) for _ in range(3)] == [False, False, True]


async def test_a_cancellation_passes() -> None:
    with pytest.raises(asyncio.CancelledError):
        await tried("trial", Turns(asyncio.CancelledError()))


@pytest.mark.parametrize(
    "end",
    [None, RuntimeError("Ngô Văn A"), asyncio.CancelledError()],
    ids=lambda end: str(type(end)),
)
async def test_a_loop_that_ends_by_itself_ends_the_block_beside_it_with_a_sentence(
    end: BaseException | None,
) -> None:
    async def ends() -> None:
        if end is not None:
            raise end

    sentence = pytest.raises(LoopEndedError, match="“fetching” ended by itself")
    with capture_logs() as logged, sentence as told:
        async with loop(forever), loop(ends, "fetching"), loop(forever):
            await forever()

    assert [(line["event"], line["loop"]) for line in logged] == [("loop.ended", "fetching")]
    assert "Ngô" not in str(told.value)
    current = asyncio.current_task()
    assert current is not None
    assert not current.cancelling(), "whoever hears of it can go on waiting"


async def test_two_that_end_at_once_are_one_sentence() -> None:
    async def ends() -> None: ...

    with capture_logs(), pytest.raises(LoopEndedError):
        async with loop(ends), loop(ends):
            await forever()
    await asyncio.sleep(0)


async def test_what_may_end_ends_quietly_and_what_fails_does_not() -> None:
    async def ends() -> None: ...

    async def fails() -> None:
        raise OSError

    async with loop(ends, may_end=True):
        await asyncio.sleep(0.01)
    with capture_logs(), pytest.raises(LoopEndedError):
        async with loop(fails, may_end=True):
            await forever()


async def test_a_block_that_is_cancelled_from_outside_is_cancelled() -> None:
    began = asyncio.Event()

    async def block() -> None:
        async with loop(forever):
            began.set()
            await forever()

    task = asyncio.create_task(block())
    await began.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_block_ends_with_its_own_error_and_takes_its_loop_along() -> None:
    running = asyncio.Event()

    async def run() -> None:
        running.set()
        try:
            await forever()
        finally:
            running.clear()

    async def block() -> None:
        async with loop(run):
            await running.wait()
            raise KeyError

    with pytest.raises(KeyError):
        await block()
    assert not running.is_set()
