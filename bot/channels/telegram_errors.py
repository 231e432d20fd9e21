"""What Telegram's errors mean: for a message that was to be sent, and for an operator."""

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
