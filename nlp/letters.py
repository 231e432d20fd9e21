"""Letters as people really type them: look-alikes, marks, places of tones."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

# The eight combining marks Vietnamese spelling knows: five tones, circumflex, breve, horn.
VIETNAMESE_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"

# Drawn like a Latin letter, coded as another: keyboards of other languages and people who dodge
# filters. U+00F0 and U+00D0 (Icelandic eth) stand for đ in many old Vietnamese fonts.
_LOOK_ALIKES = {
    "ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ", "ƌ": "đ", "₫": "đ",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ѕ": "s",
    "ј": "j", "һ": "h", "ԁ": "d", "ո": "n", "ɡ": "g", "ɑ": "a", "ι": "i", "ο": "o", "α": "a",
    "ν": "v", "κ": "k", "τ": "t", "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H",
    "О": "O", "Р": "P", "С": "C", "Т": "T", "Х": "X", "ı": "i", "’": "'", "‘": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "。": ".", "∙": "·", "•": "·",
}  # fmt: skip

# Pictures that say what is happening.
_PICTURES = {
    "🆘": " sos ",
    "🔫": " súng ",
    "🔪": " dao ",
    "💣": " bom ",
    "💉": " kim tiêm ",
    "🚒": " cứu hỏa ",
    "🚑": " cấp cứu ",
}


def _invisible() -> Iterator[int]:
    """Yield code points that draw nothing or decorate: formats, variation selectors, odd marks."""
    for code in range(0x300, 0x10000):
        mark = unicodedata.category(chr(code))
        if mark in {"Mn", "Me", "Cf"} and chr(code) not in VIETNAMESE_MARKS:
            yield code
    yield 0xAD  # soft hyphen
    yield from range(0xE0000, 0xE01F0)  # tags and variation selectors


# U+0340 and U+0341 are old names of grave and acute; normalisation turns them into today's.
_KEPT = {0x340, 0x341}


# The two big tables are made when the first unusual letter comes: they take 10 ms.
@cache
def _folded() -> dict[int, str | None]:
    return {
        **dict.fromkeys(set(_invisible()) - _KEPT),
        **{ord(a): b for a, b in {**_LOOK_ALIKES, **_PICTURES}.items()},
    }


@cache
def _stripped() -> dict[int, str | None]:
    letters = _bare(range(0xC0, 0x1F00))
    return {**letters, **dict.fromkeys(map(ord, VIETNAMESE_MARKS))}


def _bare(codes: Iterable[int]) -> dict[int, str]:
    """Give the letter without marks for each that has any."""
    bases = {code: unicodedata.normalize("NFD", chr(code)) for code in codes}
    found = {code: base[0] for code, base in bases.items() if len(base) > 1 and base[0].isascii()}
    return {**found, ord("đ"): "d", ord("Đ"): "D"}


# hoà → hòa, khoẻ → khỏe, thuỷ → thủy: both are taught; one is kept.
TONE_PLACE = {
    a + tone_on_b: tone_on_a + b
    for a, b in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in "\u0300\u0301\u0303\u0309\u0323"
    for tone_on_a in (unicodedata.normalize("NFC", a + tone),)
    for tone_on_b in (unicodedata.normalize("NFC", b + tone),)
}

# One syllable of Vietnamese, its marks taken off; what is none is a name, a slip or foreign.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_LEFT_OVER = re.compile(f"[{VIETNAMESE_MARKS}]+")
_RAW_FACTOR = 3  # a decomposed Vietnamese letter is at most three code points

# A code page of our own: the 256 characters nearly every message is made of. Coding a text with it
# is ten times as fast as looking every letter up, and tells besides that no other letter is there.
_ASCII = "\x00\x01\t\n\r" + "".join(map(chr, range(0x20, 0x7F)))
_VIETNAMESE = sorted(
    letter
    for vowel in "aâăeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for letter in (unicodedata.normalize("NFC", vowel + tone),)
    if not letter.isascii()
)
_OFTEN = "".join((_ASCII, *_VIETNAMESE, "đĐ", *map(str.upper, _VIETNAMESE), "“”"))
_INTO_BYTES = codecs.charmap_build(_OFTEN)
BARE = _OFTEN.translate(_bare(map(ord, _OFTEN)))
# For `read`: letters, digits and what encloses a mask; blanks for everything that divides words.
WORDS_AND_MASKS = "".join(
    letter if letter.isalnum() or letter in "<>" else " " for letter in _OFTEN
)
_DIGITS = codecs.charmap_encode("0123456789", "strict", _INTO_BYTES)[0]


def coded(text: str) -> bytes | None:
    """Code a text that holds nothing unusual; None if it does."""
    try:
        return codecs.charmap_encode(text, "strict", _INTO_BYTES)[0]
    except UnicodeEncodeError:
        return None


def table(meaning: Mapping[int, str]) -> str:
    """Prepare what `read` needs to put another character in the place of each.

    Args: meaning: by code point; exactly one character each. The others stay.
    """
    return _OFTEN.translate(meaning)


def read(text: bytes, into: str) -> str:
    """Decode what `coded` gave, letter for letter in the old places."""
    return codecs.charmap_decode(text, "strict", into)[0]


def fold(text: str, limit: int) -> str:
    """Give lower-case composed text of at most `limit` characters, without decoration.

    Full-width, bold and circled letters become plain ones (NFKC).
    """
    text = text[: limit * _RAW_FACTOR]
    if not text.isascii() and coded(text) is None:
        text = unicodedata.normalize("NFKC", text.translate(_folded()))
        text = _LEFT_OVER.sub("", text)
    return text[:limit].lower()


def digits(text: bytes) -> int:
    """Count 0 to 9 in what `coded` gave; in less time than a pattern looks for the first one."""
    return len(text) - len(text.translate(None, _DIGITS))


def strip_marks(text: str) -> str:
    """Write Vietnamese the way a phone without accents does: "Đường Hoà" → "Duong Hoa"."""
    if text.isascii():
        return text
    ordinary = coded(text)
    if ordinary is None:
        return unicodedata.normalize("NFC", text).translate(_stripped())
    return read(ordinary, BARE)


def is_syllable(bare: str) -> bool:
    """Tell whether letters without marks can be one syllable of Vietnamese."""
    return _SYLLABLE.fullmatch(bare) is not None
