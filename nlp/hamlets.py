"""Hamlets that communes have listed: they decide where a divided commune's message belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from nlp.names import bare_name
from nlp.places import Place
from nlp.spelling import STOPS, Agreement, Word, agree, words

# What a hamlet is called, officially and in short. Longer ones first.
KINDS: tuple[tuple[str, ...], ...] = tuple(
    tuple(kind.split())
    for kind in (
        *("to dan pho", "khu pho", "khu dan cu", "tdp", "kp", "ap", "thon", "xom", "khom"),
        *("ban", "buon", "lang", "plei", "bon", "phum", "soc", "khu", "to"),
    )
)
_NUMBER_OF = "so"  # "ấp số 3"


class Hamlet(NamedTuple):
    """A line of a commune's list."""

    commune: str
    former: str
    """The old commune it lay in; empty where the list does not say."""
    name: str


def is_name(name: str) -> bool:
    """Whether a name begins with what a hamlet is called and goes on: "Ấp 3", "Khu phố Hiệp An"."""
    plain = tuple(w.plain for w in words(name))
    return 0 < _kind_length(plain) < len(plain)


def settle(place: Place, text: str, listed: Sequence[Hamlet], *, answer: str = "") -> Place:
    """Turn a question between communes into a route, if a hamlet named in the text lies in one.

    Args:
        place: what the router made of the text.
        text: with the name of the old commune, where that was told earlier.
        listed: hamlets of the candidates.
        answer: what was said when asked for the hamlet alone: then it stands here and nowhere
            else, and need not say what kind it is.
    """
    if place.decision != "ask" or not place.candidates:
        return place
    complete = {row.commune for row in listed} >= set(place.candidates)
    fitting = [row for row in listed if row.commune in place.candidates]
    fitting = [row for row in fitting if _tells(words(text), row, complete=complete)]
    said = words(answer or text)
    found = {
        row.commune
        for first, kind in _starts(said, asked=bool(answer))
        for row in _longest(said, first, fitting, kind=kind)
    }
    if len(found) != 1:
        return place
    return replace(place, decision="route", code=min(found), candidates=(), reason="hamlet")


def _tells(said: Sequence[Word], row: Hamlet, *, complete: bool) -> bool:
    """Whether a line can decide.

    One that says which old commune the hamlet lay in does where that one is named: no two hamlets
    of one commune have a name in common. Any other only where all the communes have brought
    their lists: an "Ấp 3" may stand on the missing one as well.
    """
    if not row.former:
        return complete
    former = words(bare_name(row.former)[1])
    return any(_stands(said, first, former) for first in range(len(said)))


def _starts(said: Sequence[Word], *, asked: bool) -> Iterator[tuple[int, bool]]:
    """Where a hamlet's own name may begin, and whether its kind stands before it."""
    for first in range(len(said)):
        after = first + _kind_length(tuple(w.plain for w in said[first : first + 3]))
        if after > first and after < len(said) and said[after].joint not in STOPS:
            numbered = said[after].plain == _NUMBER_OF and after + 1 < len(said)
            yield after + numbered, True
        elif asked:
            yield first, False


def _longest(
    said: Sequence[Word], first: int, rows: Sequence[Hamlet], *, kind: bool
) -> list[Hamlet]:
    """The rows whose own name stands here; of "Ấp 3" and "Ấp 3A" the one with more words."""
    fitting = []
    for row in rows:
        name = words(row.name)
        own = name[_kind_length(tuple(w.plain for w in name)) :]
        # A lone word says nothing without its kind, unless it is the whole answer; a lone number
        # could be anything's.
        alone = len(own) == 1 and (len(said) > 1 or own[0].plain.isdigit())
        if _stands(said, first, own) and (kind or not alone):
            fitting.append((len(own), row))
    longest = max((length for length, _ in fitting), default=0)
    return [row for length, row in fitting if length == longest]


def _stands(said: Sequence[Word], first: int, name: Sequence[Word]) -> bool:
    here = said[first : first + len(name)]
    if len(here) < len(name) or any(w.joint in STOPS for w in here[1:]):
        return False
    return all(
        word.plain == known.plain and agree(word.spelt, known.spelt) is not Agreement.DIFFERENT
        for word, known in zip(here, name, strict=True)
    )


def _kind_length(plain: Sequence[str]) -> int:
    for kind in KINDS:
        if tuple(plain[: len(kind)]) == kind:
            return len(kind)
    return 0
