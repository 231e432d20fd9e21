"""PTB's bot, with what it lacks: updates as they come, and the address people find it at."""

from typing import Any

from telegram import Bot
from telegram.error import TelegramError

LONG_POLL = 25  # seconds
# Updates at once. Their photographs are held in memory until each is taken: at most 20 of 10 MiB.
BATCH = 20
UPDATES = ["message", "callback_query"]


class PlainBot(Bot):
    """The Bot API of one token."""

    async def updates(self, offset: int) -> list[Any]:
        """Updates from this number on; waits for one.

        PTB's own method fails for all of them if one is malformed.
        """
        waits = {"timeout": LONG_POLL, "allowed_updates": UPDATES}
        asked = {"offset": offset, "limit": BATCH, **waits}
        found = await self._post("getUpdates", asked, read_timeout=LONG_POLL + 10)
        return found if isinstance(found, list) else []

    async def address(self) -> str:
        """What opens a chat with it in a browser; empty while Telegram cannot be asked."""
        try:
            me = await self.get_me()
        except TelegramError:
            return ""
        return f"https://t.me/{me.username}" if me.username else ""
