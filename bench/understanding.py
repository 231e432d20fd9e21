"""How well a tip is understood, on texts by another hand: writes docs/understanding.md, a picture.

Run: python -m bench.run understanding. Single rows of data/evaluation are not shown: they measure.
"""

import gc
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import confusion, masked, tip_contest
from bench.rounds import table
from nlp import measures
from nlp.judge import Judge, Judgement
from nlp.letters import strip_marks
from nlp.noise import noisy

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "data" / "models"
PAGE, PICTURE = ROOT / "docs" / "understanding.md", ROOT / "docs" / "images" / "confusion.svg"
RESAMPLED = 1000  # times, for the 95 % intervals
BINS = 10  # of confidence
USUAL, SHORT = 40, 16  # words
VIEWS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "without accents": strip_marks,
    "noisy": noisy,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A text with its labels, and what the program made of it."""

    category: str
    also: frozenset[str]
    urgent: bool
    kind: str
    said: Judgement

    @property
    def right(self) -> bool:
        """Whether the one label was found."""
        return self.said.category == self.category

    @property
    def fits(self) -> bool:
        """The label, or one a careful officer would accept as well."""
        return self.said.category in {self.category, *self.also}


def measure() -> str:
    """Measure, write the page and the picture; the section of the report."""
    texts = [json.loads(line) for line in _lines("tips")]
    judge = Judge.load(MODELS)
    views = {name: judged(judge, texts, spoil) for name, spoil in VIEWS.items()}
    rows = views["as written"]
    names = [row["id"] for row in json.loads((ROOT / "data/taxonomy/categories.json").read_text())]
    PICTURE.write_text(
        confusion.picture([(row.category, row.said.category) for row in rows], names),
        encoding="utf-8",
    )
    figures = table(("", *VIEWS), _figures(views))
    classes = table(
        ("category", "texts", "found", "of those named", "mostly taken for"),
        [_of_class(rows, name) for name in names],
    )
    speed = table(("", ""), _speed(judge, [row["text"] for row in texts]))
    wrong = table(
        ("texts", "how many", "right", "right or also acceptable"), _of_sorts(rows, texts)
    )
    pairs = table(("it was", "it was taken for", "how often"), _confused(rows))
    PAGE.write_text(_page(len(rows), figures, classes, wrong, pairs), encoding="utf-8")
    peers = tip_contest.section(texts, VIEWS)
    return f"""## Tips understood

{len(rows):,} texts by another hand (data/evaluation/tips.jsonl); in brackets the 95 % interval of
{RESAMPLED:,} resamplings. More, with every category and a picture: docs/understanding.md.

{figures}

{speed}

The same lessons (data/corpus) and the same {len(rows):,} texts for others; share right, strictly.
"Noisy" as above. Microseconds a text (ours above: the least of five readings); the memory of a peer
includes its learning.

