"""The Telegram adapter against a Bot API server on loopback: outcomes, webhook, silence of logs."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, unused_port
from telegram import InputFile

from bot.channels.base import (
    Ambiguous,
    Channel,
    Gone,
    Moved,
    NotSent,
    Outcome,
    Payload,
    Refused,
    Sent,
    Throttled,
)
from bot.channels.telegram import SECRET_HEADER, Account, Telegram
from bot.channels.telegram_request import Request
from bot.channels.telegram_update import BODY_BYTES
from handlers.chat import Choice
from storage.db import DatabaseDownError
from tests.fakes_telegram import TOKEN, BotApi
from tests.paper_telegram import take_nothing

HELLO = Payload("Xin chào.")


class Shelf:
    """An inbox of paper."""

    def __init__(self) -> None:
        self.taken: list[Mapping[str, Any]] = []
        self.down = False

    async def take(self, _channel: Channel, raw: Mapping[str, Any]) -> None:
        """Durable, or not."""
        if self.down:
            raise DatabaseDownError
        self.taken.append(raw)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as found:
        yield found


async def sent(base_url: str, chat: str = "7", token: str = TOKEN) -> Outcome:
    async with Telegram(Account(token, base_url), take_nothing) as channel:
        return await channel.send(chat, HELLO)


async def test_a_message_arrives_with_all_that_belongs_to_it(api: BotApi) -> None:
    payload = Payload("Nơi nào?", (Choice("at:28114", "Xã Rạch Kiến", "danger"),), copy="AB-CD")
    async with Telegram(Account(TOKEN, api.url), take_nothing) as channel:
        outcome = await channel.send("7", payload)
        await channel.send("7", Payload("Im lặng", silent=True))

    first, second = api.sent
    assert isinstance(outcome, Sent)
    assert outcome.message_id == str(first.id)
    assert first.copied == "AB-CD"
    assert first.fields["protect_content"] is True
    assert first.fields["reply_markup"]["inline_keyboard"][1][0]["style"] == "danger"
    assert first.buttons["Xã Rạch Kiến"].startswith("v1:at:28114:")
    assert second.fields["disable_notification"] is True
    assert "reply_markup" not in second.fields
    assert "parse_mode" not in first.fields


async def test_every_way_a_sending_can_end(api: BotApi) -> None:
    api.blocked, api.moved = {"1"}, {"-2": -1002}
    fine, gone, moved = [await sent(api.url, chat) for chat in ("7", "1", "-2")]
    nobody = await sent(api.url, "0")
    api.limits = [type("Full", (), {"wait": lambda _self: 17.0})()]  # type: ignore[list-item]
    throttled = await sent(api.url)
    api.limits = []
    wrong = await sent(api.url, token=TOKEN.replace("A", "B"))
    api.refuse_with = 502
    broken = await sent(api.url)
    away = await sent(f"http://127.0.0.1:{unused_port()}")

    assert isinstance(fine, Sent)
    assert gone == Gone("forbidden")
    assert moved == Moved("-1002")
    assert nobody == Gone("chat not found")
    assert throttled == Throttled(timedelta(seconds=17))
    assert wrong == NotSent("InvalidToken")
    assert broken == Ambiguous("NetworkError")
    assert isinstance(away, NotSent)


async def test_a_message_that_will_never_be_taken_is_refused(api: BotApi) -> None:
    async with Telegram(Account(TOKEN, api.url), take_nothing) as channel:
        assert await channel.send("7", Payload("x" * 5000)) == Refused("bad request")


async def test_a_connection_cut_in_the_middle_leaves_it_open_whether_it_arrived() -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.close()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    outcome = await sent(f"http://127.0.0.1:{port}")
    server.close()

    assert isinstance(outcome, Ambiguous)


async def test_files_go_as_a_form(api: BotApi) -> None:
    async with Telegram(Account(TOKEN, api.url), take_nothing) as channel:
        photo = InputFile(b"\x89PNG...", filename="ảnh.png")
        await channel._bot.send_photo("7", photo, caption="Chợ")

    assert api.uploads == ["ảnh.png"]
    assert api.sent[0].text == "Chợ"


async def test_people_find_the_bot_at_an_address_while_telegram_answers(api: BotApi) -> None:
    async with Telegram(Account(TOKEN, api.url), take_nothing) as channel:
        assert await channel.address() == "https://t.me/loa_bot"
    nowhere = f"http://127.0.0.1:{unused_port()}"
    async with Telegram(Account(TOKEN, nowhere), take_nothing) as channel:
        assert await channel.address() == ""


async def test_health_says_what_to_mend_and_never_the_token(api: BotApi) -> None:
    wrong = TOKEN.replace("A", "B")
    details = []
    for url, token in ((api.url, wrong), (f"http://127.0.0.1:{unused_port()}", TOKEN)):
        async with Telegram(Account(token, url), take_nothing) as channel:
            details.append((await channel.health()).detail)
    async with Telegram(Account(TOKEN, api.url), take_nothing) as channel:
        assert (await channel.health()).ok

    assert "TELEGRAM_TOKEN" in details[0]
    assert "401" in details[0]
    assert "TELEGRAM_PROXY" in details[1]
    assert not any(word in "".join(details) for word in (TOKEN, wrong, api.url))


async def test_what_is_not_acknowledged_comes_again(api: BotApi) -> None:
    async with Telegram(Account(TOKEN, api.url), take_nothing) as channel:
        await api.say(7, "một")
        await api.say(7, "hai")
        polls = aiter(channel.poll())
        first = await anext(polls)
        again = await anext(polls)
        again.ack()
        second = await anext(polls)

    texts = [polled.raw["message"]["text"] for polled in (first, again, second)]
    assert texts == ["một", "một", "hai"]
    assert api.confirmed <= again.raw["update_id"] + 1


async def test_only_the_elected_process_fetches(api: BotApi) -> None:
    elected = False
    account = Account(TOKEN, api.url)
    async with Telegram(account, take_nothing, lambda: elected) as channel:
        await api.say(7, "một")
        polls = aiter(channel.poll())
        coming = asyncio.ensure_future(anext(polls))
        await api.until(lambda: api.calls["deletewebhook"] == 1)
        await asyncio.sleep(0.05)
        waited = api.calls["getupdates"]
        elected = True
        polled = await coming

    assert waited == 0
    assert polled.raw["message"]["text"] == "một"


async def test_telegram_away_for_a_while_is_logged_once_and_without_address(
    api: BotApi, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.LONGEST_PAUSE", 0.02)
    monkeypatch.setattr("bot.channels.telegram.FIRST_PAUSE", 0.01)
    caplog.set_level(logging.DEBUG)
    api.refuse_with = 502
    with structlog.testing.capture_logs() as logs:
        async with Telegram(Account(TOKEN, api.url), take_nothing) as channel:
            coming = asyncio.ensure_future(anext(aiter(channel.poll())))
            while api.calls["deletewebhook"] < 5:  # noqa: ASYNC110 # it answers with errors
                await asyncio.sleep(0.01)
            api.refuse_with = 0
            await api.say(7, "kẻ trộm")
            await coming

    assert [log["event"] for log in logs] == ["telegram.unreachable", "telegram.reachable"]
    # All but our Bot API server, which is no part of the program.
    records = [r for r in caplog.records if r.name != "aiohttp.access"]
    written = str(logs) + " ".join(record.getMessage() for record in records)
    assert TOKEN not in written
    assert "ten_tai_khoan" not in written
    assert "kẻ trộm" not in str(logs)


@pytest.fixture
async def hooked(api: BotApi) -> AsyncIterator[tuple[TestClient[Any, Any], Telegram, Shelf]]:
    shelf = Shelf()
    account = Account(TOKEN, api.url, webhook="https://tin.example.vn")
    async with Telegram(account, shelf.take) as channel:
        app = web.Application()
        app.add_routes(channel.routes())
        async with TestClient(TestServer(app)) as client:
            yield client, channel, shelf


Hooked = tuple[TestClient[Any, Any], Telegram, Shelf]


async def test_the_webhook_takes_only_what_knows_the_secret(hooked: Hooked) -> None:
    client, channel, shelf = hooked
    (route,) = channel.routes()
    secret = channel._account.secret("header")
    update = json.dumps({"update_id": 1})
    headers = [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: secret[:-1]}, {SECRET_HEADER: "ữ"}]
    refused = [await client.post(route.path, data=update, headers=h) for h in headers]  # type: ignore[attr-defined]
    good = await client.post(route.path, data=update, headers={SECRET_HEADER: secret})  # type: ignore[attr-defined]

    assert [answer.status for answer in refused] == [401] * 4
    assert good.status == 200
    assert shelf.taken == [{"update_id": 1}]
    assert TOKEN not in route.path  # type: ignore[attr-defined]


async def test_the_webhook_waits_for_the_database_and_for_nothing_else(hooked: Hooked) -> None:
    client, channel, shelf = hooked
    (route,) = channel.routes()
    headers = {SECRET_HEADER: channel._account.secret("header")}
    bodies = [b"{", b"[]", b"\xff", b"{" + b" " * (BODY_BYTES + 5) + b"}"]
    strange = [
        await client.post(route.path, data=BytesIO(body), headers=headers) for body in bodies
    ]  # type: ignore[attr-defined]
    shelf.down = True
    down = await client.post(route.path, data=b"{}", headers=headers)  # type: ignore[attr-defined]

    assert [answer.status for answer in strange] == [200] * 4
    assert shelf.taken == [{}] * 4
    assert down.status == 503


async def test_telegram_is_told_where_to_bring_updates(api: BotApi) -> None:
    account = Account(TOKEN, api.url, webhook="https://tin.example.vn/")
    async with Telegram(account, take_nothing) as channel:
        assert [polled async for polled in channel.poll()] == []

    assert api.webhook["url"].startswith("https://tin.example.vn/telegram/")
    assert len(api.webhook["secret_token"]) == 32
    assert api.webhook["allowed_updates"] == ["message", "callback_query"]


async def test_errors_of_the_request_quote_no_address() -> None:
    request = Request()
    for url in (f"http://127.0.0.1:{unused_port()}/bot{TOKEN}/x", "http://[::bad/"):
        with pytest.raises(Exception) as error:  # noqa: PT011 # any
            await request.do_request(url, "POST")
        assert TOKEN not in repr(error.value)
        assert error.value.__cause__ is None
    await request.shutdown()


async def test_a_proxy_is_used_and_its_password_is_a_secret(api: BotApi) -> None:
    seen: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        seen.append(request.headers.get("Proxy-Authorization", ""))
        return web.Response(status=502)

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", proxy)
    server = TestServer(app)
    await server.start_server()
    way = f"http://user:mat-khau-proxy@127.0.0.1:{server.port}"
    async with Telegram(Account(TOKEN, api.url, way), take_nothing) as channel:
        await channel.send("7", HELLO)
        assert any("mat-khau-proxy" in secret for secret in channel.redact)
    await server.close()

    assert seen
    assert seen[0].startswith("Basic ")
    assert api.sent == []
