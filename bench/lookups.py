"""How long one answer of the FAQ and one check take, against a look-up that knows words alone."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from math import log, sqrt
from pathlib import Path

from bench.rounds import Series, alternate, ratio, table
from nlp import corpus
from nlp.corpus import Pair
from nlp.faq import Questions
from nlp.methods import Methods

DATA = Path(__file__).parents[1] / "data"
ROUNDS = 5
_P99 = 99

Look = Callable[[str], object]


def measure(_folder: Path) -> str:
    """Both look-ups and their yardsticks, in turn; the section of the report."""
    learnt = corpus.read(DATA)
    models = DATA / "models"
    parts = (
        ("questions", Questions.load(models).answer, learnt.questions + learnt.more_questions),
        ("suspicious", Methods.load(models).check, learnt.messages),
    )
    rows: list[tuple[object, ...]] = []
    for name, look, pairs in parts:
        texts = _texts(name)
        plain = _centroids(pairs)
        yard, middle, slow = _timed(texts, plain, look)
        rows += [
            (f"{name}: words against one centroid per id", yard, 1),
            (f"{name}: ours, the middle one", middle, ratio(middle, yard)),
            (f"{name}: ours, the slowest of a hundred (p99)", slow, ratio(slow, yard)),
        ]
    return f"""## Answers and checks
One call each for every text of `data/evaluation`, one thread, processor time in microseconds;
{ROUNDS} rounds, alternating; median over the rounds (lowest to highest). The yardstick splits at
blanks and multiplies with one weighted list of words per id: no marks, no spelling, no limits, no
signs.

{table(("µs of processor time", "median (spread)", "of the yardstick"), rows)}
"""


def _texts(name: str) -> list[str]:
    lines = (DATA / "evaluation" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def _timed(texts: Sequence[str], plain: Look, ours: Look) -> tuple[Series, Series, Series]:
    """The middle of the yardstick; the middle of ours, and its 99th of a hundred."""
    times: list[float] = []

    def yard() -> float:
        return statistics.median(_times(texts, plain))

    def middle() -> float:
        times[:] = _times(texts, ours)
        return statistics.median(times)

    def slow() -> float:
        return statistics.quantiles(times, n=100)[_P99 - 1]

    first, second, third = alternate(ROUNDS, yard, middle, slow)
    return first, second, third


def _times(texts: Sequence[str], look: Look) -> list[float]:
    found = []
    for text in texts:
        start = time.thread_time_ns()
        look(text)
        found.append((time.thread_time_ns() - start) / 1000)
    return found


def _centroids(pairs: Sequence[Pair]) -> Look:
    """The plainest look-up there is: words weighted by rarity, one list per id."""
    having: dict[str, int] = {}
    for pair in pairs:
        for word in set(pair.text.lower().split()):
            having[word] = having.get(word, 0) + 1
    rare = {word: log(len(pairs) / count) for word, count in having.items()}
    lists: dict[str | None, dict[str, float]] = {}
    for pair in pairs:
        its = lists.setdefault(pair.label, {})
        for word in set(pair.text.lower().split()):
            its[word] = its.get(word, 0.0) + rare[word]
    size = {label: sqrt(sum(v * v for v in its.values())) for label, its in lists.items()}

    def look(text: str) -> object:
        words = text.lower().split()
        return max(
            lists,
            key=lambda label: sum(lists[label].get(word, 0.0) for word in words) / size[label],
        )

    return look