{peers}
"""


def _lines(name: str) -> list[str]:
    file = ROOT / "data" / "evaluation" / f"{name}.jsonl"
    return file.read_text(encoding="utf-8").splitlines()


def judged(judge: Judge, texts: Sequence[dict[str, Any]], spoil: Callable[[str], str]) -> list[Row]:
    """Judge labelled texts as `spoil` writes them."""
    return [
        Row(
            text["category"],
            frozenset(text["also"]),
            text["urgent"],
            text["kind"],
            judge.judge(spoil(text["text"])),
        )
        for text in texts
    ]


def _tips(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kind == "tip"]


def _in_top(row: Row) -> bool:
    return bool({row.category, *row.also} & {score.category for score in row.said.top})


def _calibration(rows: Sequence[Row]) -> float:
    """How far confidence is from being right, weighted over ten bins of it."""
    bins: dict[int, list[Row]] = {}
    for row in rows:
        bins.setdefault(min(int(row.said.confidence * BINS), BINS - 1), []).append(row)
    gaps = (
        len(some)
        * abs(
            measures.share([r.fits for r in some])
            - sum(r.said.confidence for r in some) / len(some)
        )
        for some in bins.values()
    )
    return sum(gaps) / len(rows)


MEASURED: dict[str, Callable[[Sequence[Row]], float]] = {
    "category right": lambda rows: measures.share([row.right for row in rows]),
    "right or also acceptable": lambda rows: measures.share([row.fits for row in rows]),
    "macro-F1": lambda rows: measures.macro_f1(
        [row.category for row in rows], [row.said.category for row in rows]
    ),
    "macro-F1, acceptable counted": lambda rows: measures.macro_f1(
        [row.said.category if row.fits else row.category for row in rows],
        [row.said.category for row in rows],
    ),
    "among the first three": lambda rows: measures.share([_in_top(row) for row in rows]),
    "calibration error (ECE)": _calibration,
    "shown without a question: share": lambda rows: measures.share(
        [r.said.auto for r in _tips(rows)]
    ),
    "shown without a question: acceptable": lambda rows: measures.share(
        [row.fits for row in rows if row.said.auto]
    ),
    "tips taken for no tip": lambda rows: measures.share(
        [row.said.kind != "tip" for row in _tips(rows)]
    ),
    "no tips found": lambda rows: measures.share(
        [row.said.kind != "tip" for row in rows if row.kind != "tip"]
    ),
    "urgent found": lambda rows: measures.share([row.said.urgent for row in rows if row.urgent]),
    "called urgent rightly": lambda rows: measures.share(
        [row.urgent for row in rows if row.said.urgent]
    ),
}


def _figures(views: dict[str, list[Row]]) -> list[tuple[str, ...]]:
    return [
        (name, *(_with_interval(figure, rows) for rows in views.values()))
        for name, figure in MEASURED.items()
    ]


def _with_interval(figure: Callable[[Sequence[Row]], float], rows: Sequence[Row]) -> str:
    dice = random.Random(7)  # noqa: S311 # the same resamplings every time
    drawn = sorted(figure(dice.choices(rows, k=len(rows))) for _ in range(RESAMPLED))
    low, high = drawn[RESAMPLED // 40], drawn[-RESAMPLED // 40]
    return f"{figure(rows):.3f} ({low:.3f} to {high:.3f})"


def _of_class(rows: Sequence[Row], name: str) -> tuple[object, ...]:
    own = [row for row in rows if row.category == name]
    named = [row for row in rows if row.said.category == name]
    wrong = Counter(row.said.category for row in own if not row.fits)
    taken = ", ".join(f"{other} {count}" for other, count in wrong.most_common(3))
    found = measures.share([row.right for row in own])
    return name, len(own), f"{found:.2f}", f"{measures.share([r.right for r in named]):.2f}", taken


def _took(judge: Judge, texts: Sequence[str], *, told_why: bool = False) -> list[float]:
    """Microseconds for each text, the least of five readings; the shortest first."""
    least = [float("inf")] * len(texts)
    gc.disable()
    for _ in range(5):
        for at, text in enumerate(texts):
            began = time.perf_counter()
            said = judge.judge(text)
            if told_why:
                judge.evidence(text, said.category)
            least[at] = min(least[at], 1e6 * (time.perf_counter() - began))
    gc.enable()
    return sorted(least)


def _speed(judge: Judge, texts: Sequence[str]) -> list[tuple[str, str]]:
    usual = [text for text in texts if len(text.split()) <= USUAL]
    took = _took(judge, usual)
    short = _took(judge, [text for text in usual if len(text.split()) <= SHORT])
    told = _took(judge, usual, told_why=True)
    code = (
        "import time\nfrom pathlib import Path\n"
        "def held(): return int(Path('/proc/self/statm').read_text().split()[1]) * 4096 / 2**20\n"
        "before, began = held(), time.perf_counter()\n"
        "from nlp.judge import Judge\njudge = Judge.load(Path('data/models'))\n"
        "print(time.perf_counter() - began, held() - before)"
    )
    said = subprocess.run(  # noqa: S603 # our own words
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return [
        (f"one text of at most {USUAL} words, median", f"{took[len(took) // 2]:.0f} µs"),
        ("the 99th percentile", f"{took[int(0.99 * len(took))]:.0f} µs"),
        ("and the words that spoke for it, median", f"{told[len(told) // 2]:.0f} µs"),
        (
            f"texts of at most {USUAL} words a second on one core",
            f"{1e6 * len(took) / sum(took):,.0f}",
        ),
        (f"short texts (at most {SHORT} words) a second", f"{1e6 * len(short) / sum(short):,.0f}"),
        ("import and load, in a process of its own", f"{1000 * float(said[0]):.0f} ms"),
        ("memory that takes", f"{float(said[1]):.0f} MiB"),
        ("model", f"{(MODELS / 'tips.model').stat().st_size / 2**20:.2f} MiB"),
    ]


SORTS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "of at most 8 words": lambda text: len(text["text"].split()) <= 8,  # noqa: PLR2004 # as it says
    "of 9 to 40 words": lambda text: 8 < len(text["text"].split()) <= USUAL,  # noqa: PLR2004 # as above
    "of more": lambda text: len(text["text"].split()) > USUAL,
    "without any accent": lambda text: text["text"].isascii(),
    "that fit two categories": lambda text: bool(text["also"]),
    "urgent": lambda text: bool(text["urgent"]),
}


def _of_sorts(rows: Sequence[Row], texts: Sequence[dict[str, Any]]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for name, belongs in SORTS.items():
        some = [row for row, text in zip(rows, texts, strict=True) if belongs(text)]
        right, fits = ([one.right for one in some], [one.fits for one in some])
        found.append(
            (name, len(some), f"{measures.share(right):.2f}", f"{measures.share(fits):.2f}")
        )
    return found


def _confused(rows: Sequence[Row]) -> list[tuple[object, ...]]:
    seen = Counter((row.category, row.said.category) for row in rows if not row.fits)
    return [(true, said, count) for (true, said), count in seen.most_common(12)]


def _page(texts: int, figures: str, classes: str, sorts: str, pairs: str) -> str:
    return f"""# How well a tip is understood

Written by `python -m bench.run understanding`; do not edit. {texts:,} texts of
[data/evaluation](../data/evaluation/README.md), written by a hand that knew only the list of
categories; nothing learns from them. In brackets the 95 % interval of {RESAMPLED:,} resamplings.

{figures}

“Without accents” strips every mark; “noisy” also clips words, slips keys and drops full stops
(`nlp/noise.py`). An officer sees the category as a suggestion and corrects it with one key.

## By category

“Found” is the share of its texts that got this label, “of those named” how many that got it were
rightly so; the last column counts those for which not even a second label fits.

{classes}

![Confusion matrix: true category by row, the program's by column](images/confusion.svg)

## What it gets wrong

{sorts}

The commonest mistakes, without those where the answer would be acceptable too:

{pairs}

{masked.section()}"""
