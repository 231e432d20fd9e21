"""Connections that are opened and send no request: let go, whatever trickles in; others stay."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from aiohttp import web

from bot import web as site
from bot.settings import Settings
from tests.program import HOST, free_port

HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n"


async def _page(_request: web.Request) -> web.Response:
    return web.Response(text="here")


async def _slow(_request: web.Request) -> web.Response:
    await asyncio.sleep(6 * site.WITHOUT_REQUEST)
    return web.Response(text="at last")


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(site, "WITHOUT_REQUEST", 0.1)
    app = web.Application()
    app.add_routes([web.get("/", _page), web.get("/slow", _slow)])
    port = free_port()
    async with site.serving(app, Settings(host=HOST, port=port, _env_file=None)):
        yield port


async def rest(reader: asyncio.StreamReader) -> bytes:
    """Everything until the server closes."""
    async with asyncio.timeout(20):
        return await reader.read()


@pytest.mark.parametrize("head", [b"", b"GET", HEAD], ids=["nothing", "a word", "no end"])
async def test_a_request_that_never_gets_its_head_together_is_let_go(
    port: int, head: bytes
) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(head)
    assert await rest(reader) == b""
    writer.close()


async def test_a_head_that_trickles_on_is_let_go_too(port: int) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(HEAD)
    ended = asyncio.ensure_future(rest(reader))
    while not ended.done():
        writer.write(b"X-A: b\r\n")
        await asyncio.sleep(0.02)
    with suppress(ConnectionResetError):
        assert ended.result() == b""
    writer.close()


async def test_after_an_answer_the_next_request_has_as_long_and_no_longer(port: int) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    for _ in range(3):
        writer.write(HEAD + b"\r\n")
        assert await reader.readuntil(b"here")
        await asyncio.sleep(0.03)
    writer.write(HEAD)
    assert await rest(reader) == b""
    writer.close()


async def test_an_answer_may_take_as_long_as_it_takes(port: int) -> None:
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(b"GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert (await rest(reader)).endswith(b"at last")
    writer.close()
