"""The shape of a place as somebody wrote it, without the words: what may be kept of a tip."""

from nlp.places import Place
from nlp.spelling import Word, words
from nlp.typewords import type_at

_MOST_WORDS = 24
_AFTER = 12  # words after a commune's name in which its district and province stand
_NAME, _WORD, _NUMBER = "N", "w", "9"


def pattern_of(text: str, place: Place) -> str:
    """Type words as they are meant, names as N, other words as w, numbers as 9.

    So "xã Long Hòa, h. Cần Đước" is "xã N N, huyện N N".

    Args:
        place: what the router made of the text; only what it went by is looked at.

    Returns: nothing where it went by no words.
    """
    if place.evidence is None:
        return ""
    start, end = place.evidence
    said = words(text)
    inside = [i for i, word in enumerate(said) if start <= word.start and word.end <= end]
    if not inside:
        return ""
    first, last = inside[0], min(len(said), inside[-1] + 1 + _AFTER)
    return _shape(said[max(first - 1, 0) : last])


def _shape(said: list[Word]) -> str:
    accented = any(word.plain != word.spelt for word in said)
    parts: list[str] = []
    position = 0
    while position < len(said) and len(parts) < _MOST_WORDS:
        word = said[position]
        comma = "," if word.joint == "|" and parts else ""
        kind, name = type_at(said, position, accented=accented)
        parts.append(comma + (kind or _letter(word)))
        position = name if kind else position + 1
    return " ".join(parts).replace(" ,", ", ").strip()


def _letter(word: Word) -> str:
    if word.plain.isdigit():
        return _NUMBER
    return _NAME if word.capital else _WORD
