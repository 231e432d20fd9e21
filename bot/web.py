"""The site: channels' routes, the officers' desk, and what a supervisor asks."""

import errno
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from typing import Protocol, runtime_checkable

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware
from prometheus_client import generate_latest

from bot import metrics, rounds
from bot.channels.base import Channel
from bot.channels.webchat import HEADERS
from bot.settings import Settings, SettingsError
from bot.threads import in_thread
from desk.desk import Office
from handlers.texts import say
from storage.db import DatabaseDownError

# Seconds for running requests, twice: aiohttp waits, cancels and waits again. A stop takes ten at
# most, and the database needs some of them.
GRACE = 3.0
# Seconds a connection may be open without the whole head of a request, from its beginning or from
# the last answer on, whatever trickles in meanwhile; aiohttp gives an hour. Longer than nginx
# keeps an idle one to us (60: `keepalive_timeout` of an upstream), so that it never writes into one
# we are closing.
WITHOUT_REQUEST = 75.0
# Loops without which a tip is taken and nobody hears of it.
NEEDED = ("recovery", "sender", "sweeps")

_OUR_NAME = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")
# What proxies say of whom they ask for (RFC 7239, RFC 9110 §7.6.3, and nginx' own), in small
# letters: proxies that speak HTTP/2 write them so.
_PASSED_ON = ("forwarded", "x-forwarded", "x-real-ip", "via")

_log = structlog.get_logger()

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Routed(Protocol):
    """Something with addresses of its own on the site."""

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Addresses and what answers there."""
        ...


@runtime_checkable
class Around(Protocol):
    """Something that looks at every answer on its way out."""

    @property
    def middleware(self) -> Middleware:
        """What aiohttp calls around every page."""
        ...


def build(
    office: Office,
    workers: Executor,
    channels: Iterable[Channel],
    console: web.Application,
    pages: Iterable[Routed] = (),
) -> web.Application:
    """The whole site as one application.

    Args:
        pages: public ones beside the channels'; some look at every answer on its way out.
    """
    pages = tuple(pages)
    around = [part.middleware for part in pages if isinstance(part, Around)]
    app = web.Application(middlewares=[_count, *around], client_max_size=64 * 1024)

    async def ready(_request: web.Request) -> web.Response:
        """Whether work can be done now: the database answers, and what must go on goes on."""
        try:
            await in_thread(workers, _ask_database, office)
        except DatabaseDownError:
            return web.Response(status=503, text="database down\n")
        if stuck := rounds.stuck(NEEDED):
            return web.Response(status=503, text=f"failing: {', '.join(stuck)}\n")
        return web.Response(text="ready\n")

    app.router.add_get("/health", _health)
    app.router.add_get("/ready", ready)
    app.router.add_get("/metrics", _metrics)
    for part in (*channels, *pages):
        app.add_routes(part.routes())
    app.add_subapp("/desk/", console)
    return app


@asynccontextmanager
async def serving(app: web.Application, settings: Settings) -> AsyncIterator[None]:
    """Listen until the block ends, then let running requests finish.

    Raises:
        SettingsError: the port is taken, or may not be used.
    """
    # No access log: it would hold addresses of people.
    runner = web.AppRunner(
        app,
        access_log=None,
        handle_signals=False,
        shutdown_timeout=GRACE,
        keepalive_timeout=WITHOUT_REQUEST,
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, reuse_address=True)
        await _start(site, settings)
        yield
    finally:
        await runner.cleanup()


async def _start(site: web.TCPSite, settings: Settings) -> None:
    where = f"{settings.host}:{settings.port}"
    try:
        await site.start()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"PORT is {settings.port}, and another program listens on {where} already: "
                f"stop it, or choose another port (make run PORT={settings.port + 1})"
            ) from None
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise SettingsError(
                f"HOST is {settings.host!r}, which is no address of this machine"
            ) from None
        if error.errno == errno.EACCES:
            raise SettingsError(
                f"PORT is {settings.port}: ports below 1024 need more rights; use 8080 behind a "
                "reverse proxy"
            ) from None
        raise


async def _health(_request: web.Request) -> web.Response:
    """Whether the program runs at all."""
    return web.Response(text="ok\n")


async def _metrics(request: web.Request) -> web.Response:
    """Counts for Prometheus, to this machine only."""
    if not _asked_here(request):
        raise web.HTTPNotFound
    body = generate_latest(metrics.REGISTRY)
    return web.Response(body=body, content_type="text/plain", charset="utf-8")


def _asked_here(request: web.Request) -> bool:
    """Whether a program of this machine asks for itself.

    By the address at the other end of the socket, which no header changes. Behind a proxy that is
    the proxy for everybody, so the name asked for must be this machine's too, and no header may say
    that somebody else is behind: headers only ever refuse.
    """
    passed_on = any(name.lower().startswith(_PASSED_ON) for name in request.headers)
    by_our_name = _OUR_NAME.fullmatch(request.host) is not None
    return request.remote in ("127.0.0.1", "::1") and by_our_name and not passed_on


@web.middleware
async def _count(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count answers by status, without paths: a path can hold a secret."""
    try:
        response = await handler(request)
    except web.HTTPException as answer:
        metrics.ANSWERS.labels(str(answer.status)).inc()
        _protect(answer)
        raise
    except Exception as error:  # noqa: BLE001 # nobody is shown what went wrong inside
        _log.error("site.failed", exc_info=error)
        metrics.ANSWERS.labels("500").inc()
        response = web.Response(status=500, text=say("menu.broken"))
    else:
        metrics.ANSWERS.labels(str(response.status)).inc()
    _protect(response)
    return response


def _protect(answer: web.StreamResponse) -> None:
    """What a page says of itself stands; errors and moves, which say nothing, get the same."""
    if not answer.prepared:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)


def _ask_database(office: Office) -> None:
    with office.begin("intake"):
        pass
