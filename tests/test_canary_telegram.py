"""The canary on Telegram: all that updates tell of a person, searched for in all that is left.

She subscribes, tells a tip, reads the officer's question and a notice; the program is cut off in
the middle, and stays her subscriber's. So one thing may be left: her sealed address.
"""

import asyncio
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desk.desk import Tools
from handlers.texts import say
from tests import pictures, records
from tests.channels import story
from tests.channels.phones import TelegramPhone
from tests.fakes_telegram import TOKEN, BotApi
from tests.life import sql_dump, words
from tests.notices import SHIPPER
from tests.officer import Console, readable
from tests.program import Program, made  # noqa: F401 # a fixture
from tests.scanner import Hit, Scanner

NAMES = (
    *("first name", "last name", "username", "language", "chat title", "bio", "signature"),
    *("contact first name", "contact last name", "vcard", "file id", "file unique id"),
    *("file name", "mime type", "caption entity", "photo id", "voice id", "sticker set", "emoji"),
    *("forward first name", "forward last name", "forward username", "forward title"),
    *("forward signature", "hidden forward", "reply text", "reply first name", "reply file id"),
    *("quote", "query", "chat instance", "inline message", "game", "venue", "address", "place id"),
    *("entity url", "mention", "link preview", "business", "effect", "via bot", "via username"),
    *("sender tag", "sender chat", "media group", "web app", "passport", "poll", "website"),
    *("unknown field", "unknown value"),
)
NUMBERS = ("id", "phone", "contact id", "forward id", "forward chat", "reply id", "sender chat id")
FLAG = {"premium flag": "is_premium", "menu flag": "added_to_attachment_menu"}


def plant() -> dict[str, str]:
    """A word or a number for everything an update can tell, found nowhere else in the world."""
    numbers = {name: str(secrets.randbelow(8 * 10**14) + 10**14) for name in NUMBERS}
    place = {"latitude": "10.1234567891", "longitude": "106.9876543219"}
    return {**words(NAMES), **numbers, **FLAG, **place, "within a photograph": pictures.WORD}


class Planted(TelegramPhone):
    """Lan's telephone, with all of it around every word."""

    def __init__(self, api: BotApi, planted: dict[str, str]) -> None:
        super().__init__(api, int(planted["id"]))
        self.planted = planted

    async def says(self, text: str) -> None:  # noqa: D102 # as TelegramPhone
        await self._after(self.api.update(message={**self._message(), "text": text}))

    async def presses(self, label: str) -> None:  # noqa: D102 # as TelegramPhone
        query = {
            "id": self.planted["query"],
            "from": self._me(),
            "chat_instance": self.planted["chat instance"],
            "inline_message_id": self.planted["inline message"],
            "game_short_name": self.planted["game"],
            "message": {**self._message(), "text": "…"},
            "data": self.last.buttons[label],
        }
        await self._after(self.api.update(callback_query=query))

    async def attaches(self) -> None:
        """Everything that is no words."""
        for kind in attached(self.planted):
            await self._after(self.api.update(message={**self._message(), **kind}))

    def _message(self) -> dict[str, Any]:
        chat = {"id": self.chat, "type": "private", "title": self.planted["chat title"],
                "bio": self.planted["bio"], "first_name": self.planted["first name"],
                "username": self.planted["username"]}  # fmt: skip
        around_it = around(self.planted)
        return {**self.api.message(self.chat), **around_it, "from": self._me(), "chat": chat}

    def _me(self) -> dict[str, Any]:
        w = self.planted
        flags = dict.fromkeys(FLAG.values(), True)
        return {"id": self.chat, "is_bot": False, "first_name": w["first name"],
                "last_name": w["last name"], "username": w["username"],
                "language_code": w["language"], **flags}  # fmt: skip


