"""Channels that go through another company: there when their token is set, and never needed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Executor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from bot.budget import SharedBudget
from bot.channels.base import Channel
from bot.channels.telegram import Account, Telegram
from bot.election import Election
from bot.loops import loop
from bot.pace import NoticePace, Pace
from bot.pacer import Pacer
from bot.reception import Reception
from bot.sender import Line
from bot.settings import Settings
from desk.desk import Office

# Channel → the application, as people call it; told to whoever is about to send a tip through it.
APPS = {Telegram.name: "Telegram"}


@dataclass(frozen=True, slots=True)
class Outside:
    """What is open; `bot` asks for the address people find our bot at, "" if it has none now."""

    channels: dict[str, Channel] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    paces: dict[str, Pace] = field(default_factory=dict)
    bot: Callable[[], Awaitable[str]] | None = None


@asynccontextmanager
async def opened(
    settings: Settings,
    office: Office,
    workers: Executor,
    reception: Reception,
    only: frozenset[str],
) -> AsyncIterator[Outside]:
    """Open what has a token; fetch and send as far as this process does."""
    account = account_of(settings)
    if account is None:
        yield Outside()
        return
    # Named alike by every process with this token, without any of it.
    bot = f"{Telegram.name} {account.secret('name')[:8]}"
    fetching = Election(office, workers, f"fetch {bot}")
    sending = Election(office, workers, f"send {bot}")
    async with AsyncExitStack() as stack:
        channel = await stack.enter_async_context(Telegram(account, reception.take, fetching))
        rate = settings.telegram_rate
        budget = SharedBudget(office, workers, bot, rate, lambda: sending.fence)
        pacer = Pacer(budget)
        if "sender" in only:
            await stack.enter_async_context(loop(sending.run))
            await stack.enter_async_context(pacer.running())
        if "channels" in only:
            await stack.enter_async_context(loop(fetching.run))
            await stack.enter_async_context(
                loop(lambda: reception.fetch(channel), "reception", may_end=True)
            )
        yield Outside(
            {channel.name: channel},
            {channel.name: Line(sending, pacer)},
            {channel.name: NoticePace(budget, pacer, rate, sending)},
            channel.address,
        )


def account_of(settings: Settings) -> Account | None:
    """The bot's log-in; None without one."""
    if settings.telegram_token is None:
        return None
    proxy = settings.telegram_proxy
    return Account(
        token=settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        proxy=proxy.get_secret_value() if proxy else None,
        webhook=settings.address if settings.telegram_webhook else "",
        operator=settings.operator_name,
    )
