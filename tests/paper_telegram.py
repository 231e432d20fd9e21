"""The Telegram adapter without a network, for what needs none."""

import json
from collections.abc import Mapping
from typing import Any

from bot.channels.base import Channel
from bot.channels.telegram import Account, Telegram
from bot.channels.telegram_request import Request
from tests.fakes_telegram import TOKEN


class PaperRequest(Request):
    """The Bot API without a network: everything is sent, nothing has come."""

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:  # noqa: D102 # as Request
        me = {"id": 1, "is_bot": True, "first_name": "Loa"}
        message = {"message_id": 5, "date": 1_780_000_000, "chat": {"id": 1, "type": "private"}}
        results = {"getMe": me, "sendMessage": message, "getUpdates": []}
        result = results.get(url.rpartition("/")[2], True)
        return 200, json.dumps({"ok": True, "result": result}).encode()


async def take_nothing(_channel: Channel, _raw: Mapping[str, Any]) -> None:
    """An inbox for channels nobody writes to."""


def paper_telegram() -> Telegram:
    """The adapter as the conformance suite wants it."""
    return Telegram(Account(TOKEN), take_nothing, request=PaperRequest())
