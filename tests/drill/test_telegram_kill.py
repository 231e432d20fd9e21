"""kill -9 while updates come from Telegram: none is lost, none is dealt with twice."""

import asyncio
import random
import shutil
from pathlib import Path

import pytest

from desk.desk import Tools
from tests import records
from tests.fakes_telegram import TOKEN, BotApi
from tests.program import HOST, Program, made  # noqa: F401 # a fixture

SEED = 20_261_122
PEOPLE = 12  # write between two kills
both_ways = pytest.mark.parametrize("webhook", [False, True], ids=["fetched", "brought"])


async def drill(
    folder: Path,
    made: Path,  # noqa: F811 # as the fixture
    base: Tools,
    kills: int,
    *,
    webhook: bool,
    patient: bool = False,
) -> str:
    """Kill it so often; one line on what happened.

    Args:
        patient: wait for the last replies too: what a killed program had taken to send is sent
            again after half a minute.
    """
    chance = random.Random(SEED)  # noqa: S311 # a repeatable drill
    async with BotApi(latency=0.005) as api:
        program = Program(folder, TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=api.url)
        if webhook:
            program.settings |= {"TELEGRAM_WEBHOOK": "true", "PUBLIC_URL": "https://tin.example.vn"}
            api.front = f"http://{HOST}:{program.port}"
        shutil.copytree(made, program.data)
        program.data.chmod(0o700)
        chats: list[int] = []
        try:
            await asyncio.to_thread(program.start)
            for number in range(kills):
                for _ in range(PEOPLE):
                    chats.append(800_000_000 + len(chats))
                    await api.say(chats[-1], "Xin chào")
                await asyncio.sleep(chance.uniform(0.0, 0.8))
                await asyncio.to_thread(program.kill, postgres=number % 2 == 1)
                await asyncio.to_thread(program.start)
            with records.opened(program.data, base) as found:
                states = await _dealt_with(found, len(chats))
            if patient:
                await api.until(lambda: {int(m.chat) for m in api.sent} == set(chats), 120)
            assert await asyncio.to_thread(program.stop) == 0
            said = program.said()
        finally:
            await asyncio.to_thread(program.end)
    assert states == {"done": len(chats)}
    assert TOKEN not in said
    again = [message for chat in chats for message in api.to(chat)[1:]]
    assert all(message.silent for message in again), "what is said twice is heard once"
    how = "brought" if webhook else "fetched"
    return f"{kills} kills: {len(chats)} updates {how}, 0 lost, 0 doubled, {len(again)} said twice"


async def _dealt_with(found: records.Records, many: int) -> dict[str, int]:
    """How many updates are in which state, once none is left to be dealt with."""
    query = "SELECT state, count(*) FROM inbox WHERE channel = 'telegram' GROUP BY 1"
    async with asyncio.timeout(120):
        while (states := dict(found.rows(query))) != {"done": many}:  # noqa: ASYNC110 # rows
            await asyncio.sleep(0.2)
    return states


@both_ways
async def test_a_kill_loses_and_doubles_no_update(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    webhook: bool,
) -> None:
    report = await drill(tmp_path, made, base_tools, 1, webhook=webhook)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # the drill's result


@pytest.mark.drill
@both_ways
async def test_fifty_kills_lose_and_double_no_update(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    webhook: bool,
) -> None:
    report = await drill(tmp_path, made, base_tools, 50, webhook=webhook, patient=True)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # the drill's result
