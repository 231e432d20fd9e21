"""What a Bot API server says: persons, messages, answers and refusals."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web


def person(chat: int) -> dict[str, Any]:
    """Everything Telegram tells a bot of a user; each value is findable."""
    return {
        "id": chat,
        "is_bot": False,
        "first_name": f"Tên{chat}",
        "last_name": f"Họ{chat}",
        "username": f"ten_tai_khoan_{chat}",
        "language_code": "vi-x-dau",
        "is_premium": True,
        "added_to_attachment_menu": True,
    }


@dataclass
class Message:
    """What a bot sent."""

    chat: str
    text: str
    fields: dict[str, Any]
    id: int
    at: float = 0.0  # on the machine's steady clock

    @property
    def silent(self) -> bool:
        """Whether the telephone made no sound."""
        return bool(self.fields.get("disable_notification"))

    @property
    def buttons(self) -> dict[str, str]:
        """Label → callback data."""
        rows = (self.fields.get("reply_markup") or {}).get("inline_keyboard", [])
        return {b["text"]: b["callback_data"] for row in rows for b in row if "callback_data" in b}

    @property
    def copied(self) -> str:
        """What the copy button copies."""
        rows = (self.fields.get("reply_markup") or {}).get("inline_keyboard", [])
        texts = [b["copy_text"]["text"] for row in rows for b in row if "copy_text" in b]
        return texts[0] if texts else ""


def number_of(update: Any) -> int:
    """An update's number; -1 without one."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else -1


def ok(result: Any) -> web.Response:
    """It worked."""
    return web.json_response({"ok": True, "result": result})


def error(code: int, description: str, parameters: dict[str, int] | None = None) -> web.Response:
    more = {"parameters": parameters} if parameters else {}
    body = {"ok": False, "error_code": code, "description": description, **more}
    return web.json_response(body, status=code)
