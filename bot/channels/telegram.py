"""Telegram: private chats of citizens, and groups of officers who are told that something waits.

Of an update only the text, the button and the chat's number are read; the rest stays in `parse`.
Every update is durable (`Take`) before Telegram is told that we have it.
"""

import asyncio
import hmac
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self, TypeVar

import structlog
from aiohttp import web
from telegram.error import BadRequest, TelegramError

from bot.channels import render
from bot.channels.base import Caps, Channel, Event, Health, Outcome, Payload, Polled, Sent
from bot.channels.telegram_bot import UPDATES, PlainBot
from bot.channels.telegram_errors import TooFastError, outcome_of, trouble_of, trouble_of_hook
from bot.channels.telegram_menu import introduction, trial
from bot.channels.telegram_message import fields_of, outcome_of_answer
from bot.channels.telegram_photos import Album
from bot.channels.telegram_request import Request
from bot.channels.telegram_update import (
    Buttons,
    body_of,
    callback_of,
    events_of,
    files_of,
    following,
    object_of,
)
from handlers.chat import Reply
from storage import vault
from storage.db import DatabaseDownError

EMPTY_PAUSE = 0.5  # seconds; Telegram has waited `LONG_POLL` by then, other servers may not
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds between attempts while it cannot be reached
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 # the header's name

T = TypeVar("T")

_log = structlog.get_logger()

