"""What people type instead of pressing a button: the commands of messengers, and a few words."""

import re

from handlers.chat import Incoming
from handlers.texts import ENGLISH, VIETNAMESE

# The word after the slash, as the bots' menus show it → what opens.
COMMANDS = {
    "start": "home",
    "baotin": "tip",
    "tin": "tip",
    "kiemtra": "check",
    "hoi": "ask",
    "ma": "receipt",
    "khancap": "emergency",
    "nhanthongbao": "follow",
    "ngungnhan": "unfollow",
    "xoadulieu": "erase",
    "huy": "cancel",
    "english": "english",
    "tiengviet": "tiengviet",
}
WORDS = {
    "ngừng nhận": "unfollow",
    "ngung nhan": "unfollow",
    "stop warnings": "unfollow",
    "english": "english",
    "tiếng việt": "tiengviet",
    "tieng viet": "tiengviet",
}
# What takes the words behind its command: "/baotin mất xe ở chợ".
TAKING_WORDS = frozenset({"tip", "check", "ask", "receipt", "follow", "emergency"})
# What chooses a language → which.
LANGUAGES = {"english": ENGLISH, "tiengviet": VIETNAMESE}

# What a printed code or a commune's page opens the chat with; 5 digits are the commune.
_LINK = re.compile(r"xa[-_]?(\d{5})")


def meant(text: str) -> Incoming | None:
    """The button these words stand for, with what was written behind it; None if no command."""
    said = text.strip()
    if said.casefold() in WORDS:
        return Incoming(choice=WORDS[said.casefold()])
    command, *behind = said.split(maxsplit=1) or [""]
    choice = COMMANDS.get(command.casefold().removeprefix("/").partition("@")[0])
    if choice is None or not command.startswith("/"):
        return None
    words = behind[0] if behind else ""
    link = _LINK.fullmatch(words.casefold())
    if choice == "home" and link:
        return Incoming(text=link[1], choice="follow")
    return Incoming(text=words if choice in TAKING_WORDS else "", choice=choice)


def linked(choice: str) -> Incoming | None:
    """Subscribing to a commune, if this is what a printed code or a commune's page presses."""
    found = _LINK.fullmatch(choice)
    return Incoming(text=found[1], choice="follow") if found else None
