"""Key files: private, made once whoever comes first, and gone for everybody when destroyed."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage import vault
from storage.keyring import KeyGoneError, Keyring
from storage.private import LooseError

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 2)

# Another program on the same folder: waits for the starting shot, then asks for keys.
RACER = """
import sys
from datetime import date
from pathlib import Path
from storage.keyring import Keyring
folder = Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
keyring = Keyring(folder)
keys = [keyring.channel(date(2026, 3, day)).secret.hex() for day in range(1, 29)]
print(keyring.database, keyring.receipt.hex(), keyring.retention("2026-03").hex(), *keys)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def test_every_key_is_a_private_file_of_32_bytes_in_a_private_folder(folder: Path) -> None:
    keyring = Keyring(folder)
    _ = keyring.database, keyring.receipt, keyring.retention("2026-03"), keyring.channel(TODAY)

    files = [path for path in folder.rglob("*") if path.is_file()]
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    assert sorted(str(f.relative_to(folder)) for f in files) == [
        "channel/2026-03-02",
        "database",
        "receipt",
        "retention/2026-03",
    ]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    assert {path.stat().st_size for path in files} == {vault.KEY_BYTES}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
def test_a_key_others_may_read_stops_the_program(folder: Path, mode: int) -> None:
    _ = Keyring(folder).receipt
    (folder / "receipt").chmod(mode)

    with pytest.raises(LooseError, match="chmod 0600"):
        Keyring(folder)


@pytest.mark.parametrize("name", ["", "channel", "retention", "twins"])
def test_a_key_folder_others_may_enter_stops_the_program(folder: Path, name: str) -> None:
    Keyring(folder)
    (folder / name).chmod(0o750)

    with pytest.raises(LooseError, match="chmod 0700"):
        Keyring(folder)


def test_the_same_key_comes_back_after_a_restart(folder: Path) -> None:
    first, again = Keyring(folder), Keyring(folder)

    assert first.receipt == again.receipt
    assert first.database == again.database
    assert first.retention("2026-03") == again.retention_of("2026-03")
    assert first.channel(TODAY) == again.channel_of(TODAY)


def test_programs_racing_to_make_a_key_get_the_same_one(folder: Path) -> None:
    Keyring(folder)
    racers = [
        subprocess.Popen(  # noqa: S603 # our own words
            [sys.executable, "-c", RACER, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"

    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate()[0] for racer in racers]

    assert len(set(said)) == 1
    assert len(set(said[0].split())) == 31
    assert all(racer.returncode == 0 for racer in racers)


def test_threads_racing_to_make_a_key_get_the_same_one(folder: Path) -> None:
    keyring = Keyring(folder)
    days = [TODAY + timedelta(days=i) for i in range(40)]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda day: keyring.channel(day).secret, sorted(days * 8)))

    assert len(set(found)) == len(days)


def test_a_half_made_key_of_a_killed_program_does_not_stand_in_the_way(folder: Path) -> None:
    Keyring(folder)
    # In a container the killed program and its successor have the same number.
    (folder / f".receipt.{os.getpid()}.part").touch(mode=0o600)

    assert len(Keyring(folder).receipt) == vault.KEY_BYTES


def test_a_destroyed_key_is_gone_for_everybody_at_once(folder: Path) -> None:
    mine, others = Keyring(folder), Keyring(folder)
    mine.retention("2026-03")
    mine.channel(TODAY)
    others.retention_of("2026-03")

    mine.destroy_retention("2026-03")
    mine.destroy_channel(TODAY)

    for keyring in (mine, others, Keyring(folder)):
        with pytest.raises(KeyGoneError):
            keyring.retention_of("2026-03")
        with pytest.raises(KeyGoneError):
            keyring.channel_of(TODAY)
        assert keyring.retention_months() == ()
        assert keyring.channel_days() == ()


def test_destroying_overwrites_the_bytes_on_disk(folder: Path, tmp_path: Path) -> None:
    keyring = Keyring(folder)
    secret = keyring.retention("2026-03")
    (tmp_path / "same blocks").hardlink_to(folder / "retention/2026-03")

    keyring.destroy_retention("2026-03")
    keyring.destroy_retention("2026-03")  # nothing is left to destroy

    assert secret not in (tmp_path / "same blocks").read_bytes()


def test_keys_are_listed_newest_first_and_expire_after_two_days(folder: Path) -> None:
    keyring = Keyring(folder)
    for back in (3, 0, 1, 2):
        keyring.channel(TODAY - timedelta(days=back))
    for month in ("2025-12", "2026-03", "2026-01"):
        keyring.retention(month)

    assert keyring.channel_days() == tuple(TODAY - timedelta(days=n) for n in range(4))
    assert keyring.retention_months() == ("2026-03", "2026-01", "2025-12")
    assert keyring.expired_channel_days(TODAY) == (date(2026, 2, 28), date(2026, 2, 27))


def test_a_days_key_finds_an_address_without_showing_it(folder: Path) -> None:
    today, yesterday = (Keyring(folder).channel(TODAY - timedelta(days=n)) for n in (0, 1))

    assert today.mac("webchat", "lan") == today.mac("webchat", "lan")
    others = {
        today.mac("webchat", "lan"),
        yesterday.mac("webchat", "lan"),
        today.mac("telegram", "lan"),
        today.mac("webchat", "minh"),
        today.mac("webchatl", "an"),
    }
    assert len(others) == 5


def test_what_a_day_sealed_opens_on_that_day_and_in_that_row_only(folder: Path) -> None:
    today, yesterday = (Keyring(folder).channel(TODAY - timedelta(days=n)) for n in (0, 1))
    sealed = today.seal(b"lan", "inbox 1")

    assert today.unseal(sealed, "inbox 1") == b"lan"
    for key, context in ((yesterday, "inbox 1"), (today, "inbox 2")):
        with pytest.raises(vault.SealError):
            key.unseal(sealed, context)
