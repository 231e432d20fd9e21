"""Frozen noise for measuring: the same text always gets the same missing accents, slips and slang.

It measures only; nothing is trained on it. Changing it makes figures incomparable.
"""

import random
from zlib import crc32

from nlp.letters import strip_marks

_SHORT = {
    "không": "ko", "được": "dc", "với": "vs", "rồi": "r", "gì": "j", "vậy": "z", "người": "ng",
    "biết": "bít", "cũng": "cx", "trước": "trc", "trong": "trg", "thằng": "thg", "em": "e",
    "anh": "a", "mọi": "m", "nhiều": "nhìu", "bây": "bi", "quá": "wá", "tài": "tai", "đang": "đg",
    "vợ": "vk", "nước": "nc", "mình": "mk", "làm": "lm", "đường": "đg", "nói": "ns",
}  # fmt: skip
_NEIGHBOURS = "qwertyuiopasdfghjklzxcvbnm"
_STRIPPED, _SLANG, _SLIP, _LOUD, _BARE, _PICTURE = 0.6, 0.7, 0.06, 0.08, 0.5, 0.15


def noisy(text: str) -> str:
    """Spoil a text: 60 % lose their accents, 70 % of short words, 6 % of words a slip."""
    # Not for secrets: the seed is the text, so that every run measures the same.
    dice = random.Random(crc32(text.encode()))  # noqa: S311 - see above
    words = text.split()
    words = [_SHORT.get(w.lower(), w) if dice.random() < _SLANG else w for w in words]
    words = [_slipped(w, dice) if dice.random() < _SLIP else w for w in words]
    spoilt = " ".join(words)
    if dice.random() < _STRIPPED:
        spoilt = strip_marks(spoilt)
    if dice.random() < _BARE:
        spoilt = "".join(c for c in spoilt if c not in ",.;:!?\"'()")
    if dice.random() < _LOUD:
        spoilt = spoilt.upper()
    return f"{spoilt} 😡" if dice.random() < _PICTURE else spoilt


def _slipped(word: str, dice: random.Random) -> str:
    at = dice.randrange(len(word))
    way = dice.randrange(4)
    if way == 0:
        return word[:at] + word[at + 1 :] or word
    if way == 1:
        return word[:at] + dice.choice(_NEIGHBOURS) + word[at + 1 :]
    if way == 2:  # noqa: PLR2004 - the third of four ways
        return word[:at] + word[at] * 3 + word[at + 1 :]
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
