"""kill -9 of the real program in the middle of a campaign on Telegram, alone and one of three.

Nobody is left out; whoever gets the notice twice gets it silently the second time. `make test`
kills the program twice with 5,000 recipients, and one of three once with 75; `make drill` twenty
times, with 5,000 (one of three, 30/s: 600); `make drill-whole` twenty times, with 110,240. A
planned stop doubles nothing.
"""

import asyncio
import random
import re
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desk.desk import Tools
from tests import records
from tests import world as worlds
from tests.citizen import RACHKIEN
from tests.drill.campaign import (
    ROUND_TRIP,
    Report,
    chats,
    counted,
    ended,
    publish,
    sent,
    subscribe,
    together,
)
from tests.fakes_telegram import TOKEN, BotApi
from tests.program import Program, made  # noqa: F401 # a fixture
from tests.world import World

SEED = 20_261_123
MANY = 20


def targets(people: int, kills: int, chance: random.Random) -> list[int]:
    """How many copies shall have come before each kill: random, and spread over the campaign."""
    share = people / (kills + 0.5)
    return [round(share * (number + chance.uniform(0.2, 0.9))) for number in range(kills)]


def judged(report: Report) -> Report:
    """What every drill promises.

    How many are doubled is a matter of time: a machine that stands still for a moment doubles what
    it sent in it. So that is judged over many kills.
    """
    assert report.missing == 0
    assert report.loud == 0, "whoever got it twice heard it once"
    if report.kills >= MANY:
        assert report.doubled <= report.kills * report.allowed
    return report


async def alone(
    folder: Path,
    made: Path,  # noqa: F811 # as the fixture
    base: Tools,
    people: list[str],
    rate: float,
    ends: Sequence[Callable[..., object]],
) -> Report:
    """One program with its own database; every second kill takes PostgreSQL along."""
    chance = random.Random(f"{SEED} {rate}")  # noqa: S311 # a repeatable drill
    moments: list[float] = []
    starts: list[float] = []
    async with BotApi(latency=ROUND_TRIP) as api:
        program = telegram_program(folder, api, rate)
        shutil.copytree(made, program.data)
        program.data.chmod(0o700)
        try:
            await asyncio.to_thread(program.start)
            await asyncio.to_thread(_begin, program, base, people)
            due = targets(len(people), len(ends), chance)
            for number, (count, end) in enumerate(zip(due, ends, strict=True)):
                await sent(api, count, 120 + len(people) / rate)
                await asyncio.to_thread(end, program, postgres=number % 2 == 1)
                moments.append(time.monotonic())
                starts.append(await asyncio.to_thread(program.start))
            await sent(api, len(people), 60 + len(people) / rate)
            with records.opened(program.data, base, program.clock) as found:
                await ended(lambda: [row[0] for row in found.rows("SELECT state FROM campaign")])
            assert await asyncio.to_thread(program.stop) == 0
        finally:
            await asyncio.to_thread(program.end)
    return judged(counted(api, people, rate, moments, starts))


def telegram_program(folder: Path, api: BotApi, rate: float, **more: str) -> Program:
    """The program on our Bot API server, by day."""
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": api.url, "TELEGRAM_RATE": str(rate)}
    return Program(folder, **settings, **more).by_day()


def _begin(program: Program, base: Tools, people: list[str]) -> None:
    with records.opened(program.data, base, program.clock) as found:
        subscribe(found.office, people)
        with found.office.begin("desk") as desk:
            minh, hoa = (records.signed(desk, RACHKIEN, role) for role in ("officer", "chief"))
        publish(found.office, minh, hoa, program.clock())


class Three:
    """Three programs that share a database, its keys and a token."""

    def __init__(self, programs: list[Program]) -> None:
        self.programs = programs

    def start(self) -> None:
        """Those that do not run, one after the other: the first one migrates."""
        for program in self.programs:
            if program.child is None or program.child.poll() is not None:
                program.start()

    def end(self) -> None:
        """Whatever still runs ends."""
        for program in self.programs:
            program.end()

    def elected(self, job: str) -> Program:
        """Who does a job now: who was the last to win it."""
        won = re.compile(rf"election\.won .*{job} telegram.* fence=(\d+)")
        fences = {
            int(found[1]): program
            for program in self.programs
            for found in won.finditer(program.said())
        }
        return fences[max(fences)]


