"""After a crash or an outage: everybody who waits is gone on with, once, and some at a time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.inbox import Intake
from bot.threads import in_thread
from desk import inbox
from desk.inbox import Lane
from tests.bot.test_inbox import LAN, TAM, _put, intake, owner, said, slow  # noqa: F401 # fixtures
from tests.storage.rows import Owner
from tests.world import World


async def test_what_a_crash_left_is_answered_after_the_restart(
    world: World,
    intake: Intake,  # noqa: F811 # the fixture
    workers: ThreadPoolExecutor,
    owner: Owner,  # noqa: F811 # likewise
) -> None:
    await in_thread(workers, _put, world, LAN, "1", "Chào")
    await in_thread(workers, _put, world, TAM, "2", "Chào")

    assert await intake.recover() == 2
    await intake.close()

    assert len(await said(intake)) == len(await said(intake, TAM)) == 2
    assert owner.one("SELECT count(*) FROM inbox WHERE state = 'new'") == 0
    assert await intake.recover() == 0


async def test_a_look_leaves_alone_whom_another_is_working_for(
    world: World,
    intake: Intake,  # noqa: F811 # the fixture
    workers: ThreadPoolExecutor,
) -> None:
    for number, lane in enumerate((LAN, LAN, TAM)):
        await in_thread(workers, _put, world, lane, str(number), "Chào")

    with slow(world, LAN), slow(world, TAM):
        found = [await intake.recover()]
        tasks = len(asyncio.all_tasks())
        found += [await intake.recover() for _ in range(3)]
        grown = len(asyncio.all_tasks()) - tasks
    await intake.close()

    assert found == [2, 0, 0, 0]
    assert grown == 0
    assert [len(await said(intake, lane)) for lane in (LAN, TAM)] == [4, 2]


async def test_of_very_many_who_wait_some_are_gone_on_with_and_then_the_others(
    world: World,
    intake: Intake,  # noqa: F811 # the fixture
    workers: ThreadPoolExecutor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inbox, "LANES", 2)
    lanes = [Lane("webchat", name) for name in ("một", "hai", "ba")]
    for number, lane in enumerate([lanes[0], lanes[0], *lanes]):
        await in_thread(workers, _put, world, lane, str(number), "Chào")

    found = []
    for _ in range(3):
        found.append(await intake.recover())
        await intake.close()

    assert found == [2, 1, 0]
    assert [len(await said(intake, lane)) for lane in lanes] == [6, 2, 2]