# Durable once it returns; raises DatabaseDownError if it is not.
Take = Callable[[Channel, Mapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Account:
    """A bot's log-in, and how to reach the Bot API. `webhook`: our own address, or empty.

    Without an `operator` everything it says begins with the words that it is a trial.
    """

    token: str
    base_url: str = "https://api.telegram.org"
    proxy: str | None = None
    webhook: str = ""
    operator: str | None = None

    def secret(self, purpose: str) -> str:
        """Words that Telegram and we can both know, and nobody can turn back into the token."""
        return vault.derive(self.token.encode(), f"telegram {purpose}").hex()[:32]


class _Ack:
    """Remembers that it was called."""

    given = False

    def __call__(self) -> None:
        self.given = True


class Telegram:
    """One bot."""

    name: ClassVar[str] = "telegram"
    caps: ClassVar[Caps] = Caps(
        anonymity="pseudonymous",
        max_text=4096,
        buttons=48,
        copy_button=True,
        photo_in=True,
        silent=True,
    )

    def __init__(
        self,
        account: Account,
        take: Take,
        elected: Callable[[], bool] = lambda: True,
        request: Request | None = None,
    ) -> None:
        """Nothing is sent yet.

        Args:
            account: the bot.
            take: puts an update into the inbox.
            elected: whether this process is the one that fetches updates.
            request: how to reach the Bot API, for tests.
        """
        self._account, self._take, self._elected = account, take, elected
        self._buttons = Buttons(account.secret("buttons"))
        self._path = f"/telegram/{account.secret('path')}"
        self._hook_url = account.webhook.rstrip("/") + self._path
        self._request = request or Request(account.proxy)
        self._bot = PlainBot(
            account.token,
            base_url=f"{account.base_url.rstrip('/')}/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self._album = Album(self._request, account.base_url.rstrip("/"), account.token)
        self._offset = 0
        self._trouble = ""
        self._answers: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        await self._request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        for task in self._answers:
            task.cancel()
        await self._album.close()
        await self._request.shutdown()

    @property
    def redact(self) -> tuple[str, ...]:
        """Never in a log."""
        account = self._account
        proxy = (account.proxy,) if account.proxy else ()
        return (account.token, account.secret("header"), account.secret("path"), *proxy)

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The webhook; its path is as good as a password, and the header is another one."""
        return [web.post(self._path, self._hook)] if self._account.webhook else []

    def parse(self, raw: Mapping[str, Any]) -> list[Event]:
        """Words, a button, or that there was something we do not take; nothing of who it was."""
        return events_of(raw, self._buttons)

    async def photo(self, event: Event) -> bytes:
        """A photograph, as it was sent; raises `NoPhotoError`."""
        return await self._album.get(event.file)

    def render(self, reply: Reply, caps: Caps) -> list[Payload]:
        """As everywhere, with the code both to read and to copy."""
        said = reply
        if self._account.operator is None:
            said = replace(reply, text=f"{trial(reply.language)}\n\n{reply.text}")
        *before, last = render.render(said, replace(caps, copy_button=False))
        return [*before, replace(last, copy=reply.copy)]

    def poll(self) -> AsyncIterator[Polled]:
        """Updates, each with its `ack`; with a webhook only the announcement that there is one."""
        return self._announce() if self._account.webhook else self._fetch()

    async def send(self, address: str, payload: Payload) -> Outcome:
        """One message."""
        fields = fields_of(address, payload, self._buttons)
        if payload.silent:
            fields["disable_notification"] = True
        if payload.copy:
            fields["protect_content"] = True
        try:
            sent = await self._request.call(f"{self._bot.base_url}/sendMessage", fields)
        except TelegramError as error:
            return outcome_of(error)
        return outcome_of_answer(sent)

    async def withdraw(self, address: str, message_id: str, payload: Payload) -> Outcome:
        """Put other words where a message stood: who read the wrong ones reads that they were."""
        try:
            fields = {"message_id": int(message_id), **fields_of(address, payload, self._buttons)}
            await self._request.call(f"{self._bot.base_url}/editMessageText", fields)
        except BadRequest as error:
            same = "not modified" in error.message.lower()
            return Sent(message_id) if same else outcome_of(error)
        except TelegramError as error:
            return outcome_of(error)
        return Sent(message_id)

    async def health(self) -> Health:
        """Ask Telegram who we are, and whether it can bring us messages."""
        try:
            await self._bot.get_me()
            trouble = self._trouble or await self._hook_trouble()
        except TelegramError as error:
            trouble = trouble_of(error)
        return Health(ok=not trouble, detail=trouble)

    async def _hook_trouble(self) -> str:
        if self._account.webhook:
            with suppress(TelegramError):  # it has just answered: what it does not tell is none
                info = await self._request.call(f"{self._bot.base_url}/getWebhookInfo", {})
                return trouble_of_hook(info, self._hook_url)
        return ""

    async def address(self) -> str:
        """What opens a chat with this bot in a browser; empty while Telegram cannot be asked."""
        return await self._bot.address()

    async def _announce(self) -> AsyncIterator[Polled]:
        """Tell Telegram where to bring updates, until it has heard."""
        await self._insist(
            lambda: self._bot.set_webhook(
                self._hook_url, allowed_updates=UPDATES, secret_token=self._account.secret("header")
            )
        )
        await self._introduce()
        nothing: tuple[Polled, ...] = ()
        for update in nothing:
            yield update

    async def _fetch(self) -> AsyncIterator[Polled]:
        """Fetch updates; one that is not acknowledged is fetched again."""
        await self._insist(self._bot.delete_webhook)
        await self._introduce()
        while True:
            if not self._elected():
                await asyncio.sleep(1)
                continue
            batch = await self._insist(self._batch)
            before = self._offset
            self._album.begin(files := files_of(batch, self._buttons))
            for raw in batch:
                ack = _Ack()
                yield Polled(raw if isinstance(raw, Mapping) else {}, ack)
                if not ack.given:
                    break
                self._offset = following(raw, self._offset)
                self._answered(raw)
            self._album.drop(files)
            if self._offset == before:
                # Nothing was taken, so the same ones will come again; or the server did not wait.
                await asyncio.sleep(1 if batch else EMPTY_PAUSE)

    async def _introduce(self) -> None:
        """The menu and a line about us: decoration, no trouble to a server that knows neither."""
        for method, fields in introduction(self._account.operator).items():
            with suppress(TelegramError):
                await self._request.call(f"{self._bot.base_url}/{method}", fields)

    async def _batch(self) -> list[Any]:
        return await self._bot.updates(self._offset)

    async def _insist(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call until it works: that Telegram cannot be reached is a normal state."""
        pause = FIRST_PAUSE
        while True:
            try:
                done = await call()
            except TelegramError as error:
                self._note(trouble_of(error))
                seconds = error.seconds if isinstance(error, TooFastError) else pause
                await asyncio.sleep(seconds * random.uniform(0.5, 1.5))  # noqa: S311 # no secret
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self._note("")
                return done

    def _note(self, trouble: str) -> None:
        """Log once when it stops working, and once when it works again."""
        if trouble and trouble != self._trouble:
            _log.warning("telegram.unreachable", why=trouble)
        elif self._trouble and not trouble:
            _log.info("telegram.reachable")
        self._trouble = trouble

    async def _hook(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._account.secret("header").encode()):
            return web.Response(status=401)
        raw = object_of(await body_of(request))
        try:
            await self._take(self, raw)
        except DatabaseDownError:
            return web.Response(status=503)  # Telegram brings it again
        self._answered(raw)
        return web.Response()

    def _answered(self, raw: object) -> None:
        """Stop the little clock on the button that was pressed."""
        query = callback_of(raw)
        if query:
            task = asyncio.create_task(self._answer(query))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _answer(self, query: str) -> None:
        with suppress(TelegramError):  # too late, or unreachable: the button is only decoration
            await self._bot.answer_callback_query(query)
