"""Chat text → words in two views, with and without accents; private numbers become masks."""

import re
from dataclasses import dataclass

from nlp import masks
from nlp.letters import TONE_PLACE, fold, strip_marks
from nlp.numbers import HOTLINES
from nlp.shorthand import MEANING

__all__ = ["MAX_CHARS", "Views", "normalise", "plain", "strip_marks"]

# Zalo's longest message is 2,000 and Telegram's 4,096 characters (research: channels).
MAX_CHARS = 4096


@dataclass(frozen=True, slots=True)
class Views:
    """The same words twice: as accented as they were typed, and without any accent."""

    accented: tuple[str, ...]
    stripped: tuple[str, ...]


_UNIT = (
    r"(?:k|tr|triệu|trieu|củ|cu|tỷ|tỉ|ty|đồng|dong|đ|d|vnđ|vnd|nghìn|nghin|ngàn|ngan|usd|đô|usdt"
    r"|trăm|tram|chai|lít)"
)
# Every quantifier is bounded, so that no text of 4,096 characters can make matching slow. The first
# two begin with what is rare in a text, a digit or a sign: most letters are passed over at once.
_FIGURES = re.compile(
    r"\d(?:"
    rf"(?P<money>(?<![\w.]\d)\d{{0,11}}(?:[.,]\d{{1,3}}){{0,4}} ?{_UNIT}\d{{0,3}}(?!\w))"
    r"|(?P<time>(?<!\w\d)\d? ?(?:h|g|giờ|gio|:)(?: ?\d{1,2}(?: ?(?:p|phút|phut))?)?(?!\w))"
    r"|(?P<date>(?<!\w\d)\d?[/\-]\d{1,2}(?:[/\-]\d{2,4})?(?!\w))"
    r"|(?P<percent>\d{0,2}(?:[.,]\d{1,2})? ?%))"
)
_MAY_BE_SPACED_OUT = re.compile(r"[._*\-|][^\W\d_](?![^\W_])")
_SPACED_OUT = re.compile(r"(?<![^\W_])[^\W\d_](?:[._*\-|][^\W\d_]){1,15}(?![^\W_])")
_THRICE = re.compile(r"(.)\1\1")  # four times as quick as the pattern for letters only
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"<[a-z]{1,8}>|[^\W_]{1,40}")
_ABOVE_DIGITS = ":"  # the character behind 9: what sorts before it begins with a digit
_BETWEEN = re.compile(r"[._*\-|]")
_DIGIT = re.compile(r"[0-9]")


def plain(text: str) -> str:
    """Fold letters and put masks where addresses, plates, numbers and sums stood."""
    text = fold(text, MAX_CHARS)
    text = masks.put(text)
    if _DIGIT.search(text):
        text = _FIGURES.sub(_mask, text)
    if _MAY_BE_SPACED_OUT.search(text):
        text = _SPACED_OUT.sub(lambda found: _BETWEEN.sub("", found[0]), text)
    if _THRICE.search(text):
        text = _STRETCHED.sub(r"\1", text)
    return text


def normalise(text: str) -> Views:
    """Split chat text into words, shorthand written out, in both views of equal length."""
    words: list[str] = []
    for word in _WORD.findall(plain(text)):
        if word in MEANING:
            words += MEANING[word]
        elif word[-2:] in TONE_PLACE or word[-1] == word[-2:-1] or word < _ABOVE_DIGITS:
            words.append(_spelt(word))
        else:
            words.append(word)
    if not words:
        return Views((), ())
    bare = strip_marks(" ".join(words)).split(" ")
    return Views(tuple(words), tuple(bare))


def _mask(found: re.Match[str]) -> str:
    return f" <{found.lastgroup}> "


def _spelt(word: str) -> str:
    if word[0].isdigit() and word.isdigit():
        return word if word in HOTLINES else "<num>"
    if len(word) < 3:  # noqa: PLR2004 - "oà" alone is no syllable with a tone to move
        return word
    if word[-1] == word[-2]:
        word = word[:-1]
    moved = TONE_PLACE.get(word[-2:])
    if moved and not (word[-3] == "q" and word[-2] == "u"):
        return word[:-2] + moved
    return word
