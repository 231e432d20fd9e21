"""kill -9 in the middle of a campaign: nobody is left out, and what comes twice comes silently."""

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from desk import broadcasts, campaigns
from tests.drill.broadcasting import ROUND_TRIP
from tests.notices import published, subscribe
from tests.program import ROOT
from tests.world import World

SLACK = 0.06  # seconds of sending that a kill may double, beside the round trip


class Drill:
    """One campaign and the processes that send it, one after the other."""

    def __init__(self, world: World, url: str, folder: Path, rate: float) -> None:
        self.world, self.url, self.rate = world, url, rate
        self.file = folder / "sent"
        self.keys = world.office.tools.keyring._folder
        self.at = world.clock.at

    def lines(self) -> list[tuple[str, bool]]:
        """Everything that went out: address, and whether it was silent."""
        if not self.file.exists():
            return []
        found = [line.split() for line in self.file.read_text().splitlines()]
        return [(address, silent == "1") for address, silent in found]

    def run(self, until: int | None, limit: float) -> None:
        """Start a process; kill it once so many messages went out, or when all is done."""
        command = [sys.executable, "-m", "tests.drill.broadcasting", self.url, str(self.keys)]
        command += [str(self.file), str(self.rate), self.at.isoformat()]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603 # ours
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == b"sending\n"
            end = time.monotonic() + limit
            while time.monotonic() < end and not self._reached(until):
                time.sleep(0.005)
        finally:
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()
        self.at += timedelta(seconds=limit) + broadcasts.LEASE

    def _reached(self, until: int | None) -> bool:
        if until is not None:
            return len(self.lines()) >= until
        with self.world.office.begin("sweeps") as desk:
            rows = desk.session.connection().exec_driver_sql("SELECT state FROM campaign")
            return all(state == "done" for (state,) in rows)


def drill(  # one row of the table of the drill
    world: World, url: str, folder: Path, people: int, rate: float, kills: int
) -> str:
    subscribe(world, people)
    id_ = published(world)
    one = Drill(world, url, folder, rate)
    chance = random.Random(rate)  # noqa: S311 # a repeatable drill
    doubled = 0
    for number in range(1, kills + 1):
        share = (number - chance.uniform(0.2, 0.8)) / (kills + 0.5)
        one.run(int(people * share), 60)
    one.run(None, 120)

    counts = Counter(address for address, _ in one.lines())
    missing = {str(number) for number in range(people)} - set(counts)
    first: set[str] = set()
    loud = []
    for address, silent in one.lines():
        if address in first:
            doubled += 1
            if not silent:
                loud.append(address)
        first.add(address)
    assert missing == set()
    assert loud == [], "whoever got it twice heard it once"
    assert doubled <= kills * (rate * (ROUND_TRIP + SLACK) + 1)
    with world.office.begin("desk", world.hoa.id) as desk:
        assert campaigns.progress(desk, id_)[0].state == "done"
    return f"{people} people at {rate:g}/s, {kills} kills: 0 missing, {doubled} doubled, silently"


def test_three_kills_leave_nobody_out(
    world: World, owner_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = drill(world, owner_url, tmp_path, 200, 100, 3)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # a drill shows its figures


@pytest.mark.drill
@pytest.mark.parametrize("rate", [30, 1000])
def test_twenty_kills_leave_nobody_out(
    rate: float, world: World, owner_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = 600 if rate < 100 else 5000
    report = drill(world, owner_url, tmp_path, people, rate, 20)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # a drill shows its figures
