"""A notice for the commune's loudspeaker: one breath per line, nothing that cannot be said."""

import re

from desk.drafts import Words
from desk.spoken import aloud
from storage.models import Notice

BREATH = 16  # words somebody says without drawing breath; longer sentences are cut at a comma
TRIAL = "Đây là bản thử, không phải thông báo của công an"


def text_of(row: Notice | Words, commune: str, station: str, *, trial: bool) -> str:
    """What is read aloud.

    Args:
        commune: its name, with "xã", "phường" or "đặc khu".
        station: who speaks.
        trial: nobody answers for this channel yet, which is said first and last.
    """
    bullets = re.compile(r"^[•\-*] *", re.MULTILINE)
    parts = (
        TRIAL if trial else "",
        f"Mời bà con {_lower(commune)} chú ý nghe",
        f"{station} thông báo",
        row.title,
        "Thủ đoạn như sau",
        row.trick,
        "Dấu hiệu để nhận ra",
        bullets.sub("", row.signs),
        "Bà con cần làm",
        bullets.sub("", row.todo),
        "Liên hệ",
        row.contact,
        "Xin nhắc lại",
        row.title,
        TRIAL if trial else "",
        "Xin cảm ơn bà con đã lắng nghe",
    )
    lines = [line for part in parts for line in breaths(aloud(part))]
    return "\n".join(lines) + "\n"


def breaths(text: str) -> list[str]:
    """One sentence per line; a long one goes on in the next line after a comma."""
    sentences = [s for s in re.split(r"(?<=[.?!])\s+|\n", text) if s]
    return [line for sentence in sentences for line in _cut(_upper(sentence))]


def _cut(sentence: str) -> list[str]:
    lines: list[str] = []
    for piece in re.split(r"(?<=,) ", sentence):
        together = f"{lines[-1]} {piece}" if lines else piece
        if lines and len(together.split()) <= BREATH:
            lines[-1] = together
        else:
            lines.append(piece)
    return lines


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
