"""Whoever begins a form and never ends it: the connection is let go, and the room it held."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels import webchat_form, webchat_upload
from bot.channels.webchat import WebChat
from bot.darkroom import Darkroom
from tests.fakes import PaperIntake

WORDS = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=x"
FILE = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="p"\r\n\r\n' + bytes(900)


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    with ThreadPoolExecutor(1) as dark:
        app = web.Application()
        app.add_routes(WebChat(PaperIntake(), None, Darkroom(dark)).routes())
        async with TestServer(app) as started:
            yield started


async def begun(server: TestServer, kind: str, body: bytes) -> bytes:
    """The first line of the answer to a form of which no more comes than this."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    head = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\nContent-Length: 5000\r\n\r\n"
    writer.write(head.encode() + body)
    try:
        async with asyncio.timeout(20):
            return await reader.readline()
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [(WORDS, b"key=", b" 400 "), (FILES, FILE, b" 413 "), (FILES, b"", b" 413 ")],
)
async def test_a_form_that_never_ends_is_answered_all_the_same(
    server: TestServer, monkeypatch: pytest.MonkeyPatch, kind: str, body: bytes, status: bytes
) -> None:
    monkeypatch.setattr(webchat_form, "WORDS_SECONDS", 0.05)
    monkeypatch.setattr(webchat_upload, "SECONDS", 0.05)

    assert status in await begun(server, kind, body)


async def test_the_room_a_stalled_photograph_held_is_free_again_for_others(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webchat_upload, "SECONDS", 0.05)
    monkeypatch.setattr(webchat_upload, "HELD_BYTES", 1000)  # room for one of them

    assert b" 413 " in await begun(server, FILES, FILE)
    assert b" 413 " in await begun(server, FILES, FILE)  # 503 while there is none
