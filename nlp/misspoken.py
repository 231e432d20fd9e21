"""Somebody has misspoken and says it again: "phường 7... à quên, phường 8"."""

from collections.abc import Sequence

from nlp.cuewords import Phrases
from nlp.spelling import STOPS, Word

_CORRECTED = Phrases(
    {
        True: "à nhầm, à lộn, à quên, à không, ý nhầm, ý lộn, ý quên, ý không, í lộn, í nhầm,"
        " í quên, xin lỗi, nói nhầm, nói lộn, ghi nhầm, ghi lộn, viết nhầm, viết lộn, gõ nhầm,"
        " gõ lộn, nhầm rồi, lộn rồi, ủa không, ủa lộn, ủa nhầm, ủa quên, ơ nhầm, ơ quên, ấy nhầm,"
        " ấy lộn, ấy quên, ấy chết, á nhầm, á lộn, á quên, úi nhầm, úi lộn, ui nhầm, ui lộn,"
        " chết nhầm, chết quên, đúng ra là, chính xác là"
    }
)
_SPEAKERS = frozenset({"em", "toi", "tui", "minh", "con", "chau"})
_REPHRASED = 12  # words between what was said first and what is meant


def corrects(words: Sequence[Word], end: int, first: int, *, accented: bool) -> bool:
    """Say whether the name at `first` is said instead of one that ends at `end`."""
    return first - end <= _REPHRASED and _corrected(words, range(end, first), accented=accented)


def is_corrected(words: Sequence[Word], end: int, *, accented: bool) -> bool:
    """Say whether something is said instead of the name that ends at `end`."""
    behind = range(end, min(end + _REPHRASED, len(words)))
    return _corrected(words, behind, accented=accented)


def _corrected(words: Sequence[Word], places: range, *, accented: bool) -> bool:
    return any(
        _CORRECTED.ending_at(words, at + 1, accented=accented) or _takes_back(words, at)
        for at in places
    )


def _takes_back(words: Sequence[Word], at: int) -> bool:
    """Say whether a word or two between stops take back what was said before: "…, em nhầm, …"."""
    if words[at].plain not in {"nham", "lon", "quen"}:
        return False
    first = at - 1 if at and words[at - 1].plain in _SPEAKERS else at
    return words[first].joint in STOPS and at + 1 < len(words) and words[at + 1].joint in STOPS
