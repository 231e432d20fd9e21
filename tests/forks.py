"""Starts the program without importing it anew.

Imports are two thirds of a start. An interpreter that has done them waits (the fork server of
`multiprocessing`); each start is a fork of it that gets its own environment, folder, session and
command line, and then does what `python -m bot` does. Killed, stopped and waited for, it is a
process like any other. `Program.anew` starts without it.
"""

import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from multiprocessing import get_context
from pathlib import Path
from signal import Signals

_server = get_context("forkserver")
_server.set_forkserver_preload(["bot.cli", "bot.app", "bot.demo", "bot.admin", "bot.safekeeping"])


class Fork:
    """A running program, as far as tests use `subprocess.Popen`."""

    def __init__(
        self,
        words: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        out: Path,
        err: Path,
    ) -> None:
        """Start it.

        Args:
            words: a module and its arguments, as after `python -m`.
            folder: where it runs.
            environment: all it gets to know of this machine.
            out: gets what it prints, after what is there.
            err: gets what it complains of, likewise.
        """
        given = (list(words), str(folder), dict(environment), str(out), str(err))
        self._process = _server.Process(target=_become, args=given, daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit code (negative: the signal), None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; its exit code.

        Raises:
            subprocess.TimeoutExpired: it has not ended after `timeout` seconds.
        """
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired("bot", timeout or 0.0)
        return code

    def kill(self) -> None:
        """`kill -9`."""
        self._process.kill()

    def send_signal(self, which: Signals) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, which)


def done(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], patience: float
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end.

    Raises:
        subprocess.TimeoutExpired: it has not ended after `patience` seconds.
    """
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        out, err = Path(scratch, "out"), Path(scratch, "err")
        child = Fork(words, folder, environment, out, err)
        try:
            code = child.wait(patience)
        finally:
            child.kill()
        said, complained = (f.read_text("utf-8", "replace") for f in (out, err))
    return subprocess.CompletedProcess(list(words), code, said, complained)


def _become(words: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> None:
    """Be `python -m WORDS`. Runs in the fork."""
    os.setsid()
    os.chdir(folder)
    os.environ.clear()  # noqa: TID251 # what the next interpreter would find
    os.environ.update(environment)  # noqa: TID251 # as above
    tempfile.tempdir = None  # TMPDIR has changed
    written = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, (path, how) in enumerate(
        ((os.devnull, os.O_RDONLY), (out, written), (err, written))
    ):
        opened = os.open(path, how, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    for stream in (sys.stdout, sys.stderr):
        assert isinstance(stream, TextIOWrapper)
        stream.reconfigure(encoding="utf-8", write_through=True)
    module, *arguments = words
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
