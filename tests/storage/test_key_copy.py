"""The keys go their own way: into a file of their own, without those of the channels."""

import tarfile
from datetime import date
from pathlib import Path

import pytest

from storage import key_copy
from storage.backup import BackupError

TODAY = date(2026, 3, 2)


def keys_of(tmp_path: Path) -> Path:
    keys = tmp_path / "var" / "keys"
    for name in ("database", "receipt", "channel/2026-03-02", "retention/2026-03"):
        (keys / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (keys / name).write_bytes(name.encode() * 4)
        (keys / name).chmod(0o600)
    return keys


def test_keys_are_copied_apart_without_those_of_the_channels(tmp_path: Path) -> None:
    keys, file = keys_of(tmp_path), tmp_path / "usb" / "keys.tar"
    file.parent.mkdir()
    assert key_copy.copied(keys) is None

    key_copy.backup_keys(keys, file, today=TODAY)

    assert key_copy.copied(keys) == TODAY
    assert key_copy.uncopied(keys) == ()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (keys / "COPIED").stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        assert tar.getnames() == ["database", "receipt", "retention/2026-03"]
    assert b"channel" not in file.read_bytes()


def test_copied_keys_come_back_private_and_equal(tmp_path: Path) -> None:
    keys, file, elsewhere = keys_of(tmp_path), tmp_path / "keys.tar", tmp_path / "new" / "keys"
    key_copy.backup_keys(keys, file, today=TODAY)

    key_copy.restore_keys(file, elsewhere)

    for name in ("database", "receipt", "retention/2026-03"):
        assert (elsewhere / name).read_bytes() == (keys / name).read_bytes()
    assert all(path.stat().st_mode & 0o077 == 0 for path in [elsewhere, *elsewhere.rglob("*")])
    with pytest.raises(BackupError, match="holds keys already"):
        key_copy.restore_keys(file, elsewhere)


def test_a_key_made_after_the_copy_is_known_to_be_missing_from_it(tmp_path: Path) -> None:
    keys = keys_of(tmp_path)
    key_copy.backup_keys(keys, tmp_path / "keys.tar", today=TODAY)

    (keys / "retention" / "2026-04").write_bytes(b"april")
    (keys / "channel" / "2026-04-01").write_bytes(b"never copied")

    assert key_copy.uncopied(keys) == ("retention/2026-04",)


def test_a_copy_inside_the_data_folder_is_refused(tmp_path: Path) -> None:
    keys = keys_of(tmp_path)

    with pytest.raises(BackupError, match="would be lost with it"):
        key_copy.backup_keys(keys, tmp_path / "var" / "keys.tar", today=TODAY)

    assert key_copy.copied(keys) is None


def test_a_key_others_can_read_is_not_copied(tmp_path: Path) -> None:
    keys = keys_of(tmp_path)
    (keys / "receipt").chmod(0o644)

    with pytest.raises(BackupError, match="mode 0644"):
        key_copy.backup_keys(keys, tmp_path / "keys.tar", today=TODAY)

    assert not (tmp_path / "keys.tar").exists()
    assert key_copy.copied(keys) is None


@pytest.mark.parametrize("name", ["../database", "/database"])
def test_a_key_file_that_would_land_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "keys.tar"
    with tarfile.open(file, "w") as tar:
        tar.addfile(tarfile.TarInfo(name))

    with pytest.raises(BackupError, match="is not a copy of keys"):
        key_copy.restore_keys(file, tmp_path / "new" / "keys")
