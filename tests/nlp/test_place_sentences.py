"""The router on sentences as people write them, with a floor for right and wrong answers."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import sentences
from nlp.places import Home, Place
from tests.gazetteer import router

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "golden" / "places.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def _without_marks(text: str) -> str:
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in split if not unicodedata.combining(c))


def _answer(row: dict[str, Any], change: Callable[[str], str]) -> Place:
    home = row.get("home")
    area = Home(home.get("province"), frozenset(home.get("communes", ()))) if home else None
    return router().locate(change(row["text"]), area)


def _wrong(row: dict[str, Any], place: Place) -> bool:
    if place.decision != "route" or place.code == row["expect"]:
        return False
    # A landmark that stands in one commune only may be routed to it.
    return not (row["style"] == "landmark_only" and row.get("candidates") == [place.code])


@pytest.mark.parametrize(
    ("change", "floor"),
    [
        (str, 1.0),
        (str.lower, 0.97),
        (str.upper, 0.97),
        (_without_marks, 0.97),
        (lambda text: _without_marks(text).lower(), 0.97),
        (lambda text: unicodedata.normalize("NFD", text), 1.0),
        (lambda text: text.replace(",", ""), 0.97),
    ],
    ids=["as written", "lower", "upper", "no marks", "lower, no marks", "NFD", "no commas"],
)
def test_sentences_are_placed_and_never_misplaced(
    change: Callable[[str], str], floor: float
) -> None:
    answers = [(row, _answer(row, change)) for row in ROWS]

    assert [row["text"] for row, place in answers if _wrong(row, place)] == []
    placed = [place.code == row["expect"] for row, place in answers if row["expect"]]
    assert sum(placed) >= floor * len(placed)


def test_split_communes_are_asked_about_with_every_successor() -> None:
    splits = [row for row in ROWS if row["style"] == "split"]

    assert splits
    for row in splits:
        assert set(_answer(row, str).candidates) == set(row["candidates"]), row["text"]


@pytest.mark.parametrize(("final", "floor"), [(False, 0.97), (True, 0.95)], ids=["even", "odd"])
@pytest.mark.parametrize("disguise", sorted(sentences.DISGUISES))
def test_sentences_of_another_hand_are_placed_and_hardly_ever_misplaced(
    disguise: str, *, final: bool, floor: float
) -> None:
    # Below what was measured (bench/results.md), so that only a real step back fails.
    half = [row for row in sentences.rows() if row.final == final]
    change = sentences.DISGUISES[disguise]

    found = sentences.tally(
        half, lambda row: router().locate(change(row.text), Home(province=row.home))
    )

    assert found.counts["wrong"] <= 0.01 * found.rows
    assert found.counts["exact"] >= (floor - 0.02) * found.determinable
    assert found.counts["truth listed"] >= 0.85 * found.counts["asked"]


@pytest.mark.parametrize("disguise", ["as written", "without marks"])
@pytest.mark.parametrize(
    # Of j and k a fifth are bare names in a chat without a home, which are asked about on purpose;
    # the writers of l, m and o were asked for what is hard.
    ("hands", "count", "floor"),
    [("defghi", 1852, 0.95), ("jk", 480, 0.87), ("nqr", 594, 0.93), ("lmo", 720, 0.79)],
)
def test_sentences_the_router_was_made_with_stay_placed(
    hands: str, count: int, floor: float, disguise: str
) -> None:
    every = sentences.rows(Path(__file__).parent / "golden" / "sentences.jsonl")
    found = [row for row in every if row.id[0] in hands]
    change = sentences.DISGUISES[disguise]

    told = sentences.tally(
        found, lambda row: router().locate(change(row.text), Home(province=row.home))
    )

    assert told.rows == count
    assert told.counts["wrong, any of several allowed"] <= 6
    assert told.counts["exact"] >= floor * told.determinable
