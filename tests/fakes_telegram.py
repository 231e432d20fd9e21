"""A Bot API server of our own on loopback: limits, refusals, latency, long polls and webhooks.

Quantities are Telegram's (channels §1.2): 30 messages a second to all, one a second to a chat.
"""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from tests.limits import SlidingWindow, TokenBucket
from tests.telegram_words import Message, error, number_of, ok, person

TOKEN = "123456789:AAsampleSampleSampleSampleSampleSam"


@dataclass
class BotApi:
    """The server; a test says what people do and looks at what the bot did."""

    token: str = TOKEN
    latency: float = 0.0
    limits: list[TokenBucket | SlidingWindow] = field(default_factory=list)
    chat_gap: float = 0.0
    blocked: set[str] = field(default_factory=set)
    moved: dict[str, int] = field(default_factory=dict)
    sent: list[Message] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    menu: list[str] = field(default_factory=list)
    calls: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    too_many: int = 0
    uploads: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)  # what people sent, by its id
    hangs: bool = False  # files are asked for and never come
    webhook: dict[str, Any] = field(default_factory=dict)
    undelivered: dict[str, Any] = field(default_factory=dict)  # what it says of a webhook's errors
    updates: list[Any] = field(default_factory=list)
    refuse_with: int = 0  # a status every call gets instead of an answer
    front: str = ""  # where a webhook's host is really reached: the reverse proxy of the tests

    def __post_init__(self) -> None:
        self._numbers = iter(range(1000, 10**9))
        self._chat_at: dict[str, float] = {}
        self._news = asyncio.Condition()
        self._server: TestServer | None = None
        self._pushes: set[asyncio.Task[None]] = set()
        self.confirmed = 0

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._server = TestServer(app)
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._pushes:
            task.cancel()
        assert self._server is not None
        await self._server.close()

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._server is not None
        return str(self._server.make_url("")).rstrip("/")

    # What people do.

    async def say(self, chat: int, text: str, **more: Any) -> int:
        """Somebody writes; the update's number."""
        return await self.update(message=self.message(chat, text=text, **more))

    async def press(self, chat: int, data: str) -> int:
        """Somebody presses a button."""
        query = {
            "id": f"query-{next(self._numbers)}",
            "from": person(chat),
            "chat_instance": f"instance-of-{chat}",
            "message": self.message(chat, text="…"),
            "data": data,
        }
        return await self.update(callback_query=query)

    def message(self, chat: int, **more: Any) -> dict[str, Any]:
        """A message as Telegram words it."""
        who = person(abs(chat))
        kind = "private" if chat > 0 else "supergroup"
        return {
            "message_id": next(self._numbers),
            "date": 1_780_000_000,
            "from": who,
            "chat": {**{k: who[k] for k in ("first_name", "last_name", "username")}, "id": chat}
            | {"type": kind},
            **more,
        }

    async def update(self, raw: Any = None, **kinds: Any) -> int:
        """Anything at all happens."""
        number = next(self._numbers)
        await self.bring(raw if raw is not None else {"update_id": number, **kinds})
        return number

    async def bring(self, *updates: Any) -> None:
        """Updates in one go."""
        if self.webhook:
            for update in updates:
                task = asyncio.create_task(self._push(update))
                self._pushes.add(task)
                task.add_done_callback(self._pushes.discard)
            return
        async with self._news:
            self.updates += updates
            self._news.notify_all()

    async def until(self, true: Callable[[], bool], patience: float = 30) -> None:
        """Wait for something the bot does."""
        async with asyncio.timeout(patience), self._news:
            while not true():
                await self._news.wait()

    async def answer_to(self, chat: int, before: int) -> Message:
        """The first message to a chat after so many of them."""
        await self.until(lambda: len(self.to(chat)) > before)
        await asyncio.sleep(0)
        return self.to(chat)[-1]

    def to(self, chat: int) -> list[Message]:
        """What a chat got."""
        return [message for message in self.sent if message.chat == str(chat)]

    # What the bot does.

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        self.calls[method] += 1
        async with self._news:
            self._news.notify_all()
        fields = await self._fields(request)
        await asyncio.sleep(self.latency)
        if self.refuse_with:
            return web.Response(status=self.refuse_with, text="<html>Bad Gateway</html>")
        if request.match_info["token"] != self.token:
            return error(401, "Unauthorized")
        answer = getattr(self, f"_{method}", None)
        if answer is None:
            return error(404, "Not Found")
        response: web.Response = await answer(fields)
        async with self._news:
            self._news.notify_all()
        return response

    async def _fields(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/x-www-form-urlencoded":  # HTTPX, other libraries
            return dict(await request.post())
        if request.content_type != "multipart/form-data":
            return dict(await request.json()) if request.can_read_body else {}
        found: dict[str, Any] = {}
        parts: Any = await request.multipart()
        async for part in parts:
            if part.filename:
                self.uploads.append(part.filename)
                found[part.name] = await part.read()
            else:
                found[part.name] = await part.text()
        return found

    async def _getme(self, _fields: dict[str, Any]) -> web.Response:
        me = {"id": 123456789, "is_bot": True, "first_name": "Loa", "username": "loa_bot"}
        return ok(me)

    async def _getfile(self, fields: dict[str, Any]) -> web.Response:
        file = fields["file_id"]
        if self.hangs:
            await asyncio.sleep(60)
        if file not in self.files:
            return error(400, "Bad Request: invalid file_id")
        return ok({"file_id": file, "file_unique_id": f"u{file}", "file_path": f"photos/{file}"})

    async def _file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return error(401, "Unauthorized")
        return web.Response(body=self.files[request.match_info["path"].removeprefix("photos/")])

    async def _getupdates(self, fields: dict[str, Any]) -> web.Response:
        if self.webhook:
            return error(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(fields.get("offset", 0))
        self.confirmed = max(self.confirmed, offset)
        self.updates = [u for u in self.updates if number_of(u) >= offset or number_of(u) < 0]
        if not self.updates:
            try:
                async with asyncio.timeout(float(fields.get("timeout", 0))), self._news:
                    await self._news.wait_for(lambda: self.updates)
            except TimeoutError:
                pass
        return ok(self.updates[: int(fields.get("limit", 100))])

    async def _setwebhook(self, fields: dict[str, Any]) -> web.Response:
        self.webhook = fields
        waiting, self.updates = self.updates, []
        await self.bring(*waiting)
        return ok(result=True)

    async def _deletewebhook(self, _fields: dict[str, Any]) -> web.Response:
        self.webhook = {}
        return ok(result=True)

    async def _getwebhookinfo(self, _fields: dict[str, Any]) -> web.Response:
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        return ok({"pending_update_count": 0, **info, **self.undelivered})

    async def _setmycommands(self, fields: dict[str, Any]) -> web.Response:
        self.menu = [command["command"] for command in fields["commands"]]
        return ok(result=True)

    async def _answercallbackquery(self, fields: dict[str, Any]) -> web.Response:
        self.answered.append(str(fields["callback_query_id"]))
        return ok(result=True)

    async def _sendphoto(self, fields: dict[str, Any]) -> web.Response:
        return await self._sendmessage({"text": fields.get("caption", ""), **fields})

    async def _sendmessage(self, fields: dict[str, Any]) -> web.Response:
        chat = str(fields["chat_id"])
        wait = max(self._waits(chat), default=0.0)
        if wait > 0:
            self.too_many += 1
            seconds = max(1, round(wait))
            more = {"retry_after": seconds}
            return error(429, f"Too Many Requests: retry after {seconds}", more)
        if chat in self.blocked:
            return error(403, "Forbidden: bot was blocked by the user")
        if chat in self.moved:
            more = {"migrate_to_chat_id": self.moved[chat]}
            return error(400, "Bad Request: group chat was upgraded to a supergroup chat", more)
        if chat == "0":
            return error(400, "Bad Request: chat not found")
        text = fields.get("text", "")
        if not 0 < len(text.encode("utf-16-le")) // 2 <= 4096:
            return error(400, "Bad Request: message is too long")
        number = next(self._numbers)
        self.sent.append(Message(chat, text, fields, number, time.monotonic()))
        chat_of = {"id": int(chat), "type": "private"} if chat.lstrip("-").isdigit() else {}
        result = {"message_id": number, "date": 1_780_000_000, "text": text}
        return ok({**result, "chat": chat_of or {"id": 1, "type": "private"}})

    async def _editmessagetext(self, fields: dict[str, Any]) -> web.Response:
        chat, number = str(fields["chat_id"]), int(fields["message_id"])
        if chat in self.blocked:
            return error(403, "Forbidden: bot was blocked by the user")
        found = [message for message in self.to(int(chat)) if message.id == number]
        if not found:
            return error(400, "Bad Request: message to edit not found")
        if found[0].text == fields["text"]:
            return error(400, "Bad Request: message is not modified")
        found[0].text = fields["text"]
        found[0].fields = {**found[0].fields, "reply_markup": fields.get("reply_markup")}
        chat_of = {"id": int(chat), "type": "private"}
        return ok({"message_id": number, "date": 1_780_000_000, "chat": chat_of})

    def _waits(self, chat: str) -> Iterable[float]:
        now = asyncio.get_running_loop().time()
        yield self._chat_at.get(chat, 0.0) - now
        for limit in self.limits:
            yield limit.wait()
        if self.chat_gap:
            self._chat_at[chat] = now + self.chat_gap

    async def _push(self, update: Any) -> None:
        """To the webhook, again until it is taken."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        address = URL(self.webhook["url"])
        address = URL(self.front).with_path(address.path) if self.front else address
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.post(
                        address, data=json.dumps(update), headers=headers
                    ) as response:
                        if response.ok:
                            break
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
