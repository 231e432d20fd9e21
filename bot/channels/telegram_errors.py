"""What Telegram's errors mean: for a message that was to be sent, and for an operator."""

import time
from collections.abc import Mapping
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.channels.base import Ambiguous, Gone, Moved, NotSent, Outcome, Refused, Throttled

_LATELY = 3600  # seconds; Telegram tries again for a day, ever less often


class UnsentError(NetworkError):
    """Surely not sent: there was no connection to send it over."""


class TooFastError(TelegramError):
    """Too many requests. PTB's own error warns of its own deprecation when it is read."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


def outcome_of(error: TelegramError) -> Outcome:  # noqa: PLR0911 # one line per kind
    """What is known of a message whose sending failed. Telegram's own words are not repeated."""
    match error:
        case TooFastError():
            return Throttled(timedelta(seconds=error.seconds))
        case Forbidden():
            return Gone("forbidden")
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case BadRequest() if "chat not found" in error.message.lower():
            return Gone("chat not found")
        case BadRequest():
            return Refused("bad request")
        case UnsentError() | InvalidToken() | Conflict():
            return NotSent(type(error).__name__)
        case TimedOut() | NetworkError():
            return Ambiguous(type(error).__name__)
    return Ambiguous(type(error).__name__)


def trouble_of(error: TelegramError) -> str:
    """What an operator should know."""
    match error:
        case InvalidToken():
            return "Telegram refuses TELEGRAM_TOKEN (401): take it again from @BotFather"
        case Conflict():
            return "another program fetches this bot's updates, or a webhook is set elsewhere"
        case TooFastError():
            return "Telegram asks us to slow down"
        case UnsentError() | TimedOut():
            return (
                "Telegram cannot be reached from here: see TELEGRAM_PROXY and TELEGRAM_BASE_URL; "
                "every other channel goes on"
            )
    return f"Telegram answers with an error ({type(error).__name__})"


def trouble_of_hook(info: object, address: str) -> str:
    """What an operator should know of a webhook, from what Telegram says of it.

    Args:
        info: Telegram's answer; its own words for an error are not repeated.
        address: where messages are to be brought.
    """
    found = info if isinstance(info, Mapping) else {}
    if found.get("url") != address:
        return "Telegram does not bring messages here yet: start the program with this PUBLIC_URL"
    failed, waiting = found.get("last_error_date"), found.get("pending_update_count")
    if waiting and isinstance(failed, int) and time.time() - failed < _LATELY:
        return (
            "Telegram cannot bring messages to PUBLIC_URL: look at its certificate and at the "
            "reverse proxy, or unset TELEGRAM_WEBHOOK to fetch them instead"
        )
    return ""
