"""Turns of the web chat per second of processor, against a bare aiohttp echo of the same form."""

import asyncio
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bench.processes import cpu, cpu_of_family
from bench.rounds import Series, alternate, ratio, table
from storage import postmaster
from tests.program import HOST, ROOT, Program, free_port, get, until

PEOPLE = 8
SECONDS = 5.0  # of each round
ROUNDS = 5
TEXT = "Quán karaoke ở chợ xã Rạch Kiến, tỉnh Tây Ninh hát loa kẹo kéo tới hai giờ sáng mỗi đêm."
# A whole tip, from the first button to the receipt: (button, words) of each turn.
TIP = (("tip", ""), ("danger_no", ""), ("", TEXT), ("at:28114", ""), ("send", ""))


@dataclass(frozen=True)
class Load:
    """What one round did."""

    turns: int
    seconds: float
    python: float  # seconds of processor
    postgres: float


def measure(folder: Path) -> str:
    """Both servers side by side; the section of the report."""
    with _echo() as (echo_port, echo_pid), Program(folder, "demo", WORKERS="8").anew() as program:
        _check(program.port)
        loads: list[Load] = []

        def ours() -> float:
            loads.append(_load_program(program))
            return loads[-1].turns / loads[-1].python

        def yardstick() -> float:
            load = _load(echo_port, echo_pid, None)
            return load.turns / load.python

        site, echo = alternate(ROUNDS, ours, yardstick)
    return _section(site, echo, loads[1:])


def _section(site: Series, echo: Series, loads: list[Load]) -> str:
    both = Series(tuple(load.turns / (load.python + load.postgres) for load in loads))
    wall = Series(tuple(load.turns / load.seconds for load in loads))
    rows = [
        ("bare echo, per second of its processor", echo, 1),
        ("Tiếng Loa, per second of Python's processor", site, ratio(site, echo)),
        ("Tiếng Loa, Python and PostgreSQL together", both, ratio(both, echo)),
        (f"Tiếng Loa, per second on the clock, {PEOPLE} people at once", wall, ""),
    ]
    return f"""## Turns of the web chat

One turn is one POST of the chat's form: read and checked, stored durably in the inbox, dealt with
under the lane's lock by the dispatcher (classifier and place router included), the conversation
sealed and stored, committed, the page rendered. {len(TIP)} turns make a whole tip, which is sealed
three ways and committed with fsync. {PEOPLE} people at once, each with one connection; {ROUNDS}
rounds of {SECONDS:.0f} s each, alternating with the echo; median (lowest to highest).

{table(("turns a second", "median (spread)", "of the echo"), rows)}
"""


@contextmanager
def _echo() -> Iterator[tuple[int, int]]:
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "bench.echo", str(port)], cwd=ROOT) as child:  # noqa: S603 # our own words
        try:
            until(lambda: _answers(port), "the echo does not start")
            yield port, child.pid
        finally:
            child.kill()


def _answers(port: int) -> bool:
    try:
        return bool(get(port, "/health"))
    except OSError:
        return False


def _check(port: int) -> None:
    """A round of refusals would be fast and worthless: one tip must end with a receipt."""
    page = asyncio.run(_one_tip(port))
    if '<div class="code">' not in page:
        raise SystemExit("the scripted tip ends without a receipt: the chat has changed")


async def _one_tip(port: int) -> str:
    async with aiohttp.ClientSession() as session:
        return await _conversation(session, port)


def _load_program(program: Program) -> Load:
    file = postmaster.running(program.data / "postgres")
    if program.child is None or file is None:
        raise SystemExit("the program does not run")
    return _load(program.port, program.child.pid, file.pid)


def _load(port: int, pid: int, database: int | None) -> Load:
    used, used_there = cpu(pid), cpu_of_family(database) if database else 0.0
    began = time.monotonic()
    turns = asyncio.run(_people(port, began + SECONDS))
    seconds = time.monotonic() - began
    there = cpu_of_family(database) - used_there if database else 0.0
    return Load(turns, seconds, cpu(pid) - used, there)


async def _people(port: int, until_then: float) -> int:
    async with aiohttp.ClientSession() as session:

        async def person() -> int:
            turns = 0
            while time.monotonic() < until_then:
                await _conversation(session, port)
                turns += len(TIP)
            return turns

        return sum(await asyncio.gather(*(person() for _ in range(PEOPLE))))


async def _conversation(session: aiohttp.ClientSession, port: int) -> str:
    """A tip from start to end; the last page."""
    key, page = secrets.token_urlsafe(16), ""
    for number, (choice, text) in enumerate(TIP):
        form = {
            "key": key,
            "nonce": secrets.token_urlsafe(16),
            "known": "1" if number else "",
            "text": text,
            "choice": choice,
        }
        async with session.post(f"http://{HOST}:{port}/", data=form) as response:
            page = await response.text()
            if response.status != 200:  # noqa: PLR2004 # OK
                raise SystemExit(f"the chat answered {response.status}")
    return page
