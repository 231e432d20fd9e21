"""The embedded PostgreSQL: made on first use, started as a child, stopped with the program.

    DATA_DIR/lock                  held while a program runs the server
    DATA_DIR/postgres/             PostgreSQL's own files
    DATA_DIR/.s.PGSQL.5432         its only door, unless the path is too long for a socket
    DATA_DIR/log/postgres-Mon.log  its log, one file per weekday; no statement and no value in it

Linux; macOS should work and is not tested; Windows needs a PostgreSQL of its own.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from storage import cluster, postgres, postmaster
from storage.door import DATABASE, OWNER, Door, attach, data_of, door_for, log_of
from storage.folder import Hold, ServerError
from storage.server_log import ServerLog
from storage.tuning import Tuning

__all__ = ["DATABASE", "OWNER", "Door", "Server", "ServerError", "Tuning", "attach", "borrowed"]

_LINGERING = "pre-existing shared memory block"  # a killed server's processes, for a moment

_TELL_EVERY = 3.0  # seconds


def _quiet(_said: str) -> None:
    pass


class Server:
    """One PostgreSQL on one data folder, as long as this object is started.

    Not for several threads at once. Python must live to stop it: a program that wants to end on
    SIGTERM handles that signal, or leaves an orphan, which the next start stops.
    """

    def __init__(
        self,
        folder: Path,
        *,
        password: str,
        tuning: Tuning | None = None,
        progress: Callable[[str], None] = _quiet,
    ) -> None:
        """Nothing happens yet.

        Args:
            folder: the data folder, made if missing.
            password: the owner's. It is set on first use and must stay the same.
            tuning: desk size unless told.
            progress: told every few seconds what a long start (crash recovery) is doing.
        """
        self._home = folder.resolve()
        self._data = data_of(self._home)
        self._log = ServerLog(log_of(self._home))
        self._password = password
        self._tuning = tuning or Tuning()
        self._progress = progress
        self._hold: Hold | None = None
        self._door: Door | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Hold the folder, stop what an earlier run left, and start, however long recovery takes.

        Raises:
            ServerError: the folder is open to others or in use, or PostgreSQL does not start.
        """
        self._hold = Hold.take(self._home)
        try:
            self._door = door_for(self._home)
            postmaster.stop_orphan(self._data, self.door.sockets)
            cluster.make(self._home, self._guise, self._password, durable=self._tuning.durable)
            self._launch()
            self._make_database()
        except BaseException:
            self.stop()
            raise

    def stop(self, patience: float = 8.0) -> None:
        """Stop and let go of the folder. Safe to repeat.

        Args:
            patience: seconds for an orderly stop; after that open work is cut off, which loses
                nothing committed and makes the next start recover.
        """
        if self._hold is None:
            return
        self._halt(patience)
        if self._door is not None and self._door.sockets != self._home:
            shutil.rmtree(self._door.sockets, ignore_errors=True)
        self._door = None
        self._hold.release()
        self._hold = None

    def restart(self) -> None:
        """Start anew after the server died, or stop it first if it did not.

        Raises:
            ServerError: PostgreSQL does not start.
        """
        self._halt()
        postmaster.stop_orphan(self._data, self.door.sockets)
        self._launch()

    def poll(self) -> int | None:
        """The exit code of a server that ended (negative: the signal), None while it runs."""
        return self._child.poll() if self._child is not None else 0

    @property
    def alive(self) -> bool:
        """Whether the server's process runs."""
        return self.poll() is None

    @property
    def door(self) -> Door:
        """Where it lets in, once started."""
        if self._door is None:
            raise ServerError(f"the server of {self._home} is not started")
        return self._door

    def url(self, user: str, password: str, database: str = DATABASE) -> str:
        """A libpq URL for one of its roles."""
        return self.door.url(user, password, database)

    @property
    def owner_url(self) -> str:
        """The URL that may do everything: for migrations, backup and restore."""
        return self.url(OWNER, self._password)

    @cached_property
    def _guise(self) -> postgres.Guise:
        return postgres.guise_for(self._home)

    def _launch(self) -> None:
        lingering_until = time.monotonic() + 30
        while True:
            self._child = self._spawn()
            if self._becomes_ready(self._child):
                return
            tail = self._log.last_words()
            if _LINGERING not in tail or time.monotonic() > lingering_until:
                what = f"PostgreSQL ended while starting (exit code {self.poll()})"
                raise cluster.failure(what, self._home, tail)
            time.sleep(0.2)

    def _spawn(self) -> subprocess.Popen[bytes]:
        sockets = str(self.door.sockets).replace('"', '""')
        settings = self._tuning.settings() | {"unix_socket_directories": f'"{sockets}"'}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        output = self._log.begin()
        try:
            return subprocess.Popen(  # noqa: S603 # our own words and paths, no shell
                self._guise.command("postgres", "-D", str(self._data), *words),
                env=postgres.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for us; the server stops last
            )
        finally:
            os.close(output)

    def _becomes_ready(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait until the server accepts log-ins, or ends. No limit: recovery takes what it takes.

        The pid file must name our child: one left by a killed server says "ready" as well.
        """
        began = told = time.monotonic()
        while child.poll() is None:
            file = postmaster.read(self._data)
            if file is not None and file.ready and file.pid == child.pid:
                return True
            if time.monotonic() - told >= _TELL_EVERY:
                told = time.monotonic()
                doing = self._log.tail().splitlines()[-1:] or ["(silent)"]
                self._progress(f"PostgreSQL has been starting for {told - began:.0f} s: {doing[0]}")
            time.sleep(0.005)
        return False

    def _make_database(self) -> None:
        """On first use only; and each start thereby proves that password and files match."""
        try:
            with psycopg.connect(
                self.url(OWNER, self._password, "postgres"), autocommit=True
            ) as connection:
                known = connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)
                )
                if known.fetchone() is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.Error as error:
            if "password authentication failed" in str(error):
                raise ServerError(
                    f"the database in {self._data} was made under another password: its files and "
                    "these keys do not belong together; put back the keys of this database"
                ) from None
            raise cluster.failure("the database cannot be opened", self._home, str(error)) from None

    def _halt(self, patience: float = 8.0) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for how, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 5.0)):
            if child.poll() is None:
                child.send_signal(how)
                with suppress(subprocess.TimeoutExpired):
                    child.wait(seconds)
        child.kill()
        child.wait()


@contextmanager
def borrowed(folder: Path, *, password: str, tuning: Tuning | None = None) -> Iterator[Door]:
    """The door of the server that runs on this folder, or of one started for the while.

    For commands beside `run`: doctor, backup.

    Raises:
        ServerError: none runs and none can be started.
    """
    door = attach(folder)
    if door is not None:
        yield door
        return
    with Server(folder, password=password, tuning=tuning) as server:
        yield server.door
