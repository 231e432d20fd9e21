"""The keys that live in files and in no database or backup of one.

    var/keys/database                secret the database passwords are derived from
    var/keys/receipt                 key of the receipts' HMAC
    var/keys/bot                     seals addresses that stay: officers' alert chats
    var/keys/subscribers             addresses of those who want notices, sealed and found by HMAC
    var/keys/channel/2026-11-21      one a day; whatever carries an address is sealed under it
    var/keys/retention/2026-11       one a month; encloses every wrap of that month's tips
    var/keys/twins/2026-11-09        one in thirty days; what twins of tips are found by
    var/keys/corrections             words of corrected tips, where they are kept to learn from

Deleting a channel or retention key is how rows become unreadable everywhere, in backups and raw
disk pages too. Folders are 0700 and files 0600; both are checked at every start.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from storage import vault
from storage.private import assert_private, make_private

# Addresses live this long (DESIGN §2 row 8), and at most a week while an unfinished row needs them.
CHANNEL_DAYS = 2
CHANNEL_DAYS_AT_MOST = 7


class KeyGoneError(Exception):
    """The key file this row was sealed under has been destroyed."""


class _AddressKey:
    """What a key that addresses lie under can do."""

    secret: bytes

    @cached_property
    def _mac_key(self) -> bytes:
        return vault.derive(self.secret, "channel mac")

    @cached_property
    def _seal_key(self) -> bytes:
        return vault.derive(self.secret, "channel seal")

    def mac(self, channel: str, value: str) -> bytes:
        """Finds rows by an address or a dedupe key."""
        return vault.mac(self._mac_key, f"{channel}\0{value}".encode())

    def seal(self, data: bytes, context: str) -> bytes:
        """Seal a payload; `context` names table and row."""
        return vault.seal(self._seal_key, data, context.encode())

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """What `seal` was given; raises `vault.SealError`."""
        return vault.unseal(self._seal_key, sealed, context.encode())


@dataclass(frozen=True)
class ChannelKey(_AddressKey):
    """The key of one day's inbox, conversation and outbox rows."""

    day: date
    secret: bytes


@dataclass(frozen=True)
class BotKey(_AddressKey):
    """The key of addresses that stay until somebody takes them away."""

    secret: bytes


class Keyring:
    """The key files of one data folder. Destroying one is for good."""

    def __init__(self, folder: Path) -> None:
        """Make what is missing and refuse what others may read.

        Raises:
            storage.private.LooseError: a folder or file that group or others can read.
        """
        self._folder = folder
        for name in ("", "channel", "retention", "twins"):
            make_private(folder / name)
        for file in folder.rglob("*"):
            with suppress(FileNotFoundError):  # another program's draft, finished meanwhile
                assert_private(file)

    @cached_property
    def database(self) -> str:
        """The secret that the embedded database's passwords are derived from, as hex."""
        return self._once("database").hex()

    @cached_property
    def receipt(self) -> bytes:
        """The key of the receipts' HMAC."""
        return self._once("receipt")

    @cached_property
    def bot(self) -> BotKey:
        """The key of addresses that stay."""
        return BotKey(self._once("bot"))

    @cached_property
    def subscribers(self) -> bytes:
        """The key of the addresses of those who want notices."""
        return self._once("subscribers")

    def channel(self, day: date) -> ChannelKey:
        """The key of a day, made if it is today's first use.

        Make keys for today only; rows of older days go through `channel_of`.
        """
        return ChannelKey(day, self._once(f"channel/{day.isoformat()}"))

    def channel_of(self, day: date) -> ChannelKey:
        """The key of a day that has one.

        Raises:
            KeyGoneError: destroyed; what it sealed is gone too.
        """
        return ChannelKey(day, self._read(f"channel/{day.isoformat()}"))

    def channel_days(self) -> tuple[date, ...]:
        """Days whose key still exists, newest first."""
        names = (file.name for file in (self._folder / "channel").iterdir())
        return tuple(sorted((date.fromisoformat(n) for n in names if _is_key(n)), reverse=True))

    def destroy_channel(self, day: date) -> None:
        """Make every address and message of that day unreadable."""
        self._destroy(f"channel/{day.isoformat()}")

    def expired_channel_days(self, today: date) -> tuple[date, ...]:
        """Days whose key is due to be destroyed, unless an unfinished row still needs it."""
        return tuple(d for d in self.channel_days() if d <= today - timedelta(days=CHANNEL_DAYS))

    def retention(self, month: str) -> bytes:
        """The key of a month ("2026-11"), made on first use. Enclose new wraps with it."""
        return self._once(f"retention/{month}")

    def retention_of(self, month: str) -> bytes:
        """The key of a month that has one.

        Raises:
            KeyGoneError: destroyed; the tips it enclosed are gone, in backups too.
        """
        return self._read(f"retention/{month}")

    def retention_months(self) -> tuple[str, ...]:
        """Months whose key still exists, newest first."""
        names = (file.name for file in (self._folder / "retention").iterdir())
        return tuple(sorted((n for n in names if _is_key(n)), reverse=True))

    def destroy_retention(self, month: str) -> None:
        """Shred every tip of that month that was not enclosed anew."""
        self._destroy(f"retention/{month}")

    def twins(self, period: str) -> bytes:
        """The key of a period, named by its first day; made on first use."""
        return self._once(f"twins/{period}")

    def twins_of(self, period: str) -> bytes:
        """The key of a period that has one; raises `KeyGoneError`."""
        return self._read(f"twins/{period}")

    def twins_periods(self) -> tuple[str, ...]:
        """Periods whose key still exists, newest first."""
        names = (file.name for file in (self._folder / "twins").iterdir())
        return tuple(sorted((n for n in names if _is_key(n)), reverse=True))

    def destroy_twins(self, period: str) -> None:
        """Nobody can ask any more which words a tip of that period had."""
        self._destroy(f"twins/{period}")

    @property
    def corrections(self) -> bytes:
        """The key of what is kept of corrected tips; made on first use."""
        return self._once("corrections")

    def destroy_corrections(self) -> None:
        """Nobody can ask any more which words a corrected tip had."""
        self._destroy("corrections")

    def _once(self, name: str) -> bytes:
        """Read a key, or make it: whoever makes it first wins, also between processes."""
        try:
            return self._read(name)
        except KeyGoneError:
            file = self._folder / name
            # A name of its own: threads race too, and containers give process numbers out again.
            part = file.with_name(f".{file.name}.{secrets.token_hex(8)}.part")
            part.touch(mode=0o600, exist_ok=False)
            with part.open("wb") as out:
                out.write(vault.new_key())
                out.flush()
                os.fsync(out.fileno())
            try:
                os.link(part, file)
            except FileExistsError:
                pass
            finally:
                part.unlink()
            _sync_folder(file.parent)
            return self._read(name)

    def _read(self, name: str) -> bytes:
        """Read a key. Not kept in memory: a key destroyed by one process is gone for all."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            raise KeyGoneError(f"no key {name}: destroyed, or kept on another machine") from None

    def _destroy(self, name: str) -> None:
        file = self._folder / name
        if file.exists():
            # Overwriting is best effort: disks may keep old blocks. Full-disk encryption covers it.
            with file.open("r+b") as out:
                out.write(bytes(file.stat().st_size))
                out.flush()
                os.fsync(out.fileno())
            file.unlink()
            _sync_folder(file.parent)


def _is_key(name: str) -> bool:
    return not name.startswith(".")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
