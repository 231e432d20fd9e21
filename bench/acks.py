"""How soon Telegram's webhook is acknowledged, beside a bare handler that stores one row."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bench.rounds import Series, ratio, table
from bot.channels.telegram import SECRET_HEADER, Account
from storage.server import OWNER, Server
from tests.fakes_telegram import TOKEN
from tests.program import HOST, ROOT, Program, free_port, get, until

EVERY = 0.05  # seconds between updates; they come whether or not the last one is acknowledged
UPDATES = 400  # a round
ROUNDS = 5
HOOK = "http://127.0.0.1:9"  # where the Bot API would be: it cannot be reached, and nobody minds
_SECRET = "benchmark"  # noqa: S105 # of a database that lives a minute
_OK = 200


def measure(folder: Path) -> str:
    """Both in turn; the section of the report."""
    with ExitStack() as stack:
        program = stack.enter_context(_program(folder / "ours"))
        bare = stack.enter_context(_bare(folder / "bare"))
        account = Account(TOKEN, webhook="https://example.org")
        path = f"/telegram/{account.secret('path')}"
        header = {SECRET_HEADER: account.secret("header")}
        ours: list[list[float]] = []
        yardstick: list[list[float]] = []
        for number in range(ROUNDS + 1):
            for times, url in ((ours, f"http://{HOST}:{program.port}{path}"), (yardstick, bare)):
                times.append(asyncio.run(_round(url, header, number * UPDATES)))
    return _section(ours[1:], yardstick[1:])


async def _round(url: str, header: Mapping[str, str], first: int) -> list[float]:
    """Milliseconds each update took, sorted."""
    async with aiohttp.ClientSession(headers=header) as session:

        async def one(number: int) -> float:
            await asyncio.sleep((number - first) * EVERY)
            began = time.perf_counter()
            async with session.post(url, json=_update(number)) as response:
                await response.read()
                if response.status != _OK:
                    raise SystemExit(f"an update was answered with {response.status}")
            return (time.perf_counter() - began) * 1000

        return sorted(await asyncio.gather(*map(one, range(first, first + UPDATES))))


def _update(number: int) -> dict[str, Any]:
    chat = {"id": 7_700_000_000 + number, "type": "private", "first_name": "Lan"}
    message = {"message_id": number, "date": 1_780_000_000, "chat": chat, "from": chat}
    return {"update_id": number, "message": {**message, "text": "Xin chào"}}


@contextmanager
def _program(folder: Path) -> Iterator[Program]:
    """The real program, with a bot whose updates are brought."""
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": HOOK,
        "TELEGRAM_WEBHOOK": "true",
        "PUBLIC_URL": "https://example.org",
        "WORKERS": "8",
    }
    with Program(folder, "run", **settings).anew() as program:
        yield program


@contextmanager
def _bare(folder: Path) -> Iterator[str]:
    """The yardstick, with an embedded database of its own."""
    port = free_port()
    with Server(folder, password=_SECRET) as server:
        url = server.url(OWNER, _SECRET, "postgres")
        with subprocess.Popen([sys.executable, "-m", "bench.acks", url, str(port)], cwd=ROOT) as on:  # noqa: S603 # our own words
            try:
                until(lambda: _answers(port), "the bare handler does not start")
                yield f"http://{HOST}:{port}/"
            finally:
                on.kill()


def _answers(port: int) -> bool:
    try:
        return bool(get(port, "/"))
    except OSError:
        return False


def _section(ours: list[list[float]], bare: list[list[float]]) -> str:
    def at(rounds: list[list[float]], share: float) -> Series:
        return Series(tuple(times[int(share * (len(times) - 1))] for times in rounds))

    rows = [
        (name, at(bare, share), at(ours, share), ratio(at(ours, share), at(bare, share)))
        for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99))
    ]
    return f"""## Webhook acknowledged

Milliseconds from an update of Telegram to its acknowledgement, one every {EVERY * 1000:.0f} ms,
{UPDATES} a round, {ROUNDS} rounds alternating; median (lowest to highest). Ours is the whole
program: secret checked, message sealed and stored with fsync, then acknowledged, while it answers
those before. The yardstick is an aiohttp handler that stores the update's text in one row.

{table(("ms", "bare handler and INSERT", "Tiếng Loa", "ratio"), rows)}
"""


def serve(url: str, port: int) -> None:
    """The yardstick: eight connections, one INSERT, one commit with fsync."""
    import psycopg  # noqa: PLC0415 # only the child needs it

    free: asyncio.Queue[psycopg.AsyncConnection[Any]] = asyncio.Queue()

    async def connect(_app: web.Application) -> None:
        for _ in range(8):
            free.put_nowait(await psycopg.AsyncConnection.connect(url, autocommit=True))
        connection = await free.get()
        await connection.execute("CREATE TABLE seen (at timestamptz DEFAULT now(), words text)")
        free.put_nowait(connection)

    async def hook(request: web.Request) -> web.Response:
        words = await request.text()
        connection = await free.get()
        try:
            await connection.execute("INSERT INTO seen (words) VALUES (%s)", (words,))
        finally:
            free.put_nowait(connection)
        return web.Response()

    async def ready(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    app = web.Application()
    app.on_startup.append(connect)
    app.add_routes([web.post("/", hook), web.get("/", ready)])
    web.run_app(app, host=HOST, port=port, access_log=None, print=None)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
