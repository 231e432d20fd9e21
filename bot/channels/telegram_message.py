"""A message as the Bot API wants it, and what it says of one it took."""

from typing import Any

from bot.channels.base import Ambiguous, Outcome, Payload, Sent
from bot.channels.telegram_update import Buttons
from handlers.chat import Choice

_CODE = "📋 Chép mã"
_STYLES = ("primary", "danger")


def fields_of(address: str, payload: Payload, buttons: Buttons) -> dict[str, Any]:
    """What a message and its correction have in common."""
    fields: dict[str, Any] = {
        "chat_id": address,
        "text": payload.text or "…",
        "link_preview_options": {"is_disabled": True},
    }
    rows = [[_button(address, choice, buttons)] for choice in payload.choices]
    if payload.copy:
        rows.insert(0, [{"text": _CODE, "copy_text": {"text": payload.copy}}])
    if rows:
        fields["reply_markup"] = {"inline_keyboard": rows}
    return fields


def outcome_of_answer(message: object) -> Outcome:
    """A message taken; in doubt if the answer is none."""
    number = message.get("message_id") if isinstance(message, dict) else None
    return Sent(str(number)) if isinstance(number, int) else Ambiguous("not a message")


def _button(address: str, choice: Choice, buttons: Buttons) -> dict[str, Any]:
    style = {"style": choice.style} if choice.style in _STYLES else {}
    return {"text": choice.label, "callback_data": buttons.sign(address, choice.id), **style}
