"""The composition root: opens everything in order, and closes it in reverse."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import Any

import aiohttp.web
import structlog

import console.app
from bot import interpreter, mandate, outside, papers, tools, web
from bot.broadcaster import Broadcaster
from bot.channels.base import Channel
from bot.channels.desk import DeskAlerts
from bot.channels.webchat import WebChat
from bot.commune_page import CommunePages
from bot.communes_page import CommunesPage
from bot.darkroom import Darkroom
from bot.database import Database, running
from bot.follow_page import FollowPage
from bot.inbox import Intake
from bot.leaflet_page import LeafletPages
from bot.localwords import LocalWordsWatch
from bot.loops import every, loop
from bot.previews import previews
from bot.public import PublicPages
from bot.reception import Reception
from bot.sender import Sender
from bot.settings import Settings
from bot.sweeps import Sweeps
from bot.type_size import TypeSize
from bot.watch import ChannelWatch
from console.facts import Facts, SampleLogin
from desk import localwords, officers, stations
from desk.desk import Office
from nlp import blocklist, boundaries
from storage.db import Store
from storage.keyring import Keyring
from storage.server import ServerError

PARTS = ("channels", "web", "sender", "sweeps")
SENDER = frozenset({"sender"})  # a process that only sends judges nothing
SLOW_WORKERS = 2  # password keys: 256 MiB each
PHOTO_WORKERS = 2  # decoded pictures: up to 150 MB each
RECOVER_EVERY = 5.0  # seconds
WATCH_EVERY = 1.0  # seconds

_log = structlog.get_logger()

Say = Callable[[str], None]


async def run(
    settings: Settings,
    say: Say,
    *,
    only: frozenset[str] = frozenset(PARTS),
    seed: Callable[[Office], Callable[[], list[SampleLogin]]] | None = None,
) -> None:
    """Run until Ctrl-C or SIGTERM.

    Args:
        say: told what the person at the terminal should know.
        only: which of `PARTS` this process does.
        seed: fills an empty database with samples (the demo); returns who can log in.

    Raises:
        SettingsError, storage.server.ServerError, DatabaseDownError: it does not start.
        bot.loops.LoopEndedError: a part of it ended by itself.
    """
    stop = _stop_signal()
    keyring = Keyring(settings.data_dir / "keys")
    with running(settings, keyring, say) as database:
        store = Store(database.urls, pool_size=settings.workers)
        with store, ThreadPoolExecutor(settings.workers, "work") as workers:
            office = _office(store, keyring, settings, only)
            logins = seed(office) if seed else None
            interpreter.settle()
            async with _everything(settings, office, workers, only, logins):
                _greet(settings, office, say, logins)
                await _watch(database, stop)
        say("Stopping …")


@asynccontextmanager
async def _everything(
    settings: Settings,
    office: Office,
    workers: ThreadPoolExecutor,
    only: frozenset[str],
    logins: Callable[[], list[SampleLogin]] | None,
) -> AsyncIterator[None]:
    """Every part this process does, until the block ends."""
    intake = Intake(office, workers, pull=frozenset({WebChat.name}), apps=outside.APPS)
    watch = ChannelWatch()
    facts = _facts(settings, logins, watch)
    alerts = DeskAlerts(office, workers, facts)
    async with AsyncExitStack() as stack:
        darkroom = Darkroom(stack.enter_context(ThreadPoolExecutor(PHOTO_WORKERS, "photos")))
        reception = Reception(office, workers, intake, darkroom)
        chat = WebChat(intake, settings.operator_name, darkroom)
        slow = stack.enter_context(ThreadPoolExecutor(SLOW_WORKERS, "slow"))
        stack.push_async_callback(intake.close)
        out = await stack.enter_async_context(
            outside.opened(settings, office, workers, reception, only)
        )
        pushed = sent_here(only, alerts, out.channels)
        loops: list[tuple[str, Callable[[], Coroutine[Any, Any, None]]]] = [
            ("channels", partial(_recover, intake)),
            ("sweeps", Sweeps(office, workers, f"{settings.address}/desk").run),
        ]
        if out.paces:
            loops.append(("sender", Broadcaster(office, workers, out.channels, out.paces).run))
        for part, run_part in loops:
            if part in only:
                await stack.enter_async_context(loop(run_part, part))
        if pushed:
            sender = Sender(office, workers, pushed, out.lines)
            await stack.enter_async_context(loop(sender.run, "sender"))
        if only != SENDER:
            await stack.enter_async_context(loop(LocalWordsWatch(office, workers).run))
        if "web" in only:
            whole = site(
                office, workers, slow, facts, (chat, alerts, *out.channels.values()), out.bot
            )
            await stack.enter_async_context(web.serving(whole, settings))
            await stack.enter_async_context(loop(lambda: watch.run(out.channels.values()), "watch"))
            stack.push_async_callback(alerts.close)
        yield


def sent_here(
    only: frozenset[str], alerts: Channel, others: Mapping[str, Channel]
) -> dict[str, Channel]:
    """Give the channels this process sends on: officers' pages ring where they are served."""
    return {
        **({alerts.name: alerts} if "web" in only else {}),
        **(others if "sender" in only else {}),
    }


