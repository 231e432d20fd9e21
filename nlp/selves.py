"""A tip read as a string of letters: who is spoken of, whose, where, by what number.

One letter a word or phrase (their classes stand in nlp.selfwords), so that rules stay short
and the longest message is read in one pass.
"""

import re
from functools import cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from nlp.letters import coded, strip_marks
from nlp.selfwords import Phrase, known, lengths, words

MOST_CHARS = 4096
NAME = "W"  # a word nobody knows, with a capital
WORD = "w"
_ADDRESS = (
    r"(?P<M>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
    r"|(?P<at>@[\w.]{2,40}|(?<!\w)(?=[\w.]{0,30}_)[\w.]{3,40})|"
)
_PIECE = (
    r"(?P<masked>\[da che\])|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-]))"
    r"|(?P<P>(?<!\w)\d{2}[ -]?[a-z]{1,2}\d?[ .\u2013-]{0,3}[\dx]{3}[. ]?[\dx]{1,2}(?!\w))"
    r"|(?P<N>(?<![\w.])(?:\+?84|0)(?:[ .-]?[\dx*]){8,10}(?!\w))"
    r"|(?P<E>(?<!\w)(?:[a-z]{0,3}\d(?:[ ./-]?[\dx*]){5,20}"
    r"|(?=[\w.-]{1,16}xx)[a-z]{0,3}\d[\w.-]{3,20})(?!\w))"
    r"|(?P<num>[^\W_]*\d[\w/-]*)"
    r"|(?P<part>[^\W\d_]+)"
    r"|(?P<full>[.!?\n]+)"
    r"|(?P<is>[:=]+)"
    r"|(?P<comma>[^\w\s])|_"
)
_LETTER = {
    "M": "M",
    "at": "@",
    "P": "P",
    "N": "N",
    "E": "E",
    "num": "#",
    "full": ".",
    "is": "l",
    "comma": ",",
    "masked": "w",
}
_QUOTE = re.compile('["“«][^"“”«»\\n]{2,400}["”»]')
_FEW_WORDS = 9  # from here on, two words in three with a capital say nothing
_QUOTED = "q"
_SPEECH = 3  # blanks in a quotation: more than a name, so somebody else speaks
_SPEECHES = 60
_MARKED_SHARE = 4  # one word in so many with marks: the text is written with them
# Whoever writes, as letters: "tôi", "bọn em", "con" where no name follows.
ME = r"(?:g?(?:i|e(?!W)|c(?![Ww]|[tbO](?:W|2))))"
_NO_NAMES = "2tbiecTSFAXLKrU"
_TITLES = "tb"
_GOES_ON = "a7zlnodH51U"  # no name: whoever begins so is the one who speaks
_BEGINNING = 14  # tokens among which elders say who speaks
_SAYS = words("xin ke hoi bao noi nho gui nhan khai muon can")


class Token(NamedTuple):
    """A word, phrase, number or mark: characters `start` up to `end`, and its class."""

    start: int
    end: int
    letter: str


_Span = tuple[int, int, str]


class Reading(NamedTuple):
    """A text, without marks and capitals, and its tokens."""

    text: str
    bare: str
    tokens: tuple[Token, ...]
    letters: str
    marked: bool
    cased: bool
    """Written with capitals and small letters, so that a capital says something."""


def read(text: str) -> Reading:
    """Read a composed text, as far as a message goes."""
    text = text[:MOST_CHARS]
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter.lower()[:1] for letter in text)
    bare = _bare(small)
    marked = _is_marked(small)
    cased = _is_cased(text)
    raw = _raw(text, bare, _speeches(bare))
    tokens = _speaker(_phrases(raw, small, bare, marked=marked, cased=cased), bare)
    return Reading(text, bare, tuple(tokens), "".join(t.letter for t in tokens), marked, cased)


def _bare(small: str) -> str:
    """The same letters without marks, each in its old place."""
    if small.isascii() or coded(small) is not None:
        return strip_marks(small)
    return "".join(strip_marks(letter)[:1] or letter for letter in small)


def _is_marked(small: str) -> bool:
    said = small.split()
    return _MARKED_SHARE * sum(not word.isascii() for word in said) >= len(said)


