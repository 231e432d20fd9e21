"""The real program as its operator starts it: `python -m bot` in a process of its own, on loopback.

Everything it can write to lies in one folder: DATA_DIR, HOME, TMPDIR, and what it said.
"""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import pytest

from storage import postmaster
from tests import daylight
from tests.forks import Fork, done

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
START = 60.0  # seconds; a start takes about three
COMMAND = 120.0  # seconds
SHUTDOWN = 10.0  # seconds; what issue 2 promises


class Program:
    """One `python -m bot run` or `demo`, to be started, killed and started again."""

    def __init__(self, folder: Path, command: str = "run", **settings: str) -> None:
        """Nothing runs yet. Args: settings: environment variables beside DATA_DIR and PORT."""
        self.folder = folder
        self.command = command
        self.fresh = False
        self.port = int(settings.pop("PORT", 0)) or free_port()
        self.settings = {"WORKERS": "4", **settings}
        self.prefix: tuple[str, ...] = ()  # what the command line begins with
        self.module: tuple[str, ...] = ("bot",)
        self.ahead = timedelta()  # of its clock
        self.child: subprocess.Popen[bytes] | Fork | None = None
        for name in ("home", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def data(self) -> Path:
        """The data folder; the demo has one of its own inside."""
        return self.folder / "var" / ("demo" if self.command == "demo" else "")

    def anew(self) -> Self:
        """It starts an interpreter of its own each time, as an operator does: no fork of one."""
        self.fresh = True
        return self

    def by_day(self) -> Self:
        """At night its clock is set to the morning, so that notices go out; by day nothing is."""
        self.ahead = daylight.ahead()
        if self.ahead:
            self.module = ("tests.daylight", str(self.ahead.total_seconds()))
        return self

    def clock(self) -> datetime:
        """What time it is for the program."""
        return datetime.now(UTC) + self.ahead

    def start(self) -> float:
        """Start and wait until it answers; returns the seconds that took."""
        began = time.monotonic()
        self.spawn()
        until(self._answers, "the program does not answer", START)
        return time.monotonic() - began

    def spawn(self) -> subprocess.Popen[bytes] | Fork:
        """Start without waiting."""
        files = self.folder / "stdout", self.folder / "stderr"
        if not self.fresh and not self.prefix:
            words = (*self.module, self.command)
            self.child = Fork(words, self.folder, self.environment(), *files)
            return self.child
        with files[0].open("ab") as out, files[1].open("ab") as err:
            self.child = subprocess.Popen(  # noqa: S603 # our own words
                [*self.prefix, sys.executable, "-m", *self.module, self.command],
                cwd=self.folder,  # a developer's .env stays out of it
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        return self.child

    def environment(self) -> dict[str, str]:
        """All the program gets to know of this machine."""
        return {
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "LC_ALL": "C.UTF-8",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "DATA_DIR": str(self.folder / "var"),
            "PORT": str(self.port),
            **self.settings,
        }

    def bot(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Another command beside this program, on its data folder."""
        environment = {**self.environment(), "DATA_DIR": str(self.data), **settings}
        if not self.fresh:
            return done(["bot", *words], self.folder, environment, COMMAND)
        return subprocess.run(  # noqa: S603 # our own words
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND,
            check=False,
        )

    def kill(self, *, python: bool = True, postgres: bool = False) -> None:
        """`kill -9`, the database first if both: whatever it was doing is cut off."""
        file = postmaster.running(self.data / "postgres") if postgres else None
        if file is not None:
            os.kill(file.pid, signal.SIGKILL)
        if python and self.child is not None:
            self.child.kill()
            self.child.wait()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code.

        Raises:
            subprocess.TimeoutExpired: it needs more than `SHUTDOWN`.
        """
        child = self._running()
        child.send_signal(how)
        return child.wait(SHUTDOWN)

    def end(self) -> None:
        """Whatever still runs ends, so that no test leaves anything behind."""
        self.kill()
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def said(self, stream: str = "stderr") -> str:
        """All it has printed so far, over every start."""
        file = self.folder / stream
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def postgres_log(self) -> str:
        """What PostgreSQL has logged."""
        files = sorted((self.data / "log").glob("*.log"))
        return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)

    def processes(self) -> dict[int, str]:
        """Living processes whose command line names this program's folder."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):  # it ended meanwhile
                line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if str(self.folder) in line:
                    found[int(entry.parent.name)] = line.strip()
        return found

    def _running(self) -> subprocess.Popen[bytes] | Fork:
        assert self.child is not None, "not started"
        return self.child

    def _answers(self) -> bool:
        code = self._running().poll()
        assert code is None, f"it ended with code {code}:\n{self.said()[-3000:]}"
        try:
            return get(self.port, "/health") == http.client.OK
        except OSError:
            return False


def get(port: int, path: str) -> int:
    """Status of a page."""
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def free_port() -> int:
    """A port nobody listens on, just now."""
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def until(true: Callable[[], bool], otherwise: str, patience: float = START) -> None:
    """Wait until something is true."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)


@contextmanager
def copied(made: Path, folder: Path, **settings: str) -> Iterator[Program]:
    """The demo on a copy of its data, in a folder of this test's own; not started yet."""
    program = Program(folder, "demo", **settings)
    program.data.parent.mkdir(mode=0o700)
    shutil.copytree(made, program.data)
    try:
        yield program
    finally:
        program.end()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped demo's data folder: stations, officers and tips are made once per test run.

    Modules import this fixture; the folder is shared between them.
    """
    folder = tmp_path_factory.getbasetemp() / "made"
    if not folder.exists():
        program = Program(folder, "demo")
        program.start()
        assert program.stop() == 0
    return folder / "var" / "demo"
