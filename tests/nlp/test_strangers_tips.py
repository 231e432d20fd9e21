"""Tips by other hands: what is promised of the whole, never a single row.

The floors for data/evaluation are what was asked of the program; measured is more
(docs/understanding.md). golden/strangers.jsonl is by two hands that knew only the list of
categories, 390 texts and 385; wrong ones were looked at when they were first read. Then 0.926 and
0.938 were right, 0.946 and 0.943 with second labels, and 54 of 58 and 48 of 49 urgent ones found.
12 of the 775 say nearly what a text of the corpus says.
"""

from functools import cache

import pytest

from bench.understanding import MEASURED, Row, judged
from nlp.letters import strip_marks
from nlp.measures import share
from tests.nlp.models import golden, judge
from tests.nlp.test_evaluation_sets import rows

AT_LEAST = {
    "macro-F1": 0.82,
    "macro-F1, acceptable counted": 0.90,
    "among the first three": 0.97,
    "shown without a question: share": 0.70,
    "shown without a question: acceptable": 0.97,
    "no tips found": 0.90,
    "urgent found": 0.97,
    "called urgent rightly": 0.55,
}
AT_MOST = {"calibration error (ECE)": 0.05, "tips taken for no tip": 0.02}


@cache
def measured() -> list[Row]:
    return judged(judge(), rows("tips"), str)


@cache
def by_other_hands() -> list[Row]:
    return judged(judge(), golden("strangers"), str)


@pytest.mark.parametrize("figure", AT_LEAST)
def test_the_figure_holds_its_floor(figure: str) -> None:
    assert MEASURED[figure](measured()) >= AT_LEAST[figure]


@pytest.mark.parametrize("figure", AT_MOST)
def test_the_figure_stays_below_its_limit(figure: str) -> None:
    assert MEASURED[figure](measured()) <= AT_MOST[figure]


def test_little_is_lost_without_accents() -> None:
    bare = judged(judge(), rows("tips"), strip_marks)

    macro_f1 = MEASURED["macro-F1"]
    assert macro_f1(bare) >= macro_f1(measured()) - 0.03


@pytest.mark.parametrize("category", sorted({row["category"] for row in rows("tips")}))
def test_no_category_is_overlooked(category: str) -> None:
    own = [row for row in measured() if row.category == category]

    assert len(own) >= 40
    assert share([row.right for row in own]) >= 0.65


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("category right", 0.91),
        ("macro-F1, acceptable counted", 0.93),
        ("among the first three", 0.97),
        ("shown without a question: acceptable", 0.97),
        ("urgent found", 0.95),
        ("called urgent rightly", 0.55),
    ],
)
def test_other_hands_are_understood_as_well(figure: str, floor: float) -> None:
    assert MEASURED[figure](by_other_hands()) >= floor
