"""What processes of Linux have used of the processor so far."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _SYSTEM, _ENDED_USER, _ENDED_SYSTEM = 1, 11, 12, 13, 14  # proc(5), after the name


def cpu(pid: int) -> float:
    """Seconds one process has used itself."""
    fields = _stat(pid)
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICK


def cpu_of_family(pid: int) -> float:
    """Seconds a process, its living children and its ended ones have used."""
    fields = _stat(pid)
    ended = (int(fields[_ENDED_USER]) + int(fields[_ENDED_SYSTEM])) / _TICK
    return cpu(pid) + ended + sum(cpu(child) for child in _children(pid))


def peak_memory() -> float:
    """MiB this process has held at most. Not `getrusage`: that begins with its parent's peak."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def _children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(_stat(int(entry.name))[_PARENT])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            found.append(int(entry.name))
    return found


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
