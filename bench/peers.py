"""Other people's ways to send, each as its own documentation shows it: for `bench/rates.py`.

Run by it with the Python of var/peers (`make bench-peers`); needs nothing of this repository.
python bench/peers.py KIND BOT_API TOKEN MESSAGES [FOLDER]; prints processor seconds a message.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Way = Callable[..., Awaitable[None]]

TEXT = "x" * 600
IN_FLIGHT = 64
FIRST = 7_700_000_000
_PATIENT = dict.fromkeys(("connect_timeout", "read_timeout", "write_timeout"), 60.0)


def bot_of_ptb(url: str, token: str, **more: Any) -> Any:  # noqa: ANN401 # not installed where types are checked
    """python-telegram-bot with the request it comes with."""
    telegram, request = import_module("telegram.ext"), import_module("telegram.request")
    http = request.HTTPXRequest(connection_pool_size=IN_FLIGHT, pool_timeout=600.0, **_PATIENT)
    return telegram.ExtBot(token, base_url=f"{url}/bot", request=http, **more)


def buttons_of_ptb() -> Any:  # noqa: ANN401 # as above
    """Two buttons, as our notices have."""
    telegram = import_module("telegram")
    rows = [[telegram.InlineKeyboardButton(f"Nút {n}", callback_data=f"v1:{n}")] for n in range(2)]
    return telegram.InlineKeyboardMarkup(rows)


async def httpx(url: str, token: str, messages: int) -> None:
    """64 at a time, no limit."""
    bot, keyboard, numbers = bot_of_ptb(url, token), buttons_of_ptb(), iter(range(messages))
    async with bot:

        async def work() -> None:
            for number in numbers:
                await bot.send_message(FIRST + number, TEXT, reply_markup=keyboard)

        await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))


async def limiter(url: str, token: str, messages: int) -> None:
    """All at once through AIORateLimiter, which says it keeps to 30 a second."""
    limits = import_module("telegram.ext").AIORateLimiter(max_retries=20)
    bot, keyboard = bot_of_ptb(url, token, rate_limiter=limits), buttons_of_ptb()
    async with bot:
        await asyncio.gather(
            *(
                bot.send_message(FIRST + number, TEXT, reply_markup=keyboard)
                for number in range(messages)
            )
        )


async def broadcaster(url: str, token: str, messages: int, folder: str) -> None:
    """aiogram_broadcaster with its file storage, and no interval."""
    module = import_module("aiogram_broadcaster")
    aiogram, server = import_module("aiogram"), import_module("aiogram.client.telegram")
    http = import_module("aiogram.client.session.aiohttp")
    contents = import_module("aiogram_broadcaster.contents")
    storages = import_module("aiogram_broadcaster.storages.file")
    session = http.AiohttpSession(api=server.TelegramAPIServer.from_base(url))
    async with aiogram.Bot(token, session=session) as bot:
        storage = storages.FileStorage(Path(folder) / "mailers.json")
        await storage.startup()
        chats = range(FIRST, FIRST + messages)
        mailer = await module.Broadcaster(bot, storage=storage).create_mailer(
            chats=chats, content=contents.TextContent(text=TEXT)
        )
        await mailer.start()


def main(kind: str, url: str, token: str, messages: str, *folder: str) -> None:
    """Send, and print what a message cost."""
    ways: dict[str, Way] = {"httpx": httpx, "limiter": limiter, "broadcaster": broadcaster}
    used = time.process_time()

    async def run() -> None:
        await ways[kind](url, token, int(messages), *folder)

    asyncio.run(run())
    print((time.process_time() - used) / int(messages))


if __name__ == "__main__":
    main(*sys.argv[1:])
