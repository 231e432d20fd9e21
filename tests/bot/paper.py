"""A push channel that writes what it is given into a list or a file, and ends as the test says."""

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channels.base import Caps, Event, Health, Outcome, Payload, Sent
from bot.channels.render import render
from handlers.chat import Reply


@dataclass(frozen=True)
class Posted:
    """One thing handed to the channel."""

    at: float
    address: str
    text: str
    silent: bool


class PaperChannel:
    """Takes every message; `ends` says how sending to an address ends instead of well."""

    name = "paper"
    caps = Caps(anonymity="pseudonymous", buttons=8, silent=True)
    redact: tuple[str, ...] = ()

    def __init__(self, seconds: float = 0.0, file: Path | None = None) -> None:
        """Args: seconds: each sending takes; file: gets a line per message, past any buffer."""
        self.posted: list[Posted] = []
        self.ends: Callable[[str, int], Outcome | None] = lambda _address, _count: None
        self.withdrawn: list[tuple[str, str]] = []
        self._seconds = seconds
        self._counts: dict[str, int] = {}
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        self._out = os.open(file, flags, 0o600) if file else None

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Nothing comes in."""
        return []

    def poll(self) -> None:
        """Nothing comes in."""

    def parse(self, raw: Mapping[str, Any]) -> list[Event]:
        """Nothing comes in."""
        raise NotImplementedError(str(raw))

    def render(self, reply: Reply, caps: Caps) -> list[Payload]:
        """One message."""
        return render(reply, caps)

    async def send(self, address: str, payload: Payload) -> Outcome:
        """Write it down."""
        self._counts[address] = self._counts.get(address, 0) + 1
        ended = self.ends(address, self._counts[address])
        if ended is None or isinstance(ended, Sent):
            now = asyncio.get_running_loop().time()
            self.posted.append(Posted(now, address, payload.text, payload.silent))
            if self._out is not None:
                os.write(self._out, f"{address} {int(payload.silent)}\n".encode())
        await asyncio.sleep(self._seconds)
        return ended or Sent(f"m{address}")

    async def health(self) -> Health:
        """Paper is patient."""
        return Health(ok=True)


class EraserChannel(PaperChannel):
    """Paper that can be taken back."""

    async def withdraw(self, address: str, message_id: str, payload: Payload) -> Outcome:
        """Strike it out."""
        del payload
        self.withdrawn.append((address, message_id))
        return Sent(message_id)
