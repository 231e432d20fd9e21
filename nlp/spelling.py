"""How place names are spelt: words with their positions, each with and without its marks.

A word is kept twice: `plain` has no marks at all (Rạch → rach), `spelt` has the tone moved
behind the syllable (Rạch → rach.), so that hoà and hòa, thuỷ and thủy are the same word.
"""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple, Self

from nlp.letters import coded, read, table

# Letters, with combining marks and invisible characters between them; an apostrophe inside a
# word belongs to it (H'đinh). Digits stand alone, so that P5 is two words.
_WORD = re.compile(
    r"([^\W\d_]+(?:(?:[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+|['’ʼ‘`´](?=[^\W\d_]))"
    r"[^\W\d_]*)*|\d+)",
)
_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
# Every Vietnamese letter with a mark: without any, without its tone, and that tone.
_PLAIN: dict[int, str] = {ord("đ"): "d"}
_TONELESS: dict[int, str] = {}
_TONE_OF: dict[str, str] = {}
for _letter in "aăâeêioôơuưy":
    _PLAIN[ord(_letter)] = unicodedata.normalize("NFD", _letter)[0]
    for _mark, _tone in _TONES.items():
        _toned = unicodedata.normalize("NFC", _letter + _mark)
        _PLAIN[ord(_toned)] = _PLAIN[ord(_letter)]
        _TONELESS[ord(_toned)] = _letter
        _TONE_OF[_toned] = _tone
# Ordinary messages are read through tables, a whole text at once.
_PLAIN_TABLE, _TONELESS_TABLE = table(_PLAIN), table(_TONELESS)
_TONE_TABLE = table({ord(letter): _TONE_OF.get(letter, " ") for letter in table({})})
# Mỹ and Mĩ, Quy and Qui are the same name; Tây and Tai are not: only a lone last y counts.
_LONE_Y = re.compile(r"(?:[bcdghklmnpqrstvx]+|qu)y$")
# Chat spelling: "đôg", "lonq", "bih" are đông, long, bình. No syllable ends like that otherwise.
_CLIPPED_NH = re.compile(r"(?<=[aăâeêiy])h$")
_CLIPPED_NG = re.compile(r"(?<=[aăâeêioôơuưy])(?:g|n?q)$")
_SAID = {"tr": "ch", "x": "s", "gi": "d", "r": "d", "n": "l", "k": "c", "q": "c", "y": "i"}
_REGIONAL = re.compile(r"\b(?:tr|gi(?=[aeou])|x|r|n(?![gh])|k(?!h)|q|y)")
_HARD = re.compile(r"[\n,;()/|!?\[\]{}\"“”…•]")
_STOP = re.compile(r":|\.(?=\s)")
_SOFT_DASH = re.compile(r"^\s*[-–—]\s*$")
_MENDED = "gqhyk"  # what `shape` may change
_FINE = frozenset({"ng", "nh", "ch", "ay", "ây"})  # and what it leaves of that
_LONGEST_WORD = 24
STOPS = frozenset("|.")


class Word(NamedTuple):
    """One word of a message."""

    start: int
    end: int
    plain: str
    spelt: str
    capital: bool
    upper: bool
    joint: str
    """What stands before it: "" nothing, " " a space, "-" a dash, "." a full stop or
    colon, "|" a comma or another break."""


class Agreement(IntEnum):
    """How far the marks of a written name agree with a known one."""

    DIFFERENT = 0
    PARTIAL = 1
    EXACT = 2


def words(text: str) -> list[Word]:
    """Split a message into words, however it is composed (NFC, NFD, full width)."""
    found: list[Word] = []
    end = 0
    ordinary = _Ordinary.of(text)
    # What is no word and what is one, in turn: 0.7 of the time of asking each match.
    pieces = iter(_WORD.split(text))
    for gap, raw in zip(pieces, pieces, strict=False):
        start = end + len(gap)
        end = start + len(raw)
        known = ordinary.word(raw, start, end) if ordinary and raw.isalpha() else None
        plain, spelt = known or fold(raw[:_LONGEST_WORD])
        joint = _joint(gap) if found else "|"
        capital = raw[0].isupper() or raw[0].isdigit()
        found.append(Word(start, end, plain, spelt, capital, raw.isupper(), joint))
    return found


