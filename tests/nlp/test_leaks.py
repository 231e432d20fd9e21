"""No text the FAQ and the check learn from is one of data/evaluation, told almost the same way."""

from collections import Counter
from collections.abc import Iterator

import pytest

from nlp import corpus, reviewed
from nlp.corpus import Pair
from nlp.text import normalise
from tests.nlp.models import DATA
from tests.nlp.test_evaluation_sets import QUESTIONS, SUSPICIOUS

WORDS = 5
SHARE = 0.5  # of the five-word runs of the shorter text; set phrases of banks stay below

FOUND = corpus.read(DATA)
# What stands on buttons calls things by their official names, as the people who ask do.
TITLES = {answer.question for answer in reviewed.read(DATA / "faq").values()}
WORDINGS = tuple(pair for pair in FOUND.faq_wordings if pair.text not in TITLES)
LEARNT = {
    "questions": (QUESTIONS, (*FOUND.questions, *FOUND.more_questions, *WORDINGS)),
    "messages": (SUSPICIOUS, FOUND.messages),
}


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of five words; a shorter text is one run."""
    words = normalise(text).stripped
    return {words[at : at + WORDS] for at in range(max(len(words) - WORDS + 1, 1))}


def leaks(measured: list[str], learnt: tuple[Pair, ...]) -> Iterator[str]:
    of = [runs(text) for text in measured]
    where: dict[tuple[str, ...], set[int]] = {}
    for n, found in enumerate(of):
        for run in found:
            where.setdefault(run, set()).add(n)
    for pair in learnt:
        own = runs(pair.text)
        shared = Counter(n for run in own for n in where.get(run, ()))
        if any(count >= SHARE * min(len(own), len(of[n])) for n, count in shared.items()):
            yield pair.text


@pytest.mark.parametrize("name", sorted(LEARNT))
def test_nothing_learnt_is_nearly_a_text_that_measures(name: str) -> None:
    measured, learnt = LEARNT[name]

    assert list(leaks([row["text"] for row in measured], learnt)) == []


def test_a_text_told_almost_the_same_way_would_be_found() -> None:
    measured = ["Mất căn cước thì làm lại ở đâu vậy cán bộ"]
    learnt = (Pair("mat can cuoc thi lam lai o dau a", None), Pair("mất xe máy ở chợ", None))

    assert list(leaks(measured, learnt)) == [learnt[0].text]
