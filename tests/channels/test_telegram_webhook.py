"""A webhook that brings nothing: whoever looks at the channel, or asks `doctor`, is told."""

import time

import pytest

from bot.channels.telegram import Account, Telegram
from tests.fakes_telegram import TOKEN, BotApi
from tests.paper_telegram import take_nothing

OURS = "https://tin.example.vn"
FAILED = {"last_error_message": "Wrong response from the webhook: 502 Bad Gateway"}


async def told(api: BotApi, **said: object) -> str:
    """What is wrong with a bot whose webhook is set, once Telegram says this of it."""
    async with Telegram(Account(TOKEN, api.url, webhook=OURS), take_nothing) as channel:
        assert [polled async for polled in channel.poll()] == []
        api.undelivered = {**said}
        health = await channel.health()
        assert health.ok is (health.detail == "")
        return health.detail


async def test_a_webhook_that_works_is_well() -> None:
    async with BotApi() as api:
        assert await told(api) == ""


async def test_messages_telegram_cannot_bring_are_no_good_health() -> None:
    async with BotApi() as api:
        lately = int(time.time()) - 60
        detail = await told(api, last_error_date=lately, pending_update_count=3, **FAILED)

    assert "cannot bring messages to PUBLIC_URL" in detail
    assert "502" not in detail


@pytest.mark.parametrize(("ago", "waiting"), [(60, 0), (86_400, 3)])
async def test_what_failed_once_and_came_later_is_forgotten(ago: int, waiting: int) -> None:
    async with BotApi() as api:
        at = int(time.time()) - ago
        assert await told(api, last_error_date=at, pending_update_count=waiting, **FAILED) == ""


async def test_a_webhook_that_leads_elsewhere_is_no_good_health() -> None:
    async with BotApi() as api:
        assert "PUBLIC_URL" in await told(api, url="https://old.example.vn/telegram/x")


async def test_who_fetches_updates_is_asked_nothing_of_a_webhook() -> None:
    async with BotApi() as api, Telegram(Account(TOKEN, api.url), take_nothing) as channel:
        assert (await channel.health()).ok
        assert api.calls["getwebhookinfo"] == 0
