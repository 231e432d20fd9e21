"""How the bot introduces itself: whose it is, and the commands behind the menu button."""

from typing import Any

from handlers.menu import button

TRIAL = "BẢN THỬ, không phải kênh của công an"

# Command → the button it stands for (handlers/commands.py), in the order of the menu.
_MENU = {
    "khancap": "emergency",
    "baotin": "tip",
    "kiemtra": "check",
    "nhanthongbao": "follow",
    "hoi": "ask",
    "ma": "receipt",
    "ngungnhan": "unfollow",
}
_ABOUT_CHARS = 120  # of a short description


def introduction(operator: str | None) -> dict[str, dict[str, Any]]:
    """Method of the Bot API → what it is called with, once at every start."""
    commands = [{"command": name, "description": button(to).label} for name, to in _MENU.items()]
    about = f"{operator or TRIAL}. Báo tin không cần xưng tên, nhận cảnh báo thủ đoạn lừa đảo."
    return {
        "setMyCommands": {"commands": commands},
        "setMyShortDescription": {"short_description": about[:_ABOUT_CHARS]},
    }