def around(w: dict[str, str]) -> dict[str, Any]:
    """Everything that can stand around a message's text."""
    other = {"id": int(w["forward id"]), "is_bot": False, "first_name": w["forward first name"],
             "last_name": w["forward last name"], "username": w["forward username"]}  # fmt: skip
    channel = {"id": -int(w["forward chat"]), "type": "channel", "title": w["forward title"]}
    replied = {"id": int(w["reply id"]), "is_bot": False, "first_name": w["reply first name"]}
    return {
        "author_signature": w["signature"],
        "forward_origin": {"type": "user", "sender_user": other, "date": 1},
        "forward_from": other,
        "forward_from_chat": channel,
        "forward_signature": w["forward signature"],
        "forward_sender_name": w["hidden forward"],
        "reply_to_message": {"message_id": 1, "date": 1, "text": w["reply text"], "from": replied,
                             "document": {"file_id": w["reply file id"]}},
        "external_reply": {"origin": {"sender_user_name": w["hidden forward"]}},
        "quote": {"text": w["quote"], "position": 0},
        "entities": [{"type": "text_link", "offset": 0, "length": 2, "url": w["entity url"]},
                     {"type": "text_mention", "offset": 0, "length": 1, "user": other},
                     {"type": "custom_emoji", "offset": 0, "length": 1,
                      "custom_emoji_id": w["emoji"], "mention": w["mention"]}],
        "link_preview_options": {"url": w["link preview"]},
        "business_connection_id": w["business"],
        "effect_id": w["effect"],
        "via_bot": {"id": 9, "is_bot": True, "first_name": w["via bot"],
                    "username": w["via username"]},
        "sender_tag": w["sender tag"],
        "sender_chat": {"id": -int(w["sender chat id"]), "type": "channel",
                        "title": w["sender chat"]},
        "media_group_id": w["media group"],
        "connected_website": w["website"],
        w["unknown field"]: {"deep": [w["unknown value"]]},
    }  # fmt: skip


def attached(w: dict[str, str]) -> list[dict[str, Any]]:
    """Messages that are no words."""
    file = {"file_id": w["file id"], "file_unique_id": w["file unique id"],
            "mime_type": w["mime type"]}  # fmt: skip
    place = {"latitude": float(w["latitude"]), "longitude": float(w["longitude"])}
    return [
        {"contact": {"phone_number": w["phone"], "first_name": w["contact first name"],
                     "last_name": w["contact last name"], "vcard": w["vcard"],
                     "user_id": int(w["contact id"])}},
        {"document": {**file, "file_name": w["file name"]},
         "caption_entities": [{"type": "url", "offset": 0, "length": 1,
                               "url": w["caption entity"]}]},
        {"photo": [{"file_id": w["photo id"], "file_unique_id": w["photo id"]}]},
        {"voice": {"file_id": w["voice id"], "duration": 1}},
        {"sticker": {**file, "set_name": w["sticker set"], "width": 1, "height": 1}},
        {"venue": {"title": w["venue"], "address": w["address"], "location": place,
                   "google_place_id": w["place id"]}},
        {"poll": {"id": w["poll"], "question": w["poll"]},
         "web_app_data": {"data": w["web app"], "button_text": "x"},
         "passport_data": {"data": [{"email": w["passport"]}]}},
    ]  # fmt: skip


@dataclass
class Left:
    """What the life left behind, and what was planted in it."""

    program: Program
    planted: dict[str, str]
    receipt: str
    dump: bytes
    shown: bytes  # to officers

    def found(self, planted: dict[str, str]) -> list[Hit]:
        """Hits in all of it."""
        scanner = Scanner(planted, digests=True)
        places = ((self.dump, "the SQL dump"), (self.shown, "pages of officers"))
        looked = [hit for data, where in places for hit in scanner.look(data, where)]
        return [*scanner.folder(self.program.folder), *looked]


