"""Settings an operator leaves empty or half written: as if unset, or refused with a sentence."""

from pathlib import Path

import pytest

from bot import doctor, outside
from bot.channels.telegram import Telegram
from bot.settings import SettingsError, load
from handlers.chat import Reply
from handlers.texts import say
from tests.fakes_telegram import TOKEN

# Every setting that .env.example and docs/deploy.md tell operators to leave empty or leave out.
OPTIONAL = (
    *("PUBLIC_URL", "OPERATOR_NAME", "DATA_DIR", "DATABASE_URL", "DATABASE_OWNER_URL"),
    *("TELEGRAM_TOKEN", "TELEGRAM_PROXY", "TELEGRAM_BASE_URL", "TELEGRAM_WEBHOOK", "TELEGRAM_RATE"),
    *("LEGAL_BASIS", "DATA_CONTROLLER", "RETENTION_DAYS", "RECOVERY_KEY_HOLDER"),
    *("TAKE_DAYS", "KEEP_CORRECTIONS", "LOG_LEVEL", "WORKERS"),
)


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` of a developer."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("where", ["environment", "file"])
def test_an_empty_setting_is_an_unset_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, where: str
) -> None:
    unset = load()

    if where == "file":
        (tmp_path / ".env").write_text(f"{name}=\n", encoding="utf-8")
    else:
        monkeypatch.setenv(name, "")

    assert load() == unset


@pytest.mark.parametrize("empty", ["", "   ", "\t"])
def test_telegram_says_it_is_a_trial_while_the_operator_has_no_name(
    monkeypatch: pytest.MonkeyPatch, empty: str
) -> None:
    monkeypatch.setenv("OPERATOR_NAME", empty)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    settings = load()
    account = outside.account_of(settings)
    assert account is not None

    async def nothing(_channel: object, _raw: object) -> None:
        """Nothing comes in."""

    (shown,) = Telegram(account, nothing).render(Reply("Chào"), Telegram.caps)

    assert shown.text.startswith(say("menu.trial"))
    assert any("nobody" in found.what and not found.ok for found in doctor._of_settings(settings))


def test_the_operators_name_is_read_without_blanks_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPERATOR_NAME", " Công an tỉnh Tây Ninh ")

    assert load().operator_name == "Công an tỉnh Tây Ninh"


@pytest.mark.parametrize("wrong", ["tin.example.vn", "ftp://tin.example.vn", "https://"])
def test_an_address_no_browser_opens_is_refused_with_one_that_it_does(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("PUBLIC_URL", wrong)

    with pytest.raises(SettingsError, match=r"PUBLIC_URL is .*https://tin\.example\.vn"):
        load()


def test_capitals_in_an_address_do_not_make_cookies_unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "HTTPS://Tin.Example.vn/")

    assert load().address == "https://tin.example.vn"
