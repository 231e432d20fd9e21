"""The tests' Bot API server as a process of its own, so that a client's processor is its own.

Run: python -m bench.bot_api [--latency SECONDS] [--model bucket|window] [--rate N]. Prints
its address; once its standard input ends it prints what it saw, as JSON.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes_telegram import BotApi
from tests.limits import SlidingWindow, TokenBucket
from tests.program import ROOT

__all__ = ["Api", "Seen", "serving"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server saw. `seconds`: from the first message taken to the last."""

    sent: int
    too_many: int
    most: int
    seconds: float

    @property
    def rate(self) -> float:
        """Messages taken a second."""
        return (self.sent - 1) / self.seconds if self.seconds else 0.0


@dataclass
class Api:
    """A running server; `seen` is filled when it ends."""

    url: str
    seen: list[Seen] = field(default_factory=list)


@contextmanager
def serving(*options: str) -> Iterator[Api]:
    """The server until the block ends."""
    command = [sys.executable, "-m", "bench.bot_api", *options]
    with subprocess.Popen(  # noqa: S603 # our own words
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None  # noqa: S101 # for the type checker
        api = Api(child.stdout.readline().strip())
        try:
            yield api
            found, _ = child.communicate()
            api.seen.append(Seen(**json.loads(found)))
        finally:
            child.kill()


class _Counting(BotApi):
    """Remembers moments instead of messages: a hundred thousand of them are nobody's test."""

    def count(self) -> None:
        self.moments: list[float] = []

    async def _sendmessage(self, fields: dict[str, Any]) -> web.Response:
        self.sent.clear()
        response = await super()._sendmessage(fields)
        if self.sent:
            self.moments.append(time.monotonic())
        return response


def most_in_a_second(moments: Sequence[float]) -> int:
    """The most within any second, wherever it begins."""
    most = first = 0
    for number, moment in enumerate(moments):
        while moments[first] <= moment - 1:
            first += 1
        most = max(most, number - first + 1)
    return most


async def _serve(options: argparse.Namespace) -> None:
    api = _Counting(latency=options.latency)
    api.count()
    if options.model == "bucket":
        api.limits.append(TokenBucket(options.rate, options.rate, time.monotonic))
    elif options.model == "window":
        api.limits.append(SlidingWindow(int(options.rate), time.monotonic))
    async with api:
        print(api.url, flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    moments = api.moments
    seconds = moments[-1] - moments[0] if moments else 0.0
    seen = Seen(len(moments), api.too_many, most_in_a_second(moments), seconds)
    print(json.dumps({name: getattr(seen, name) for name in Seen.__slots__}))


def main(arguments: Sequence[str]) -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--model", choices=("none", "bucket", "window"), default="none")
    parser.add_argument("--rate", type=float, default=30.0)
    asyncio.run(_serve(parser.parse_args(arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])