async def live(
    program: Program, api: BotApi, planted: dict[str, str], base: Tools
) -> tuple[str, bytes]:
    """Her whole story; the receipt, and every page officers saw."""
    lan = Planted(api, planted)
    api.files[planted["photo id"]] = pictures.jpeg(pictures.picture(), "all")
    await lan.comes()
    await lan.attaches()
    assert any(say("photo.got", count="1") in message.text for message in api.to(lan.chat))
    await story.subscribes(lan)
    receipt = await story.tells(lan)
    hoa, minh = await asyncio.to_thread(ask, program, base)
    await asyncio.to_thread(program.kill, postgres=True)
    await asyncio.to_thread(program.start)
    await story.looks_up(lan, receipt)
    notice = await asyncio.to_thread(minh.writes, SHIPPER, program.clock())
    await asyncio.to_thread(hoa.approves, notice)
    await api.until(lambda: SHIPPER.todo in lan.said)
    broken = {**lan._message(), "chat": {"id": planted["unknown value"]}, "text": [lan.chat]}
    await api.update(message=broken)
    await lan.says("/start")
    await asyncio.to_thread(hoa.get, "/desk/queue?tab=taken")
    await asyncio.to_thread(hoa.get, notice)
    pages = (repr(a.headers).encode() + a.body for a in (*hoa.seen, *minh.seen))
    return receipt, b"\n\n".join(pages)


def ask(program: Program, base: Tools) -> tuple[Console, Console]:
    """Hoa reads the tip, takes it and asks; Minh is there too."""
    with records.opened(program.data, base, program.clock) as found:
        hoa = found.console(program.port, "chief")
        minh = found.console(program.port, "officer")
    tip = hoa.find("xe wave đỏ")
    hoa.act(tip, "claim")
    hoa.act(tip, "ask", text=story.QUESTION)
    assert story.QUESTION in readable(hoa.get(tip))
    return hoa, minh


async def whole_life(folder: Path, made: Path, base: Tools) -> Left:  # noqa: F811 # as the fixture
    """On a copy of the demo's data, up to the program's end."""
    planted = plant()
    async with BotApi() as api:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": api.url, "LOG_LEVEL": "debug"}
        program = Program(folder, **settings).by_day()
        shutil.copytree(made, program.data)
        program.data.chmod(0o700)
        try:
            await asyncio.to_thread(program.start)
            receipt, shown = await live(program, api, planted, base)
            backup = await asyncio.to_thread(program.bot, "backup", str(folder / "b.tar"))
            assert backup.returncode == 0, backup.stderr
            with records.opened(program.data, base) as found:
                dump = sql_dump(found.owner_url)
            assert await asyncio.to_thread(program.stop) == 0
        finally:
            await asyncio.to_thread(program.end)
    return Left(program, planted, receipt, dump, shown)


@pytest.fixture(scope="module")
def left(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path_factory: pytest.TempPathFactory,
) -> Left:
    return asyncio.run(whole_life(tmp_path_factory.mktemp("telegram"), made, base_tools))


def test_nothing_an_update_gives_away_is_found_in_anything_that_was_written(
    left: Left,
) -> None:
    assert len(left.planted) >= 40
    assert left.found(left.planted) == []
    assert "database system is ready" in left.program.postgres_log(), "it was among the files"


def test_neither_token_nor_receipt_nor_tip_is_readable_anywhere(left: Left) -> None:
    bare = left.receipt.replace("-", "")
    secret = {"token": TOKEN, "receipt": left.receipt, "bare": bare, "small": bare.lower()}

    assert left.found(secret) == []
    assert {hit.where for hit in left.found({"tip": story.TIP})} <= {"pages of officers"}


def test_her_address_is_known_to_the_keys_and_to_nobody_else(
    left: Left, base_tools: Tools, tmp_path: Path
) -> None:
    data = left.program.data
    with records.opened(data, base_tools) as owner:
        assert owner.addresses("telegram") == [left.planted["id"]]
    with records.opened(data, base_tools, keys=tmp_path / "keys") as thief:
        assert thief.addresses("telegram") == []
        assert len(thief.rows("SELECT 1 FROM subscriber WHERE channel = 'telegram'")) == 1


def test_everything_planted_was_sent(tmp_path: Path) -> None:
    planted = plant()
    lan = Planted(BotApi(), planted)
    sent = [lan._message(), *attached(planted), pictures.jpeg(pictures.picture(), "all")]
    (tmp_path / "x").write_bytes(str(sent).encode())

    found = {hit.name for hit in Scanner(planted).folder(tmp_path)}
    assert set(planted) - found == {"query", "chat instance", "inline message", "game"}, (
        "of a press"
    )
