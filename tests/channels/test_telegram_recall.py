"""A notice taken back on Telegram: who has it reads so, whatever became of the answer."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.bot.broadcasting import progress, until
from tests.channels import story
from tests.channels.telegram_office import running
from tests.channels.test_telegram_trouble import subscribe
from tests.fakes_telegram import BotApi
from tests.notices import SHIPPER, publish_due, published
from tests.world import World

CORRECTED = "đã được thu hồi"


@dataclass
class Forgetful(BotApi):
    """Takes every message; to some chats its answer never comes back."""

    unanswered: set[str] = field(default_factory=set)

    async def _sendmessage(self, fields: dict[str, Any]) -> web.Response:
        answer = await super()._sendmessage(fields)
        lost = str(fields["chat_id"]) in self.unanswered and CORRECTED not in fields["text"]
        return web.Response(status=502, text="<html>Bad Gateway</html>") if lost else answer


async def test_whoever_may_have_a_copy_reads_that_it_was_taken_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending._PAUSE", 0.01)
    people = sorted(subscribe(world, 6))
    doubtful = set(people[2:4])
    notice = published(world)
    async with Forgetful(unanswered=doubtful) as api, running(world, api.url):
        await story.settled(world, notice)
        (done,) = progress(world, notice)
        recall = asyncio.ensure_future(story.taken_back(world, notice))
        await until(lambda: len(progress(world, notice)) == 2)
        publish_due(world)
        await recall
        texts = {chat: [m.text for m in api.to(int(chat))] for chat in people}

    assert (done.sent, done.failed, done.ambiguous) == (4, 0, 2)
    for chat in people:
        assert any(CORRECTED in text for text in texts[chat])
        replaced = all(SHIPPER.trick not in text for text in texts[chat])
        assert replaced == (chat not in doubtful), "no number of a message, nothing to edit"
