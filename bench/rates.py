"""Telegram's limit kept and used, and what a message costs: beside the libraries people use.

The Bot API is the tests' server in a process of its own. AIORateLimiter and aiogram_broadcaster are
measured only if `make bench-peers` has installed them.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.bot_api import Api, Seen, serving
from bench.people import PEOPLE, town
from bench.rounds import Series, alternate, ratio, table
from bot.channels.base import Channel, Payload, Sent
from bot.channels.telegram import Account, Telegram
from handlers.chat import Choice
from tests.fakes_telegram import TOKEN
from tests.program import ROOT

RATE = 30  # messages a second that Telegram allows for nothing
TRIP = 0.08  # seconds there and back
MESSAGES = 1800  # a minute
IN_FLIGHT = 64
ROUNDS, OURS, THEIRS = 5, 6000, 1200  # messages a round: about as much processor for both
PEERS = ROOT / "var" / "peers" / "bin" / "python"
NOTICE = Payload("x" * 600, (Choice("tip", "Báo tin"), Choice("unfollow", "Ngừng nhận")))


def measure(folder: Path) -> str:
    """Both limiter models, then the processor a message takes; the section of the report."""
    with town(folder, "telegram", MESSAGES) as (place, writer):
        command = [sys.executable, "-m", "bench.engine", place.url, str(place.keys), str(writer)]
        kept = {model: _limited(command, folder, model) for model in ("bucket", "window")}
    with serving() as api:
        ours, theirs = alternate(ROUNDS, lambda: _ours(api.url), lambda: _theirs(api.url))
    return _section(kept, ours, theirs)


def _limited(engine: list[str], folder: Path, model: str) -> dict[str, Seen]:
    """Everybody at the same time, each against a server of its own with this limit."""
    seen: dict[str, Api] = {}
    options = ("--latency", str(TRIP), "--model", model, "--rate", str(RATE))
    with ExitStack() as stack:

        def api(name: str) -> str:
            seen[name] = stack.enter_context(serving(*options))
            return seen[name].url

        ours = [*engine, "telegram", api("Tiếng Loa"), str(RATE)]
        peers = []
        if PEERS.exists():
            peer = [str(PEERS), str(ROOT / "bench" / "peers.py")]
            peers = [
                [*peer, "limiter", api("AIORateLimiter (PTB)"), TOKEN, str(MESSAGES)],
                [*peer, "broadcaster", api("aiogram_broadcaster"), TOKEN, str(PEOPLE), str(folder)],
            ]
        with _running(peers):
            subprocess.run(ours, cwd=ROOT, check=True)  # noqa: S603 # our own words
    return {name: found.seen[0] for name, found in seen.items()}


@contextmanager
def _running(commands: list[list[str]]) -> Iterator[None]:
    """These programs until the block ends; they need not be through."""
    with ExitStack() as stack:
        for command in commands:
            child = stack.enter_context(
                subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 # our own words
            )
            stack.callback(child.kill)
        yield


def _ours(url: str) -> float:
    """Messages for a second of processor, through the adapter the program uses."""
    return asyncio.run(_sent(url))


async def _sent(url: str) -> float:
    async with Telegram(Account(TOKEN, url), _nothing) as channel:
        numbers = iter(range(OURS))

        async def work() -> None:
            for number in numbers:
                outcome = await channel.send(str(7_700_000_000 + number), NOTICE)
                if not isinstance(outcome, Sent):
                    raise SystemExit(f"a message was not sent: {outcome}")

        used = time.process_time()
        await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
        return OURS / (time.process_time() - used)


def _theirs(url: str) -> float:
    """The same for PTB with the request it comes with."""
    command = [sys.executable, "bench/peers.py", "httpx", url, TOKEN, str(THEIRS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 # our own words
    return 1 / float(done.stdout)


async def _nothing(_channel: Channel, _raw: Mapping[str, Any]) -> None:
    """Nobody writes to us here."""


def _section(kept: Mapping[str, Mapping[str, Seen]], ours: Series, theirs: Series) -> str:
    rows = [
        (model, name, seen.sent, f"{seen.rate / RATE:.2%}", seen.too_many, seen.most)
        for model, all_seen in kept.items()
        for name, seen in all_seen.items()
    ]
    head = ("model of the limit", "", "sent", "of the allowed rate", "429", "most in any second")
    missing = "" if PEERS.exists() else "Peers not installed (make bench-peers): NOT MEASURED.\n\n"
    costs = [
        ("python-telegram-bot, its own request", theirs, 1),
        ("Tiếng Loa", ours, ratio(ours, theirs)),
    ]
    return f"""## Telegram's limit

{RATE} messages a second allowed, {TRIP * 1000:.0f} ms there and back, everybody at the same time on
these processors, each against a server of its own. "bucket": {RATE} a second on average and at
once. "window": {RATE} + 1 in any second. Ours is the whole way: chunks, windows and deliveries in
the database, budget and election as with several processes. The others send from a list;
aiogram_broadcaster keeps {PEOPLE:,} chats in its file and is stopped when we are through.

{missing}{table(head, rows)}

Messages for a second of the client's processor, {IN_FLIGHT} at once, no limit, two buttons each;
{ROUNDS} rounds alternating, median (lowest to highest).

{table(("messages for a second of processor", "median (spread)", "of PTB's own"), costs)}
"""
