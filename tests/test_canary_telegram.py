"""The canary on Telegram: all that updates tell of a person, searched for in all that is left."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

from desk.desk import Tools
from handlers.texts import say
from tests.channels.telegram_office import Lan
from tests.channels.test_telegram_at_the_office import told
from tests.fakes_telegram import TOKEN, BotApi
from tests.life import words
from tests.program import Program, made  # noqa: F401 # a fixture
from tests.scanner import Scanner

CHAT = 987_654_321_012_345
NAMES = (
    *("first name", "last name", "username", "language", "chat title", "bio", "signature"),
    *("phone", "contact first name", "contact last name", "vcard", "file id", "file unique id"),
    *("file name", "forward first name", "forward last name", "forward username", "forward title"),
    *("reply text", "reply first name", "quote", "query", "chat instance", "inline message"),
    *("sticker set", "venue", "address", "entity url", "link preview", "business", "effect"),
    *("sender tag", "media group", "unknown field", "unknown value"),
)


def person(planted: dict[str, str]) -> dict[str, Any]:
    return {
        "id": CHAT,
        "is_bot": False,
        "first_name": planted["first name"],
        "last_name": planted["last name"],
        "username": planted["username"],
        "language_code": planted["language"],
        "is_premium": True,
    }


def around(planted: dict[str, str]) -> dict[str, Any]:
    """Everything that can stand around a message's text."""
    w = planted
    other = {"id": 424_242_424_242, "is_bot": False, "first_name": w["forward first name"],
             "last_name": w["forward last name"], "username": w["forward username"]}  # fmt: skip
    reply = {"message_id": 1, "date": 1, "text": w["reply text"],
             "from": {"id": 5, "is_bot": False, "first_name": w["reply first name"]},
             "chat": {"id": CHAT, "type": "private"}}  # fmt: skip
    return {
        "from": person(w),
        "chat": {"id": CHAT, "type": "private", "title": w["chat title"], "bio": w["bio"],
                 "first_name": w["first name"], "username": w["username"]},
        "author_signature": w["signature"],
        "forward_origin": {"type": "user", "sender_user": other, "date": 1},
        "forward_from_chat": {"id": 6, "type": "channel", "title": w["forward title"]},
        "reply_to_message": reply,
        "quote": {"text": w["quote"], "position": 0},
        "entities": [{"type": "text_link", "offset": 0, "length": 2, "url": w["entity url"]}],
        "link_preview_options": {"url": w["link preview"]},
        "business_connection_id": w["business"],
        "effect_id": w["effect"],
        "sender_tag": w["sender tag"],
        "media_group_id": w["media group"],
        w["unknown field"]: {"deep": [w["unknown value"]]},
    }  # fmt: skip


def attached(planted: dict[str, str]) -> list[dict[str, Any]]:
    """Messages that are no words."""
    w = planted
    file = {"file_id": w["file id"], "file_unique_id": w["file unique id"]}
    return [
        {"contact": {"phone_number": w["phone"], "first_name": w["contact first name"],
                     "last_name": w["contact last name"], "vcard": w["vcard"]}},
        {"document": {**file, "file_name": w["file name"]}},
        {"sticker": {**file, "set_name": w["sticker set"], "width": 1, "height": 1}},
        {"venue": {"title": w["venue"], "address": w["address"],
                   "location": {"latitude": 10.123456789, "longitude": 106.987654321}}},
    ]  # fmt: skip


async def live(api: BotApi, planted: dict[str, str]) -> str:
    """A tip told with all of it around every message; the receipt."""
    lan = Planted(api, planted)
    for kind in attached(planted):
        before = len(api.to(CHAT))
        await api.update(message={**api.message(CHAT), **around(planted), **kind})
        await api.answer_to(CHAT, before)
    receipt = await told(lan)
    await lan.presses("button.saved")
    await api.update(message={"chat": {"id": planted["unknown value"]}, **around(planted),
                              "text": [planted["quote"]]})  # fmt: skip
    await lan.says("/start")
    return receipt


class Planted(Lan):
    """Lan, with all of it around every word."""

    def __init__(self, api: BotApi, planted: dict[str, str]) -> None:
        super().__init__(api, CHAT)
        self.planted = planted

    async def says(self, text: str) -> Any:  # noqa: D102 # as Lan
        message = {**self.api.message(CHAT), **around(self.planted), "text": text}
        return await self._after(self.api.update(message=message))

    async def presses(self, button: str) -> Any:  # noqa: D102 # as Lan
        query = {
            "id": self.planted["query"],
            "from": person(self.planted),
            "chat_instance": self.planted["chat instance"],
            "inline_message_id": self.planted["inline message"],
            "message": {**self.api.message(CHAT), **around(self.planted), "text": "…"},
            "data": self.last.buttons[say(button)],
        }
        return await self._after(self.api.update(callback_query=query))


async def test_nothing_an_update_gives_away_is_found_in_anything_that_was_written(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,  # noqa: ARG001 # the run's models are loaded
    tmp_path: Path,
) -> None:
    planted = words(NAMES)
    async with BotApi() as api:
        program = Program(tmp_path, "run", TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=api.url,
                          LOG_LEVEL="debug")  # fmt: skip
        shutil.copytree(made, program.data)
        program.data.chmod(0o700)
        try:
            await asyncio.to_thread(program.start)
            receipt = await live(api, planted)
            await asyncio.to_thread(program.kill)
            await asyncio.to_thread(program.start)
            assert await asyncio.to_thread(program.stop) == 0
        finally:
            await asyncio.to_thread(program.end)
    secret = {"token": TOKEN, "chat": str(CHAT), "receipt": receipt}
    hits = Scanner({**planted, **secret}).folder(tmp_path)

    assert len(planted) >= 30
    assert receipt
    assert hits == []


def test_the_scan_would_have_found_them(tmp_path: Path) -> None:
    planted = words(NAMES)
    (tmp_path / "x").write_bytes(str(around(planted)).encode())

    found = {hit.name for hit in Scanner(planted).folder(tmp_path)}
    assert {"first name", "forward username", "unknown field", "reply text"} <= found
