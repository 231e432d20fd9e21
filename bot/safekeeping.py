"""Backups from the command line: the database in one file, the keys in another."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.database import alone, visited
from bot.settings import Settings
from desk import clocks
from storage import backup as dumps
from storage import key_copy, migrate
from storage.keyring import Keyring

Say = Callable[[str], None]


def backup(settings: Settings, file: Path, keys: Path | None, say: Say) -> None:
    """Write the database to a file, also while the program runs.

    Raises:
        storage.backup.BackupError: nothing was written.
    """
    today = clocks.day_of(datetime.now(UTC))
    keyring = Keyring(settings.data_dir / "keys")
    with visited(settings, keyring) as database:
        manifest = dumps.backup(database.owner_url, file, today=today)
    say(f"{file}: PostgreSQL {manifest.postgres}, schema {manifest.revision}, {manifest.day}")
    if keys is not None:
        key_copy.backup_keys(settings.data_dir / "keys", keys, today=today)
        say(f"{keys}: the keys. Without them the backup opens nothing: lock this file away, "
            "never beside the backup.")  # fmt: skip
    elif key_copy.uncopied(settings.data_dir / "keys"):
        say("The keys have not been copied: run this again with --keys FILE on another disk.")


def restore(settings: Settings, file: Path, keys: Path | None, say: Say, *, replace: bool) -> None:
    """Put a backup back, and bring it to this program's schema.

    Raises:
        storage.backup.BackupError: the database was left as it was.
    """
    folder = settings.data_dir / "keys"
    if keys is not None:
        key_copy.restore_keys(keys, folder)
        say(f"{folder}: keys are back")
    keyring = Keyring(folder)
    with alone(settings, keyring, say) as database:
        manifest = dumps.restore(
            database.owner_url, file, replace=replace, known=migrate.revisions()
        )
        migrate.upgrade(database.owner_url, database.secret)
    say(f"restored the backup of {manifest.day}; start the program again with: make run")
