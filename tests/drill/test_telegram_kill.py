"""kill -9 while updates come from Telegram: none is lost, none is dealt with twice."""

import asyncio
import random
import shutil
from pathlib import Path

import pytest

from desk.desk import Tools
from tests import records
from tests.fakes_telegram import TOKEN, BotApi
from tests.program import Program, made  # noqa: F401 # a fixture

SEED = 20_261_122
PEOPLE = 12  # write between two kills


async def drill(folder: Path, made: Path, base: Tools, kills: int) -> str:  # noqa: F811 # as above
    """Kill it so often; one line on what happened."""
    chance = random.Random(SEED)  # noqa: S311 # a repeatable drill
    async with BotApi(latency=0.005) as api:
        program = Program(folder, "run", TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=api.url)
        shutil.copytree(made, program.data)
        program.data.chmod(0o700)
        try:
            await asyncio.to_thread(program.start)
            chats: list[int] = []
            for _ in range(kills):
                for _ in range(PEOPLE):
                    chats.append(800_000_000 + len(chats))
                    await api.say(chats[-1], "Xin chào")
                await asyncio.sleep(chance.uniform(0.0, 0.8))
                await asyncio.to_thread(program.kill)
                await asyncio.to_thread(program.start)
            await api.until(lambda: {int(m.chat) for m in api.sent} == set(chats))
            states = await asyncio.to_thread(_states, program, base)
            assert await asyncio.to_thread(program.stop) == 0
            said = program.said()
        finally:
            await asyncio.to_thread(program.end)
    assert states == {"done": len(chats)}
    assert TOKEN not in said
    twice = [m for m in api.sent if len(api.to(int(m.chat))) > 1]
    assert all(m.fields.get("disable_notification") for m in twice[1::2])
    return f"{kills} kills: {len(chats)} updates, 0 lost, 0 doubled, {len(twice) // 2} said twice"


def _states(program: Program, base: Tools) -> dict[str, int]:
    query = "SELECT state, count(*) FROM inbox WHERE channel = 'telegram' GROUP BY 1"
    with records.opened(program.data, base) as found:
        return dict(found.rows(query))  # type: ignore[arg-type]


async def test_three_kills_lose_and_double_no_update(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
) -> None:
    await drill(tmp_path, made, base_tools, 3)


@pytest.mark.drill
async def test_fifty_kills_lose_and_double_no_update(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = await drill(tmp_path, made, base_tools, 50)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # the drill's result
