"""Folders and files that nobody but the account running the program may read."""

import stat
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class LooseError(Exception):
    """A folder or file that must be private can be read by others."""


def make_private(folder: Path) -> None:
    """Make a folder only its owner can enter, or check the one that is there.

    Raises:
        LooseError: it exists and others may enter.
    """
    # `parents=True` would leave the missing folders above to the umask.
    for path in reversed([path for path in folder.parents if not path.exists()]):
        path.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    assert_private(folder)


def assert_private(path: Path) -> None:
    """Refuse a folder or file that group or others can read, write or enter.

    Raises:
        LooseError: with the mode seen and the command that mends it.
    """
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _OTHERS:
        wanted = "0700" if path.is_dir() else "0600"
        raise LooseError(
            f"{path} has mode {mode:04o}, so other accounts of this machine can read it: "
            f"run chmod {wanted} '{path}' and consider its content known to them"
        )
