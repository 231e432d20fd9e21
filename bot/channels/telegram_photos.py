"""Fetches photographs from Telegram: those of one batch side by side, and none for long.

A file's id and address are held in memory until it is here, and written nowhere.
"""

import asyncio
import re
from collections.abc import Iterable
from contextlib import suppress

from telegram.error import TelegramError

from bot.channels.base import NoPhotoError
from bot.channels.telegram_request import Request
from bot.darkroom import FILE_BYTES

SECONDS = 15.0  # from the batch's arrival on: so long may photographs hold up all other messages
AT_ONCE = 4
_PATH = re.compile(r"(?!/)(?!.*\.\.)[\w./-]{1,200}")


class Album:
    """Photographs on their way."""

    def __init__(self, request: Request, base_url: str, token: str) -> None:
        """Args: base_url: of the Bot API, without a slash at the end."""
        self._request = request
        self._method = f"{base_url}/bot{token}/getFile"
        self._files = f"{base_url}/file/bot{token}/"
        self._few = asyncio.Semaphore(AT_ONCE)
        self._coming: dict[str, asyncio.Task[bytes]] = {}

    def begin(self, files: Iterable[str]) -> None:
        """Start fetching these."""
        for file in files:
            if file not in self._coming:
                self._coming[file] = asyncio.create_task(self._fetch(file))

    async def get(self, file: str) -> bytes:
        """One of them.

        Raises:
            NoPhotoError: too large, gone, or Telegram cannot be reached.
        """
        self.begin([file])
        task = self._coming.pop(file)
        return await task

    def drop(self, files: Iterable[str]) -> None:
        """Fetch and hold these no longer, if nobody has got them."""
        for task in [self._coming.pop(file) for file in files if file in self._coming]:
            task.add_done_callback(_heard)
            task.cancel()

    async def close(self) -> None:
        """Fetch no more."""
        for task in self._coming.values():
            task.cancel()
        for task in self._coming.values():
            with suppress(NoPhotoError, asyncio.CancelledError):
                await task

    async def _fetch(self, file: str) -> bytes:
        try:
            async with asyncio.timeout(SECONDS), self._few:
                found = await self._request.call(self._method, {"file_id": file})
                path = found.get("file_path") if isinstance(found, dict) else None
                if not isinstance(path, str) or not _PATH.fullmatch(path):
                    raise NoPhotoError
                return await self._request.file(self._files + path, FILE_BYTES)
        except (TelegramError, TimeoutError):
            raise NoPhotoError from None  # its words may quote an address


def _heard(task: asyncio.Task[bytes]) -> None:
    """That it could not be had is no news to anybody."""
    if not task.cancelled():
        task.exception()
