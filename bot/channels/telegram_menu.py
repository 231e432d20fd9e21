"""How the bot introduces itself: whose it is, and the commands behind the menu button."""

from typing import Any

from handlers.menu import button
from handlers.texts import VIETNAMESE, say, speaking

# Command → the button it stands for (handlers/commands.py), in the order of the menu.
_MENU = {
    "khancap": "emergency",
    "baotin": "tip",
    "kiemtra": "check",
    "nhanthongbao": "follow",
    "hoi": "ask",
    "ma": "receipt",
    "ngungnhan": "unfollow",
    "english": "english",
}
_ABOUT_CHARS = 120  # of a short description


def trial(language: str = VIETNAMESE) -> str:
    """What stands over everything while nobody answers for this channel."""
    with speaking(language):
        return say("menu.trial")


def introduction(operator: str | None) -> dict[str, dict[str, Any]]:
    """Method of the Bot API → what it is called with, once at every start."""
    commands = [{"command": name, "description": button(to).label} for name, to in _MENU.items()]
    about = f"{operator or trial()}. Báo tin không cần xưng tên, nhận cảnh báo thủ đoạn lừa đảo."
    return {
        "setMyCommands": {"commands": commands},
        "setMyShortDescription": {"short_description": about[:_ABOUT_CHARS]},
    }
