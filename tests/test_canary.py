"""The canary: words planted in everything a browser sends, and searched for in all that is left.

Searched is every byte the program wrote and every page it showed to an officer. docs/privacy.md
says what may be where.
"""

import gzip
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from desk import conversations, inbox, queue, retention
from desk.desk import Tools
from desk.errors import NoSuchTipError, WrongReceiptError
from desk.inbox import Lane
from desk.officers import Signed
from storage import vault
from storage.keyring import ChannelKey, KeyGoneError, Keyring
from tests import records
from tests.citizen import RACHKIEN
from tests.life import TEXTS, Life, live
from tests.program import copied, made  # noqa: F401 # a fixture
from tests.scanner import Scanner


@pytest.fixture(scope="module")
def life(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Life]:
    with copied(made, tmp_path_factory.mktemp("life"), LOG_LEVEL="debug") as program:
        yield live(program, base_tools)


def test_nothing_a_browser_gives_away_is_found_in_anything_that_was_written(life: Life) -> None:
    assert len(life.identity) >= 40
    assert life.written(life.identity) == []
    assert "database system is ready" in life.program.postgres_log(), "it was among the files"


def test_nothing_a_browser_gives_away_is_shown_to_an_officer(life: Life) -> None:
    assert life.shown_to_officers(life.identity) == []
    assert life.shown_to_officers(life.secrets) == []


def test_no_word_about_a_tip_is_readable_on_disk(life: Life) -> None:
    assert life.written(life.texts) == []


def test_the_officer_of_the_station_did_read_those_words(life: Life) -> None:
    found = {hit.name for hit in life.shown_to_officers(life.texts)}
    assert found == set(TEXTS) - {"draft"}


def test_what_finds_a_conversation_or_a_tip_is_readable_nowhere(life: Life) -> None:
    assert life.written(life.secrets) == []


def test_a_receipt_opens_the_messages_of_its_own_tip_and_no_note(life: Life) -> None:
    mine, other = life.citizens
    public = {"question", "answer", "closing"}
    assert {name for name in TEXTS if life.texts[name] in mine} == public
    assert [name for name in TEXTS if life.texts[name] in other] == []


def test_a_stolen_database_without_the_keys_opens_nothing(
    life: Life, base_tools: Tools, tmp_path: Path
) -> None:
    # The thief even has the officer's password and the citizen's receipt, but not var/keys.
    with records.opened(life.program.data, base_tools) as owner:
        assert life.texts["tip"] in owner.text_of(life.receipt)
    with records.opened(life.program.data, base_tools, keys=tmp_path / "keys") as thief:
        with pytest.raises(WrongReceiptError):
            thief.text_of(life.receipt)
        with thief.office.begin("desk") as desk:
            hoa = records.signed(desk, RACHKIEN)
        ids = [row[0] for row in thief.rows("SELECT id FROM tip")]
        opened = [tip_id for tip_id in ids if _opens(thief, hoa, tip_id)]
        wraps = thief.rows("SELECT enclosed FROM tip_wrap")

        assert len(ids) > 10
        assert opened == []
        assert not any(_unwraps(hoa.private_key, enclosed) for (enclosed,) in wraps)
        assert inbox.keys(thief.office.tools.keyring) == []


def test_a_subscribers_page_is_known_to_the_keys_and_to_nobody_else(
    life: Life, base_tools: Tools, tmp_path: Path
) -> None:
    with records.opened(life.program.data, base_tools) as owner:
        known = owner.addresses("link")
        assert life.bookmark.removeprefix("/nhan/") in known
    with records.opened(life.program.data, base_tools, keys=tmp_path / "keys") as thief:
        assert thief.addresses("link") == []
        assert len(thief.rows("SELECT 1 FROM subscriber")) == len(known)


