"""Sending a notice to 110,240 people: what the engine takes, beside a bare loop."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from bench.people import PEOPLE, Place, town
from bench.rounds import Series, ratio, table
from tests.program import ROOT

ROUNDS = 5
RATE, TRIP = 1000.0, 0.08  # messages a second where Telegram is paid for it, seconds there and back


def measure(folder: Path) -> str:
    """Both ways side by side, then at 1,000 a second; the section of the report."""
    with town(folder, "stub", PEOPLE) as (place, writer):
        rounds = list(_child(place, writer, "free", str(ROUNDS + 1)))[1:]
        (paced,) = _child(place, writer, "paced", str(RATE), str(TRIP))
    return _section(rounds, paced["engine"])


def _child(place: Place, writer: UUID, *mode: str) -> Iterator[dict[str, dict[str, float]]]:
    command = [sys.executable, "-m", "bench.engine", place.url, str(place.keys), str(writer)]
    done = subprocess.run(  # noqa: S603 # our own words
        [*command, *mode], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    for line in done.stdout.splitlines():
        yield json.loads(line)


def _section(rounds: list[dict[str, dict[str, float]]], paced: dict[str, float]) -> str:
    def series(who: str, what: str) -> Series:
        return Series(tuple(one[who][what] for one in rounds))

    wall, cpu = series("engine", "wall"), series("engine", "cpu")
    bare_wall, bare_cpu = series("bare", "wall"), series("bare", "cpu")
    free = [
        ("seconds on the clock", bare_wall, wall, ratio(wall, bare_wall)),
        ("seconds of Python's processor", bare_cpu, cpu, ratio(cpu, bare_cpu)),
    ]
    at_rate = [
        ("seconds on the clock", f"{paced['wall']:.1f}"),
        ("of the allowed rate", f"{paced['sent'] / paced['wall'] / RATE:.2%}"),
        ("seconds of Python's processor", f"{paced['cpu']:.1f}"),
        ("peak memory of the process", f"{paced['memory']:.0f} MiB"),
    ]
    return f"""## Sending a notice

{PEOPLE:,} recipients on the embedded database with fsync. Without a limit: a stub that takes a
millisecond, {ROUNDS} rounds alternating with a bare asyncio loop of 64 tasks over a list, which
stores nothing; median (lowest to highest).

{table(("no limit", "bare loop", "engine", "engine / bare"), free)}

At {RATE:,.0f} a second, {TRIP * 1000:.0f} ms there and back, in a process that does nothing else:

{table(("1,000 a second", "engine"), at_rate)}
"""