def site(  # the composition root
    office: Office,
    workers: Executor,
    slow: Executor,
    facts: Facts,
    channels: Iterable[Channel],
    bot: Callable[[], Awaitable[str]] | None = None,
) -> aiohttp.web.Application:
    """Everything there is to visit: channels, public pages, the officers' desk."""
    public = PublicPages(facts.operator)
    pages = (
        TypeSize(),
        public,
        FollowPage(office, workers, public),
        CommunesPage(office, workers, public),
        CommunePages(office, workers, public, facts.public_url),
        LeafletPages(office, workers, slow, public, facts.public_url, bot),
    )
    desk = console.app.build(office, workers, slow, facts)
    return web.build(office, workers, channels, desk, pages)


def _facts(
    settings: Settings, logins: Callable[[], list[SampleLogin]] | None, watch: ChannelWatch
) -> Facts:
    """What the console is told of where it runs."""
    return Facts(
        operator=settings.operator_name,
        public_url=settings.address,
        secure_cookies=settings.address.startswith("https:"),
        sample_logins=logins,
        previews=previews,
        channels=watch.states,
        paper=papers.printer(),
    )


async def _recover(intake: Intake) -> None:
    """Go on with what a crash or an outage left unanswered."""

    async def turn() -> None:
        waiting = await intake.recover()
        if waiting:
            _log.info("inbox.recovered", people=waiting)

    await every("recovery", lambda: RECOVER_EVERY, turn)


async def _watch(database: Database, stop: asyncio.Event) -> None:
    """Wait for the end; meanwhile start the embedded server anew if it dies."""
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), WATCH_EVERY)
        server = database.server
        if server is not None and not server.alive and not stop.is_set():
            _log.error("database.died")
            try:
                await asyncio.to_thread(server.restart)
                _log.info("database.restarted")
            except ServerError as error:
                _log.error("database.restart_failed", exc_info=error)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


def _office(store: Store, keyring: Keyring, settings: Settings, only: frozenset[str]) -> Office:
    """What this process needs, and no more: one that only sends judges nothing."""
    if only == SENDER:
        return Office(store, tools.for_sending(keyring))
    folder = settings.data_dir
    pack, blocked = folder / boundaries.FILE, folder / blocklist.FILE
    loaded = tools.load(keyring, boundaries=pack, blocked=blocked)
    office = Office(store, tools.as_set(loaded, settings))
    with office.begin("sweeps") as desk:
        stations.sync(desk)
        localwords.refresh(desk)
    return office


def _greet(
    settings: Settings,
    office: Office,
    say: Say,
    logins: Callable[[], list[SampleLogin]] | None,
) -> None:
    say(f"\nTiếng Loa   {settings.address}/        citizens' chat")
    say(f"            {settings.address}/desk    officers' desk")
    if settings.operator_name is None:
        say("            OPERATOR_NAME is not set: every screen says it is a trial.")
    elif mandate.missing(settings):
        say(f"            Not recorded: {', '.join(mandate.missing(settings))}.")
        say("            Tell no citizen the address yet: python -m bot doctor says why.")
    if logins is not None:
        say("\nSample officers (the login page shows these and the 6-digit codes too):")
        for login in logins():
            say(f"  {login.where:<34} {login.username:<10} {login.password}   {login.code}")
    else:
        link = _first_link(settings, office)
        if link:
            say("\nNobody can log in yet. First officer of a province, open this link once")
            say("(48 hours; each start prints another, and the first one used ends them all):")
            say(f"  {link}")
    say("\nCtrl-C stops.")


def _first_link(settings: Settings, office: Office) -> str | None:
    with office.begin("desk") as desk:
        if officers.anybody(desk):
            return None
        token = officers.first_invite(desk, None, "province")
    return f"{settings.address}/desk/join/{token}"