def test_what_a_chat_said_is_gone_with_the_key_of_its_day(
    life: Life, base_tools: Tools, tmp_path: Path
) -> None:
    data = tmp_path / "var"
    shutil.copytree(life.program.data, data)
    unsent = Lane("web", life.keys[1])
    old = Keyring(data / "keys")
    key_bytes = [old.channel(day).secret for day in old.channel_days()]
    with records.opened(data, base_tools) as found:
        with found.office.begin("intake") as desk:
            chat = conversations.load(desk, unsent)
        rows = found.rows("SELECT address_mac, sealed FROM conversation")
    assert life.texts["draft"] in str(chat), "the key opens it while it is there"
    assert len(_opened_rows(rows, inbox.keys(old))) == len(rows) > 0

    later = records.now() + timedelta(days=9)
    with records.opened(data, base_tools, lambda: later) as found:
        with found.office.begin("sweeps") as desk:
            days = retention.delete_messages(desk)
        retention.destroy_keys(found.office.tools.keyring, months=set(), days=days)
        with found.office.begin("intake") as desk:
            assert conversations.load(desk, unsent) is None

    left = [file.read_bytes() for file in data.rglob("*") if file.is_file()]
    assert not any(key in content for key in key_bytes for content in left)
    # Whoever copied the rows before cannot open them with anything that is still there.
    assert _opened_rows(rows, inbox.keys(Keyring(data / "keys"))) == []
    assert Scanner({**life.identity, **life.texts, **life.secrets}).folder(data) == []


PLANTED = "kn0123456789abcdefKẻ trộm"
WAYS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "hex": lambda word: word.hex().encode(),
    "HEX": lambda word: word.hex().upper().encode(),
    "base64": b64encode,
    "base64 after one letter": lambda word: b64encode(b"x" + word + b"yz"),
    "base64 after two letters": lambda word: b64encode(b"xy" + word),
    "utf-16": lambda word: word.decode().encode("utf-16-le"),
    "json": lambda word: word.decode().encode("ascii", "backslashreplace"),
    "gzip": gzip.compress,
    "gzip of base64 in gzip": lambda word: gzip.compress(gzip.compress(b64encode(word))),
    "digest": vault.digest,
}


@pytest.mark.parametrize("way", WAYS)
def test_the_scanner_finds_a_word_however_it_is_spelt(way: str, tmp_path: Path) -> None:
    spelt = WAYS[way](PLANTED.encode())
    (tmp_path / "file").write_bytes(bytes(5000) + spelt + bytes(5000))

    found = Scanner({"word": PLANTED, "other": PLANTED.swapcase()}, digests=True).folder(tmp_path)

    assert {hit.name for hit in found} == {"word"}


def test_the_scanner_finds_what_the_program_should_not_have_kept(
    life: Life, base_tools: Tools, tmp_path: Path
) -> None:
    folder = tmp_path / "p"
    shutil.copytree(life.program.folder, folder)
    with records.opened(folder / "var/demo", base_tools) as found:
        found.run("INSERT INTO counter VALUES (now(), %s, 1)", life.identity["user agent"])
        found.run("UPDATE conversation SET sealed = %s", life.texts["draft"].encode())
    (folder / "var/demo/log/old.gz").write_bytes(gzip.compress(9 * life.receipt.encode()))

    planted = life.identity | life.texts | life.secrets
    hits = Scanner(planted, digests=True).folder(folder)

    assert {hit.name for hit in hits} == {"user agent", "draft", "receipt"}
    assert any(hit.where.startswith("var/demo/postgres/base/") for hit in hits)
    assert any(hit.where.startswith("var/demo/log/old.gz, packed") for hit in hits)


def _opens(thief: records.Records, officer: Signed, tip_id: UUID) -> bool:
    """Whether the officer's key alone opens a tip."""
    try:
        with thief.office.begin("desk", officer.id) as desk:
            queue.open_tip(desk, officer, tip_id)
    except (KeyGoneError, vault.SealError, NoSuchTipError):
        return False
    return True


def _unwraps(private: bytes, enclosed: bytes) -> bool:
    """Whether a wrap opens without its enclosure."""
    with suppress(vault.SealError):
        return bool(vault.unwrap(private, enclosed))
    return False


def _opened_rows(rows: list[tuple[bytes, bytes]], keys: list[ChannelKey]) -> list[bytes]:
    """What any of the keys opens."""
    found = []
    for mac, sealed in rows:
        for key in keys:
            with suppress(vault.SealError):
                found.append(key.unseal(sealed, f"conversation {mac.hex()}"))
    return found
