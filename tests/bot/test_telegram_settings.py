"""Telegram's settings: refused with a sentence that names the setting and never shows the value."""

import pytest

from bot import demo, outside
from bot.settings import SettingsError, load, masked
from tests.fakes_telegram import TOKEN


def refused(monkeypatch: pytest.MonkeyPatch, tmp_path: object, **values: str) -> str:
    monkeypatch.chdir(tmp_path)  # type: ignore[arg-type] # no .env of a developer
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load()
    return str(error.value)


@pytest.mark.parametrize("wrong", ["abc", "123:", f" {TOKEN}x y", f"bot{TOKEN}", "kẻ:trộm"])
def test_what_is_no_token_is_refused_unseen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, wrong: str
) -> None:
    said = refused(monkeypatch, tmp_path, TELEGRAM_TOKEN=wrong)
    assert "TELEGRAM_TOKEN is (hidden)" in said
    assert "@botfather" in said
    assert wrong not in said


def test_a_proxy_of_another_kind_is_refused_unseen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    said = refused(monkeypatch, tmp_path, TELEGRAM_PROXY="socks5://u:mat-khau@h:1")
    assert "TELEGRAM_PROXY is (hidden)" in said
    assert "mat-khau" not in said


def test_a_webhook_needs_an_address_telegram_can_reach(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    said = refused(monkeypatch, tmp_path, TELEGRAM_WEBHOOK="true", TELEGRAM_TOKEN=TOKEN)
    assert "PUBLIC_URL" in said


def test_a_right_token_is_taken_hidden_and_refused_by_the_demo(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.chdir(tmp_path)  # type: ignore[arg-type] # no .env of a developer
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    settings = load()
    account = outside.account_of(settings)

    assert account is not None
    assert account.token == TOKEN
    assert TOKEN not in str(masked(settings))
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN"):
        demo.settings_of(settings)


def test_without_a_token_there_is_no_telegram(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.chdir(tmp_path)  # type: ignore[arg-type] # no .env of a developer
    assert outside.account_of(load()) is None
