"""What a thief gets: a database without var/keys, and key files without a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import codes, envelope, logins, officers
from desk.errors import WrongReceiptError
from storage import tips, vault
from storage.keyring import KeyGoneError, Keyring
from tests import world as worlds
from tests.storage.rows import Owner
from tests.world import PASSWORD, World

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


@pytest.fixture
def stolen(world: World, owner_url: str, tmp_path: Path) -> Iterator[World]:
    """The same database beside a key folder of the thief's own."""
    office = worlds.open_office(
        owner_url, Keyring(tmp_path / "thief"), world.office.tools, world.clock
    )
    with office.store:
        yield World(office, world.clock, world.hoa, world.minh, world.ngan)


def test_a_stolen_database_opens_no_tip_even_with_an_officers_password(
    world: World, stolen: World
) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)

    with stolen.office.begin("desk") as desk:
        minh = logins.unlock(
            world.minh.officer,
            vault.password_key(PASSWORD, world.minh.officer.salt, desk.tools.password_cost),
        )
    assert minh.private_key == world.minh.private_key
    with pytest.raises(KeyGoneError):
        stolen.opened(minh, tip_id)


def test_a_stolen_database_finds_no_tip_by_its_receipt(world: World, stolen: World) -> None:
    receipt = world.submit(THEFT).receipt

    with pytest.raises(WrongReceiptError):
        stolen.follow(receipt)


def test_a_receipt_does_not_open_the_stolen_row_either(world: World, stolen: World) -> None:
    symbols = codes.read_symbols(world.submit(THEFT).receipt)
    tip_id = world.newest(world.minh)

    with stolen.office.begin("sweeps") as desk:
        wraps = tips.wraps_of(desk.session, tip_id)
    with pytest.raises(KeyGoneError):
        envelope.unwrap(
            stolen.office.tools.keyring,
            "2026-03",
            tip_id,
            envelope.RECEIPT,
            wraps[envelope.RECEIPT],
            envelope.receipt_private_key(symbols),
        )


def test_key_files_without_a_password_or_receipt_open_no_wrap(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)
    keyring = world.office.tools.keyring

    with world.office.begin("sweeps") as desk:
        wraps = tips.wraps_of(desk.session, tip_id)
    assert len(wraps) == 3
    for holder, enclosed in wraps.items():
        for private in (vault.new_key(), keyring.retention_of("2026-03"), keyring.receipt):
            with pytest.raises(vault.SealError):
                envelope.unwrap(keyring, "2026-03", tip_id, holder, enclosed, private)


def test_no_key_lies_open_in_the_database(world: World, owner_url: str) -> None:
    world.submit(THEFT)
    world.opened(world.minh, world.newest(world.minh))
    secrets_ = [who.private_key for who in (world.hoa, world.minh, world.ngan)]
    with world.office.begin("desk") as desk:
        secrets_ += [
            officers.station_key(desk, who, who.officer.station_code)
            for who in (world.hoa, world.ngan)
        ]

    with Owner(owner_url) as owner:
        tables = [
            name
            for (name,) in owner.all("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        for table in tables:
            dump = str(owner.all(f"SELECT to_jsonb(t)::text FROM {table} t"))  # noqa: S608 # above
            for secret in secrets_:
                assert secret.hex() not in dump, table
