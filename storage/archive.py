"""The backup file: a plain tar of a dump and of what is said about it.

    database.dump   what `pg_dump --format=custom` wrote
    manifest.json   schema revision, day, PostgreSQL major, roles, sum of the dump

It opens without this program (tar, then pg_restore). The dump streams into it once, so a backup
needs room for itself only.
"""

import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from storage.draft import draft
from storage.folder import ServerError

_DUMP, _MANIFEST = "database.dump", "manifest.json"
_KIND = "tieng-loa database 1"
_BLOCK = tarfile.BLOCKSIZE


class BackupError(ServerError):
    """Why there is no backup, or why it was not restored, and how to mend it."""


@dataclass(frozen=True)
class Manifest:
    """What a backup is of."""

    day: str
    """ISO date."""
    revision: str | None
    """Of the schema; None if no migration had run."""
    postgres: int
    """PostgreSQL's major version."""
    roles: dict[str, bool]
    """Roles that rights were granted to, and whether one can log in as them. No passwords."""
    sha256: str = ""
    kind: str = _KIND


def write(file: Path, dump: Iterable[bytes], manifest: Manifest) -> None:
    """Write a backup file; `manifest.sha256` is filled in.

    Raises:
        BackupError: the file cannot be written, for instance as the disk is full.
    """
    try:
        with draft(file) as out:
            seen = hashlib.sha256()
            size = 0
            out.seek(_BLOCK)  # the dump's tar header, once its size is known
            for block in dump:
                size += out.write(block)
                seen.update(block)
            _pad(out, size)
            said = json.dumps(asdict(manifest) | {"sha256": seen.hexdigest()}, indent=1).encode()
            out.write(_header(_MANIFEST, len(said)))
            out.write(said)
            _pad(out, len(said))
            out.write(bytes(2 * _BLOCK))
            out.seek(0)
            out.write(_header(_DUMP, size))
    except OSError as error:
        raise BackupError(f"cannot write {file}: {error.strerror}") from error


@contextmanager
def reading(file: Path) -> Iterator[tuple[Manifest, IO[bytes]]]:
    """The manifest and the dump of a backup file, once its sum has proved right.

    Raises:
        BackupError: no backup of ours, or damaged.
    """
    with ExitStack() as stack:
        yield _open(file, stack)


def _open(file: Path, stack: ExitStack) -> tuple[Manifest, IO[bytes]]:
    try:
        tar = stack.enter_context(tarfile.open(file, "r:"))  # noqa: SIM115 # the stack closes it
        manifest = Manifest(**json.load(_member(tar, _MANIFEST)))
        dump = _member(tar, _DUMP)
        whole = _sum(dump) == manifest.sha256
        dump.seek(0)
    except (tarfile.TarError, KeyError, ValueError, TypeError) as error:
        raise BackupError(
            f"{file} is not a backup of this program, or it is cut short ({error}): "
            "use a file written by python -m bot backup FILE"
        ) from error
    except OSError as error:
        raise BackupError(f"cannot read {file}: {error.strerror}") from error
    if manifest.kind != _KIND:
        raise BackupError(f"{file} is of kind {manifest.kind!r}, this program reads {_KIND!r}")
    if not whole:
        raise BackupError(f"{file} is damaged, its sum is wrong: use another copy of it")
    return manifest, dump


def _sum(dump: IO[bytes]) -> str:
    seen = hashlib.sha256()
    while piece := dump.read(2**20):
        seen.update(piece)
    return seen.hexdigest()


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


def _pad(out: IO[bytes], size: int) -> None:
    out.write(bytes(-size % _BLOCK))
