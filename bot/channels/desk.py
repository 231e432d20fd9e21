"""Officers' alerts, shown by every queue page of a station that is open in a browser.

An alert says that something waits, never what. With no page open it is not sent, and tried again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from typing import Any, ClassVar

from aiohttp import web

from bot.channels.base import Caps, Event, Health, MalformedError, NotSent, Outcome, Payload, Sent
from bot.channels.render import render
from bot.threads import in_thread
from console import cookies
from console.facts import Facts
from desk import logins
from desk.desk import Office
from handlers.chat import Reply

HEARTBEAT = 20.0  # seconds; proxies close what is silent for a minute
LIFETIME = 30  # heartbeats; the page connects again and its log-in is looked at again

Listener = asyncio.Queue[str | None]  # None: the program stops
Listeners = set[Listener]


class DeskAlerts:
    """A channel whose addresses are station codes."""

    name: ClassVar[str] = "desk"
    caps: ClassVar[Caps] = Caps(anonymity="confidential")
    redact: ClassVar[tuple[str, ...]] = ()

    def __init__(self, office: Office, workers: Executor, facts: Facts) -> None:
        """Nobody listens yet."""
        self._facts = facts
        self._office = office
        self._workers = workers
        self._open: defaultdict[str, Listeners] = defaultdict(set)

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The stream a queue page listens to."""
        return [web.get("/desk/live", self._live)]

    def poll(self) -> None:
        """Nothing comes in here."""

    def parse(self, raw: Mapping[str, Any]) -> list[Event]:
        """Nothing comes in here."""
        raise MalformedError(f"alerts take no messages; fields: {sorted(raw)}")

    def render(self, reply: Reply, caps: Caps) -> list[Payload]:
        """An alert is one line."""
        return render(reply, caps)

    async def send(self, address: str, payload: Payload) -> Outcome:
        """Show it on every open queue page of the station."""
        listeners = self._open.get(address)
        if not listeners:
            return NotSent("no queue page is open")
        for listener in listeners:
            listener.put_nowait(payload.text)
        return Sent("")

    async def health(self) -> Health:
        """It has nothing that could fail."""
        return Health(ok=True)

    async def close(self) -> None:
        """End every stream: each would keep the program from stopping."""
        for listener in (one for listeners in self._open.values() for one in listeners):
            listener.put_nowait(None)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        station = await in_thread(self._workers, self._station, request)
        if station is None:
            return web.Response(status=401, text="")
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",  # nginx would hold the lines back
            }
        )
        await response.prepare(request)
        listener: Listener = asyncio.Queue()
        self._open[station].add(listener)
        try:
            for _ in range(LIFETIME):
                lines = await _next_lines(listener)
                if not lines:
                    break  # the program stops
                await response.write(lines)
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._open[station].discard(listener)
        return response

    def _station(self, request: web.Request) -> str | None:
        cookie = cookies.read(self._facts, request.cookies, cookies.LOG_IN)
        if not cookie:
            return None
        with self._office.begin("desk") as desk:
            signed = logins.resume(desk, cookie)
        return signed.officer.station_code if signed and signed.reads else None


async def _next_lines(listener: Listener) -> bytes:
    try:
        text = await asyncio.wait_for(listener.get(), HEARTBEAT)
    except TimeoutError:
        return b": still here\n\n"
    return f"event: waiting\ndata: {text}\n\n".encode() if text is not None else b""
