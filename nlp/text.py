"""Chat text → words in two views, with and without accents; private numbers become masks."""

import re
from dataclasses import dataclass

from nlp import masks
from nlp.letters import TONE_PLACE, WORDS_AND_MASKS, coded, digits, fold, read, strip_marks
from nlp.numbers import HOTLINES
from nlp.shorthand import MEANING

__all__ = ["MAX_CHARS", "Views", "normalise", "spelt", "strip_marks", "tokens"]

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
_LONGEST = 40  # letters of a word; what is longer is cut
_WORD = re.compile(rf"<[a-z]{{1,8}}>|[^\W_]{{1,{_LONGEST}}}")
_ONE_WORD = {short: words[0] for short, words in MEANING.items() if len(words) == 1}
_SEVERAL_WORDS = {short: words for short, words in MEANING.items() if len(words) > 1}
_SEVERAL = frozenset(_SEVERAL_WORDS)
_ABOVE_DIGITS = ":"  # the character behind 9: what sorts before it begins with a digit
_BETWEEN = re.compile(r"[._*\-|]")


def normalise(text: str) -> Views:
    """Split chat text into words, shorthand written out, in both views of equal length."""
    words = list(map(spelt, tokens(text)))
    if not words:
        return Views((), ())
    bare = strip_marks(" ".join(words)).split(" ")
    return Views(tuple(words), tuple(bare))


def tokens(text: str) -> list[str]:
    """Cut chat text up for `spelt`; shorthand that stands for several words is written out."""
    found = _cut(fold(text, MAX_CHARS))
    if _SEVERAL.isdisjoint(found):
        return found
    return [word for token in found for word in _SEVERAL_WORDS.get(token, (token,))]


def spelt(token: str) -> str:
    """Give the one writing of a word: shorthand written out, the tone where it belongs."""
    if token in _ONE_WORD:
        return _ONE_WORD[token]
    if token[-2:] in TONE_PLACE or token[-1] == token[-2:-1] or token < _ABOVE_DIGITS:
        return _respelt(token)
    return token


def _cut(folded: str) -> list[str]:
    """Do what the pattern of words does; in half the time where no letter is unusual."""
    ordinary = coded(folded)
    text = _masked(folded, ordinary)
    if text is not folded:
        ordinary = coded(text)
    if ordinary is not None and "<" not in folded and ">" not in folded:
        words = read(ordinary, WORDS_AND_MASKS).split()
        if len(max(words, key=len, default="")) <= _LONGEST:
            return words
    return _WORD.findall(text)


def _masked(text: str, ordinary: bytes | None) -> str:
    """Put masks where addresses, plates, numbers and sums stood; close words up: "m.ại d.âm"."""
    text = masks.put(text, ordinary)
    if ordinary is None or digits(ordinary):
        text = _FIGURES.sub(_mask, text)
    if _MAY_BE_SPACED_OUT.search(text):
        text = _SPACED_OUT.sub(lambda found: _BETWEEN.sub("", found[0]), text)
    if _THRICE.search(text):
        text = _STRETCHED.sub(r"\1", text)
    return text


def _mask(found: re.Match[str]) -> str:
    return f" <{found.lastgroup}> "


def _respelt(word: str) -> str:
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