def _is_cased(text: str) -> bool:
    """Whether capitals stand where they belong, so that they show names."""
    said = text.split()
    capitals = sum(word[0].isupper() for word in said)
    most = len(said) if len(said) < _FEW_WORDS else len(said) * 2 / 3
    return 0 < capitals < most


def _speeches(bare: str) -> list[tuple[int, int]]:
    """What stands between quotation marks and is longer than a name."""
    return [
        quote.span()
        for _, quote in zip(range(_SPEECHES), _QUOTE.finditer(bare), strict=False)
        if quote[0].count(" ") >= _SPEECH
    ]


@cache
def _tokens(*, with_addresses: bool) -> re.Pattern[str]:
    return re.compile(_ADDRESS + _PIECE if with_addresses else _PIECE)


def _raw(text: str, bare: str, speeches: list[tuple[int, int]]) -> list[_Span]:
    found: list[_Span] = []
    rule = _tokens(with_addresses="@" in bare or "_" in bare)
    at = 0
    for start, end in [*speeches, (len(bare), len(bare))]:
        for match in rule.finditer(bare, at, start):
            first, last = match.span()
            letter = _LETTER.get(match.lastgroup or "comma", "")
            found.append((first, last, letter or (NAME if text[first].isupper() else WORD)))
        if end > start:
            found.append((start, end, _QUOTED))
        at = end
    return found


def _phrases(raw: list[_Span], small: str, bare: str, *, marked: bool, cased: bool) -> list[Token]:
    """The tokens with known phrases taken together; the longest first."""
    found: list[Token] = []
    most = lengths()
    at, before = 0, "."
    while at < len(raw):
        start, end, letter = raw[at]
        count = 1
        if letter in "Ww#":
            counts = most.get(bare[start:end], ())
            taken = _taken(raw, at, counts, small, bare, marked=marked) if counts else None
            name = letter == NAME and cased and before != "."
            if taken and not (name and _is_a_name(taken, bare[start:end])):
                letter, count = taken
                end = raw[at + count - 1][1]
            elif letter == NAME and not cased:
                letter = WORD
        found.append(Token(start, end, letter))
        before = letter
        at += count
    return found


def _taken(
    raw: list[_Span], at: int, counts: tuple[int, ...], small: str, bare: str, *, marked: bool
) -> tuple[str, int] | None:
    """The class of the longest phrase that begins here, and its words."""
    start = raw[at][0]
    phrases = known()
    for count in counts:
        if at + count > len(raw):
            continue
        end = raw[at + count - 1][1]
        meant = phrases.get(bare[start:end])
        if meant:
            letter = _meant(meant, small[start:end], marked=marked)
            if letter:
                return letter, count
    return None


def _is_a_name(taken: tuple[str, int], word: str) -> bool:
    """A capital within a sentence: a name, though the word means something."""
    letter, count = taken
    return count == 1 and (letter not in _NO_NAMES or word == "minh")


def _meant(phrases: tuple[Phrase, ...], typed: str, *, marked: bool) -> str:
    """The class of what was typed; nothing if its marks say that it is another word."""
    for one in phrases:
        if typed == one.written:
            return one.letter
        if not marked and not one.only_marked and typed.isascii():
            return one.letter
    return ""


def _speaker(tokens: list[Token], bare: str) -> list[Token]:
    """Elders call themselves by a title, "Bác xin kể", "cho cô hỏi": then throughout."""
    title = next(
        (
            bare[one.start : one.end]
            for at, (one, after) in enumerate(pairwise(tokens[:_BEGINNING]))
            if one.letter in _TITLES and _speaks(tokens[max(at - 1, 0) : at], one, after, bare)
        ),
        None,
    )
    if title is None:
        return tokens
    return [
        one._replace(letter="i")
        if one.letter in _TITLES
        and bare[one.start : one.end] == title
        and (after is None or after.letter not in "W2J")
        else one
        for one, after in zip_longest(tokens, tokens[1:])
    ]


def _speaks(before: list[Token], title: Token, after: Token, bare: str) -> bool:
    if after.letter == "K":
        return True
    if not before and title.letter == "t" and after.letter in _GOES_ON:
        return True
    says = bare[after.start : after.end] in _SAYS
    return says and (not before or before[0].letter in ".,4z%")