class _Ordinary(NamedTuple):
    """A message without unusual characters: without marks, without tones, and its tones."""

    plain: str
    toneless: str
    tones: str

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Read a message; None if there is anything unusual in it."""
        ordinary = coded(text.lower())
        if ordinary is None:
            return None
        return cls(*(read(ordinary, by) for by in (_PLAIN_TABLE, _TONELESS_TABLE, _TONE_TABLE)))

    def word(self, raw: str, start: int, end: int) -> tuple[str, str] | None:
        """Fold a word as `fold` does; None where its spelling needs mending."""
        base = self.toneless[start:end]
        if end - start > _LONGEST_WORD or (base[-1] in _MENDED and base[-2:] not in _FINE):
            return None
        if raw.isascii():
            return base, base
        return self.plain[start:end], base + self.tones[start:end].strip()[-1:]


def fold(word: str) -> tuple[str, str]:
    """Return the word without marks, and with its marks in one fixed order."""
    if word.isascii():
        plain = word.lower()
        if plain.isdigit():
            return (plain.lstrip("0") or "0",) * 2
        plain = shape("".join(c for c in plain if c.isalpha()))
        return plain, plain
    letters = unicodedata.normalize("NFC", word).lower()
    if (plain := letters.translate(_PLAIN)).isascii() and plain.isalpha():
        base = shape(letters.translate(_TONELESS))
        tone = next((_TONE_OF[c] for c in reversed(letters) if c in _TONE_OF), "")
        return base.translate(_PLAIN), base + tone
    return _fold_odd(word)


def _fold_odd(word: str) -> tuple[str, str]:
    """Fold a word with letters that are not Vietnamese, or with marks that belong to none."""
    tone = ""
    letters: list[str] = []
    for c in unicodedata.normalize("NFKD", word).lower().replace("ð", "đ"):
        if c in _TONES:
            tone = _TONES[c]
        elif c.isalnum() or unicodedata.combining(c):
            letters.append(c)
    base = shape(unicodedata.normalize("NFC", "".join(letters)))
    plain = "".join(c for c in unicodedata.normalize("NFD", base) if not unicodedata.combining(c))
    plain = plain.replace("đ", "d")
    return plain, base + tone


def name_words(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split an official name: its words without and with marks."""
    pairs = [_fold_known(part) for part in name.replace("-", " ").split()]
    return tuple(p for p, _ in pairs), tuple(s for _, s in pairs)


def agree(written: str, known: str) -> Agreement:
    """Compare two words that are the same without marks.

    A word written with fewer marks than the known one is partial, never different.
    """
    if written == known:
        return Agreement.EXACT
    written_base, written_tone = toned(written)
    known_base, known_tone = toned(known)
    if written_tone and written_tone != known_tone:
        return Agreement.DIFFERENT
    for ours, theirs in zip(written_base, known_base, strict=False):
        if ours != theirs and ours != _bare(theirs):
            return Agreement.DIFFERENT
    return Agreement.PARTIAL


def sound(plain: str) -> str:
    """Write words as many regions say them, so that việt chì is near Việt Trì, and xông to sông."""
    return _REGIONAL.sub(lambda found: _SAID[found[0]], plain)


def apart(one: str, other: str, limit: int) -> int:
    """Count the letters to add, drop, change or swap; `limit + 1` when there are more."""
    too_far = limit + 1
    # No slip changes more than two of the letters that are there at all: nine in ten end here.
    if abs(len(one) - len(other)) > limit or len(set(one) ^ set(other)) > 2 * limit:
        return too_far
    older: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i, *[too_far] * len(other)]
        for j in range(max(1, i - limit), min(len(other), i + limit) + 1):
            b = other[j - 1]
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row[j] = cost
        if min(row) > limit:
            return too_far
        older, above = above, row
    return min(above[-1], too_far)


@lru_cache(maxsize=8192)
def _fold_known(word: str) -> tuple[str, str]:
    """Fold a word of an official name; words of a message are never kept."""
    return fold(word)


def _joint(gap: str) -> str:
    if not gap or gap == " ":
        return gap
    if _SOFT_DASH.match(gap):
        return "-"
    if _HARD.search(gap):
        return "|"
    return "." if _STOP.search(gap) else " "


def shape(word: str) -> str:
    """Write the end of a word in one way: đôg → đông, bih → binh, Mỹ → Mi, Pắk → Pắc."""
    if word.endswith(("g", "q")):
        return _CLIPPED_NG.sub("ng", word)
    if word.endswith("h"):
        return _CLIPPED_NH.sub("nh", word)
    if word.endswith("y") and _LONE_Y.search(word.replace("đ", "d")):
        return word[:-1] + "i"
    # Highland names are written both ways: Đắk and Đắc, Pắk and Pắc.
    if word.endswith("k") and len(word) > 1:
        return word[:-1] + "c"
    return word


def toned(spelt: str) -> tuple[str, str]:
    """Split a spelt word into its letters and its tone, "" if it has none."""
    if spelt and spelt[-1] in "`'~?.":
        return spelt[:-1], spelt[-1]
    return spelt, ""


def _bare(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]
