"""A copy of the key files, apart from the database's backup: only both together can read tips.

Channel keys never leave: what they seal must become unreadable after days. Nor do the keys by which
twins are found: without them no twins are shown for a while, no more. Retention keys do leave, so
a copy older than the retention period holds keys that were meant to be destroyed: keep the newest
copy only.
"""

import tarfile
from datetime import date
from io import BytesIO
from pathlib import Path

from storage.archive import BackupError
from storage.draft import draft
from storage.private import LooseError, assert_private, make_private

_COPIED = "COPIED"
_STAY = ("channel", "twins", _COPIED)
_LARGEST = 2**16  # bytes; a key has 32


def backup_keys(keys: Path, file: Path, *, today: date) -> None:
    """Copy the keys into a tar, and note in the key folder that it was done.

    Raises:
        BackupError: a key that others can read, a place inside the data folder, or no place.
    """
    if file.resolve().is_relative_to(keys.resolve().parent):
        raise BackupError(
            f"{file} lies in the data folder and would be lost with it: "
            "name a file on a removable disk, then lock that away"
        )
    names = _names(keys)
    if not names:
        raise BackupError(f"{keys} holds no keys yet: start the program once, then copy")
    try:
        with draft(file) as out, tarfile.open(fileobj=out, mode="w") as tar:
            for name in names:
                assert_private(keys / name)
                _add(tar, name, (keys / name).read_bytes())
        with draft(keys / _COPIED) as out:
            out.write("\n".join([today.isoformat(), *names, ""]).encode())
    except LooseError as error:
        raise BackupError(str(error)) from None
    except OSError as error:
        raise BackupError(f"cannot write {file}: {error.strerror}") from error


def restore_keys(file: Path, keys: Path) -> None:
    """Put copied keys into a key folder that has none.

    Raises:
        BackupError: there are keys already, or the file is no copy of keys.
    """
    make_private(keys)
    if _names(keys):
        raise BackupError(f"{keys} holds keys already: move them away first, do not delete them")
    try:
        with tarfile.open(file, "r:") as tar:
            found = [_read(tar, member) for member in tar.getmembers()]
            for name, content in found:
                _put(keys, name, content)
    except (tarfile.TarError, ValueError) as error:
        raise BackupError(f"{file} is not a copy of keys ({error})") from error
    except OSError as error:
        raise BackupError(f"cannot read {file}: {error.strerror}") from error


def copied(keys: Path) -> date | None:
    """The day of the latest copy; None if there never was one."""
    lines = _noted(keys)
    return date.fromisoformat(lines[0]) if lines else None


def uncopied(keys: Path) -> tuple[str, ...]:
    """Names of keys made since the latest copy, such as "retention/2026-12"."""
    return tuple(sorted(set(_names(keys)) - set(_noted(keys)[1:])))


def _noted(keys: Path) -> list[str]:
    note = keys / _COPIED
    return note.read_text().split("\n") if note.exists() else []


def _names(keys: Path) -> list[str]:
    """Keys that may leave, relative to the folder. Files being written begin with a dot."""
    files = (path.relative_to(keys) for path in keys.rglob("*") if path.is_file())
    return sorted(
        str(name)
        for name in files
        if name.parts[0] not in _STAY and not name.name.startswith(".") and name.suffix != ".part"
    )


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, BytesIO(content))


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> tuple[str, bytes]:
    """A key's name and content. No key's name has a dot, so none can lead out of the folder."""
    content = tar.extractfile(member)
    if content is None or "." in member.name or member.name[0] == "/" or member.size > _LARGEST:
        raise ValueError(f"{member.name!r} is no key")
    return member.name, content.read()


def _put(keys: Path, name: str, content: bytes) -> None:
    target = keys / name
    for folder in reversed(Path(name).parents[:-1]):
        make_private(keys / folder)
    with draft(target) as out:
        out.write(content)
