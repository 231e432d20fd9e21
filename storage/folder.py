"""The data folder: private to its owner, and held by one running program at a time."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from storage.private import LooseError, assert_private, make_private


class ServerError(Exception):
    """What is wrong with the data folder or its database, the value seen, and how to mend it."""


class Hold:
    """The right to run on a data folder. The system takes it back when the process ends, however.

    `flock` needs Linux or macOS; elsewhere point DATABASE_URL at a PostgreSQL of your own.
    """

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def take(cls, folder: Path) -> Self:
        """Make or check the folder, and hold it until `release`.

        Raises:
            ServerError: others can enter the folder, another account owns it, or another
                process holds it.
        """
        _prepare(folder)
        # Children do not inherit the handle (PEP 446): an orphaned server does not keep the hold.
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode(errors="replace").strip() or "unknown"
            os.close(handle)
            raise ServerError(
                f"{folder} is in use by process {holder}: stop that one first "
                "(Ctrl-C, or kill and its number), or set DATA_DIR to another folder"
            ) from None
        with suppress(OSError):  # a full disk: the number is only for whoever comes second
            os.truncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode())
        return cls(handle)

    def release(self) -> None:
        """Let the next program have the folder. Safe to repeat."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def private_folder(folder: Path) -> None:
    """`make_private`, with the error an operator of the server expects."""
    try:
        make_private(folder)
    except LooseError as error:
        raise ServerError(str(error)) from None
    except OSError as error:
        raise ServerError(
            f"cannot make the folder {folder} ({error.strerror}): "
            "set DATA_DIR to a place this account may write to"
        ) from error


def private_path(path: Path) -> None:
    """`assert_private`, with the error an operator of the server expects."""
    try:
        assert_private(path)
    except LooseError as error:
        raise ServerError(str(error)) from None


def _prepare(folder: Path) -> None:
    private_folder(folder)
    owner, me = folder.stat().st_uid, os.geteuid()
    if owner != me:
        raise ServerError(
            f"{folder} belongs to account {owner} but this program runs as account {me}: "
            f"run it as account {owner}, or give the folder away with chown -R {me}"
        )
