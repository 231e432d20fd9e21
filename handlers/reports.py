"""Reporting a trick to 156 or 5656: the SMS is written here, the citizen sends it, nothing is kept.

Source: "S (số) (nội dung)" for messages and "LD (số) (nội dung)" for calls, free of charge, to 156
or 5656 (VietNamNet, no date; Vietnet24h, 2022-11, call number 156 since 2022-11-01).
"""

import re

from handlers.chat import Choice, Reply
from handlers.flow import Move, Turn
from handlers.menu import button, doors
from handlers.texts import say
from nlp.letters import strip_marks

ABOUT = "report:"  # a button's id is this and the method's id
STEP = "report.number"

_NUMBER = re.compile(r"\+?\d[\d .\-()]{1,18}\d")
# A sender that is a name: at most eleven letters (GSM 03.40, 9.1.2.5), and no digit alone.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{1,10}")
_FEWEST_DIGITS = 3
_LONGEST = 60  # letters of the content; number and all stay within one SMS of 160
_STRANGE = re.compile(r"[^A-Za-z0-9 ]+")


def offer(method: str) -> Choice:
    """The button under a verdict."""
    return Choice(ABOUT + method, say("button.report"))


def start(turn: Turn) -> Move:
    """Ask for the number it came from. Only the method is remembered, not the message."""
    return _ask(turn.choice.removeprefix(ABOUT), say("report.ask"))


def number(turn: Turn) -> Move:
    """The number, made into the text to send."""
    method = str(turn.draft.get("method", ""))
    sender = sender_in(turn.text)
    if not sender:
        return _ask(method, say("report.no_number"))
    about = content(turn.desk.tools.method_names.get(method, ""))
    text = say("report.text", message=f"S {sender} {about}", call=f"LD {sender} {about}")
    return Move(Reply(text, doors()), echo="…")


STEPS = {STEP: number}


def sender_in(text: str) -> str:
    """The number or sender's name somebody typed, without spaces; empty if it is neither."""
    found = _NUMBER.search(text)
    if found:
        digits = re.sub(r"[^\d+]", "", found[0])
        return digits if len(digits) >= _FEWEST_DIGITS else ""
    word = text.strip()
    return word if _NAME.fullmatch(word) else ""


def content(name: str) -> str:
    """What it was about, in letters every telephone sends in one SMS."""
    plain = _STRANGE.sub(" ", strip_marks(name))
    return " ".join(plain[:_LONGEST].split()) or "lua dao"


def _ask(method: str, text: str) -> Move:
    reply = Reply(text, (button("home", "quiet"),), hint=say("report.hint"))
    return Move(reply, STEP, {"method": method}, echo="…")
