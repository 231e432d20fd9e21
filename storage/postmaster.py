"""A server another process may have left behind: what its pid file says, and whether it lives."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from storage import postgres
from storage.folder import ServerError

_FAST, _IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # PostgreSQL's words for its ways to stop
_PATIENCE = 60.0  # a fast shutdown writes a checkpoint, which a slow disk makes long


@dataclass(frozen=True)
class PidFile:
    """What `postmaster.pid` says, true or stale."""

    pid: int
    sockets: Path
    ready: bool


def read(data: Path) -> PidFile | None:
    """The pid file of a server's data; None when there is none, or it is being written."""
    try:
        lines = os.fsdecode((data / "postmaster.pid").read_bytes()).split("\n")
        # Lines: pid, data, start time, port, socket folder, address, shared memory, state.
        return PidFile(int(lines[0]), Path(lines[4]), lines[7].strip() == "ready")
    except (FileNotFoundError, IndexError, ValueError):
        return None


def running(data: Path) -> PidFile | None:
    """The pid file of a server that is really alive on this data, ready or not."""
    file = read(data)
    return file if file and _serves(file.pid, data) else None


def stop_orphan(data: Path, sockets: Path) -> None:
    """Stop a server whose program was killed; clear the files of one that was killed itself.

    Call it only while holding the data folder: then whatever still runs there is nobody's.

    Raises:
        ServerError: it does not stop.
    """
    orphan = running(data)
    if orphan is not None:
        for how in (_FAST, _IMMEDIATE):
            if _ends(orphan.pid, data, how):
                break
        else:
            raise ServerError(
                f"a PostgreSQL left over from an earlier run (process {orphan.pid}) does not stop: "
                f"kill -9 {orphan.pid} and start again, nothing that was committed gets lost"
            )
    _clear(data, sockets)


def _clear(data: Path, sockets: Path) -> None:
    """Remove lock files nobody stands behind.

    PostgreSQL clears them itself unless another process has been given the dead server's number,
    which in a container, where numbers are small, is likely. It still checks by shared memory
    that no server process of these data is alive.
    """
    for file in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        file.unlink(missing_ok=True)


def _ends(pid: int, data: Path, how: signal.Signals) -> bool:
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return True
    end = time.monotonic() + _PATIENCE
    while _serves(pid, data):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _serves(pid: int, data: Path) -> bool:
    """Whether this process is a PostgreSQL on these data, and not one that got its number."""
    if Path("/proc/self").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False
        return Path(os.fsdecode(words[0])).name == "postgres" and os.fsencode(data) in words
    # macOS (not tested) has no /proc.
    said = postgres.run(["ps", "-ww", "-o", "command=", "-p", str(pid)]).stdout
    return "postgres" in said and str(data) in said
