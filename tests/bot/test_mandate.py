"""What has to be decided and written down before the doctor lets a channel be public."""

from pathlib import Path

import pytest

from bot import doctor, mandate
from bot.settings import Settings
from desk.retention import KEEP_CLOSED
from tests.fakes_telegram import TOKEN

WHOLE = {
    "OPERATOR_NAME": "Công an tỉnh Tây Ninh",
    "LEGAL_BASIS": "Quyết định 12/QĐ-CAT ngày 02/03/2026 của Công an tỉnh Tây Ninh",
    "DATA_CONTROLLER": "Công an tỉnh Tây Ninh, Phòng Tham mưu, 0272 3881 234",
    "RETENTION_DAYS": str(KEEP_CLOSED.days),
    "RECOVERY_KEY_HOLDER": "Văn thư Công an tỉnh, két số 2",
}
PUBLIC = {"PUBLIC_URL": "https://tin.example.vn"}


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` of a developer."""
    monkeypatch.chdir(tmp_path)


def settings(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> Settings:
    """As an operator sets them."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return Settings()


def wrong(found: Settings) -> dict[str, str]:
    """What the doctor finds wrong, and how to mend it."""
    return {f.what: f.mend for f in doctor.of_mandate(found) if not f.ok}


def test_everything_recorded_blocks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(monkeypatch, WHOLE | PUBLIC)

    assert wrong(found) == {}
    assert mandate.missing(found) == ()


EMPTY = [(name, empty) for name in WHOLE for empty in (None, "")]
BLANK = [(name, "  ") for name in WHOLE if name != "RETENTION_DAYS"]  # a number: refused at once


@pytest.mark.parametrize(("name", "empty"), [*EMPTY, *BLANK])
def test_each_of_them_alone_blocks_every_public_channel(
    monkeypatch: pytest.MonkeyPatch, name: str, empty: str | None
) -> None:
    given = {k: v for k, v in WHOLE.items() if k != name} | PUBLIC | {"TELEGRAM_TOKEN": TOKEN}
    found = settings(monkeypatch, given | ({} if empty is None else {name: empty}))

    assert mandate.missing(found) == (name,)
    said = wrong(found)
    blocked = f"public channels: https://tin.example.vn, Telegram; BLOCKED, for want of {name}"
    assert "tell no citizen the address" in said.pop(blocked)
    assert all(name in mend for mend in said.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEGAL_BASIS", "theo quy định của pháp luật"),  # which?
        ("LEGAL_BASIS", "TODO ngày 02/03"),
        ("DATA_CONTROLLER", "CA tỉnh"),
        ("DATA_CONTROLLER", "Chưa có ai nhận"),
        ("DATA_CONTROLLER", "xxxxxxxxxxxx"),
        ("RECOVERY_KEY_HOLDER", "... không rõ"),
    ],
)
def test_what_says_nothing_is_no_record_and_is_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    said = wrong(settings(monkeypatch, WHOLE | {name: value}))

    ((what, mend),) = said.items()
    assert value in what
    assert f"set {name} to" in mend or "set it to the number" in mend


def test_another_term_than_the_programs_is_a_contradiction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = wrong(settings(monkeypatch, WHOLE | {"RETENTION_DAYS": "365"}))

    ((what, mend),) = said.items()
    assert what == "retention: 365 days were decided"
    assert f"deletes a tip {KEEP_CLOSED.days} days after it was closed" in mend


@pytest.mark.parametrize("here", ["", "http://127.0.0.1:9000", "http://localhost:8080"])
def test_a_machine_nobody_outside_reaches_has_no_public_channel(
    monkeypatch: pytest.MonkeyPatch, here: str
) -> None:
    found = settings(monkeypatch, {"PUBLIC_URL": here})

    assert mandate.open_to_public(found) == ()
    assert not any("BLOCKED" in what for what in wrong(found))