async def three(
    folder: Path, world: World, url: str, people: list[str], rate: float, kills: Sequence[int]
) -> Report:
    """So many campaigns as `kills` has items; in each the one that sends is killed so often."""
    chance = random.Random(f"{SEED} three {rate}")  # noqa: S311 # a repeatable drill
    reports = []
    async with BotApi(latency=ROUND_TRIP) as api:
        shared = {
            "DATABASE_URL": worlds._as_roles_secret(url),
            "DATABASE_OWNER_URL": url,
            "DATA_DIR": str(world.office.tools.keyring._folder.parent),
            "WORKERS": "2",
        }
        group = Three([telegram_program(folder / n, api, rate, **shared) for n in "abc"])
        world.clock.at = group.programs[0].clock()
        await asyncio.to_thread(subscribe, world.office, people)
        try:
            for often in kills:
                await asyncio.to_thread(group.start)
                world.clock.at = group.programs[0].clock()
                publish(world.office, world.minh, world.hoa, world.clock.at)
                moments = await _killed(group, api, targets(len(people), often, chance))
                await sent(api, len(people), 60 + len(people) / rate)
                await ended(lambda: states(world))
                reports.append(counted(api, people, rate, moments))
                api.sent.clear()
        finally:
            await asyncio.to_thread(group.end)
    return judged(together(reports))


async def _killed(group: Three, api: BotApi, after: Sequence[int]) -> list[float]:
    """Kill whoever sends, each time so many copies have come; when that was."""
    moments = []
    for count in after:
        await sent(api, count)
        await asyncio.to_thread(group.elected("send").kill)
        moments.append(time.monotonic())
        await sent(api, len(api.sent) + 5)
    return moments


def states(world: World) -> list[str]:
    """Of all campaigns."""
    with world.office.begin("sweeps") as desk:
        rows = desk.session.connection().exec_driver_sql("SELECT state FROM campaign")
        return [state for (state,) in rows]


async def test_another_of_three_processes_goes_on_for_a_killed_one(
    world: World, owner_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = await three(tmp_path, world, owner_url, chats(75), 30, [1])
    with capsys.disabled():
        print(f"\none of three processes: {report}")  # noqa: T201 # a drill shows its figures


async def test_two_kills_of_the_program_leave_none_of_5000_out(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = await alone(tmp_path, made, base_tools, chats(5000), 1000, 2 * [Program.kill])
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # a drill shows its figures


def _stopped(program: Program, *, postgres: bool) -> None:
    """As its supervisor stops it: PostgreSQL ends with it in any case."""
    del postgres
    assert program.stop() == 0


async def test_a_planned_stop_of_the_program_doubles_nothing(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
) -> None:
    report = await alone(tmp_path, made, base_tools, chats(600), 300, [_stopped])
    assert report.doubled == 0


@pytest.mark.drill
@pytest.mark.parametrize("rate", [30, 1000])
async def test_twenty_kills_of_the_program_leave_none_of_5000_out(
    rate: float,
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = await alone(tmp_path, made, base_tools, chats(5000), rate, 20 * [Program.kill])
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # a drill shows its figures


@pytest.mark.drill
@pytest.mark.parametrize("rate", [30, 1000])
async def test_two_of_three_processes_killed_in_each_of_ten_campaigns_leave_nobody_out(
    rate: float,
    world: World,
    owner_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = 600 if rate < 100 else 5000
    report = await three(tmp_path, world, owner_url, chats(people), rate, 10 * [2])
    with capsys.disabled():
        print(f"\none of three processes: {report}")  # noqa: T201 # a drill shows its figures


@pytest.mark.whole
@pytest.mark.parametrize("rate", [1000, 30])
async def test_twenty_kills_of_the_program_leave_none_of_110240_out(
    rate: float,
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = await alone(tmp_path, made, base_tools, chats(110_240), rate, 20 * [Program.kill])
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # a drill shows its figures
