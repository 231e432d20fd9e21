"""How to reach the embedded server: by a socket that only its owner's account can open."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from storage import postmaster
from storage.folder import ServerError, private_folder, private_path
from storage.tuning import PORT

OWNER = "tiengloa_owner"
DATABASE = "tiengloa"

_LONGEST = 100  # bytes of a socket's path; Linux takes 107 and macOS 103, and ".lock" comes on top


@dataclass(frozen=True)
class Door:
    """The folder of a running server's socket. Who enters still needs a password."""

    sockets: Path

    def url(self, user: str, password: str, database: str = DATABASE) -> str:
        """A libpq URL."""
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{user}:{quote(password, safe='')}@/{database}?host={host}&port={PORT}"


def attach(folder: Path) -> Door | None:
    """The door of the server that another process runs on this data folder; None if none is ready.

    Raises:
        ServerError: others could have put a socket of their own there.
    """
    home = folder.resolve()
    file = postmaster.running(data_of(home))
    if file is None or not file.ready:
        return None
    _assert_safe(file.sockets, home)
    return Door(file.sockets)


def door_for(home: Path) -> Door:
    """Where a server on this data folder is to put its socket, made if missing.

    Usually the data folder itself. Its path may be too long for a socket; then a private folder
    among the system's temporary ones, always the same for the same data folder.

    Raises:
        ServerError: that folder belongs to somebody else, or is open to others.
    """
    if _fits(home):
        return Door(home)
    name = f"tiengloa-{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"
    sockets = Path(tempfile.gettempdir()).resolve() / name
    if not _fits(sockets):
        raise ServerError(
            f"the path {home} is too long for a socket: set DATA_DIR to a shorter one"
        )
    private_folder(sockets)
    _assert_safe(sockets, home)
    return Door(sockets)


def data_of(home: Path) -> Path:
    """Where PostgreSQL's own files lie in a data folder."""
    return home / "postgres"


def log_of(home: Path) -> Path:
    """Where it writes its log; the server's settings say so relative to `data_of`."""
    return home / "log"


def _fits(folder: Path) -> bool:
    return len(f"{folder}/.s.PGSQL.{PORT}".encode()) <= _LONGEST


def _assert_safe(sockets: Path, home: Path) -> None:
    """In a folder for all, another account could have been first to make ours."""
    private_path(sockets)
    if sockets.is_symlink() or sockets.stat().st_uid != home.stat().st_uid:
        raise ServerError(
            f"{sockets} should be this program's own folder for its socket but belongs to another "
            "account: remove it, or set DATA_DIR to a shorter path"
        )
