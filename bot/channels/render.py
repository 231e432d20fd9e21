"""From a reply to messages, shared by all channels: numbered choices, and long texts in parts."""

import re
import unicodedata
from collections.abc import Sequence

from bot.channels.base import Caps, Payload
from handlers import menu
from handlers.chat import Choice, Reply
from handlers.texts import say, speaking

_BMP = 0xFFFF  # characters above it take two UTF-16 units
_LONGEST_CHARACTER = 2
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s)|\n")
_BLANK = re.compile(r"\s")
_JOINER = "\u200d"


def render(reply: Reply, caps: Caps) -> list[Payload]:
    """A reply as messages: the first carries the numbers to call, the last one the buttons."""
    with speaking(reply.language):
        return _rendered(reply, caps)


def called(number: str) -> str:
    """Who answers this number."""
    return say(f"call.{number}") if number in menu.CALLS else say("call.other")


def _rendered(reply: Reply, caps: Caps) -> list[Payload]:
    numbered = len(reply.choices) > caps.buttons
    calls = "" if caps.call_button else _calls(reply.calls)
    code = "" if caps.copy_button else reply.copy
    texts = split(_paragraphs(calls, reply.text), caps.max_text)
    for tail in (code, _numbered(reply.choices) if numbered else ""):
        texts = _append(texts, tail, caps.max_text)
    return [
        Payload(
            text,
            choices=() if numbered or i < len(texts) - 1 else reply.choices,
            calls=reply.calls if caps.call_button and i == 0 else (),
            copy=reply.copy if caps.copy_button and i == len(texts) - 1 else "",
            hint=reply.hint if i == len(texts) - 1 else "",
            only_buttons=reply.only_buttons,
            fill=reply.fill if i == len(texts) - 1 else "",
            link=reply.link if i == len(texts) - 1 else "",
            asks_place=reply.asks_place and i == len(texts) - 1,
            asks_photo=reply.asks_photo and i == len(texts) - 1,
            language=reply.language,
        )
        for i, text in enumerate(texts or [""])
    ]


def split(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` UTF-16 units (0: no limit), cut at sentence ends if there are any.

    Only blanks at a cut are lost; a text of blanks has no parts.
    """
    if limit and limit < _LONGEST_CHARACTER:
        raise ValueError(f"limit {limit} has no room for an emoji")
    parts, rest = [], text.strip()
    while limit and width(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part]


def width(text: str) -> int:
    """Length in UTF-16 units, as Telegram and Zalo count."""
    return len(text) + sum(ord(char) > _BMP for char in text)


def _cut(text: str, limit: int) -> int:
    """Where to end the first part: after a sentence, a word, or as much as fits."""
    fits = _fitting(text, limit)
    window = text[: fits + 1]  # one more, to see that a blank follows
    ends = [end.end() for end in _SENTENCE_END.finditer(window) if end.end() <= fits]
    blanks = [blank.start() for blank in _BLANK.finditer(window)]
    for cuts in (ends, blanks):
        if cuts and cuts[-1] > 0:
            return cuts[-1]
    return _between_characters(text, fits)


def _fitting(text: str, limit: int) -> int:
    """How many characters fit; only called when not all do."""
    units = 0
    for i, char in enumerate(text):
        units += 2 if ord(char) > _BMP else 1
        if units > limit:
            return i
    return len(text)


def _between_characters(text: str, cut: int) -> int:
    """Move a cut back, if possible, so that marks and joined emoji stay with their base."""
    back = cut
    while back > 0 and _holds_on(text[back - 1], text[back]):
        back -= 1
    return back or cut


def _holds_on(before: str, after: str) -> bool:
    return _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Sk")


def _calls(numbers: Sequence[str]) -> str:
    return "\n".join(f"☎ {number}: {called(number)}" for number in numbers)


def _numbered(choices: Sequence[Choice]) -> str:
    lines = [f"{i}. {choice.label}" for i, choice in enumerate(choices, start=1)]
    return "\n".join((*lines, say("menu.by_number")))


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _append(texts: list[str], tail: str, limit: int) -> list[str]:
    """A list or a code goes whole to the end of the last part, or into parts of its own."""
    if not tail:
        return texts
    together = _paragraphs(*texts[-1:], tail)
    if not limit or width(together) <= limit:
        return [*texts[:-1], together]
    return [*texts, *split(tail, limit)]
