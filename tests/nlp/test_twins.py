"""Twins: two tellings of one event are found, two events are not taken for one."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from nlp.judge import Judge
from nlp.twins import FLOOR, MOST, Twins, alike, marks, may_meet
from tests.nlp.models import MODELS

EVALUATION = Path(__file__).parents[2] / "data/evaluation"
TAXONOMY = Path(__file__).parents[2] / "data/taxonomy/categories.json"


def rows(name: str) -> list[dict[str, str]]:
    lines = (EVALUATION / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def twins() -> Twins:
    return Twins.load(MODELS)


def test_nineteen_of_twenty_events_told_twice_are_found(twins: Twins) -> None:
    judge = Judge.load(MODELS)
    found = 0
    pairs = rows("twins")
    for row in pairs:
        meet = any(
            may_meet(judge.judge(row["b"]).category, score.category)
            for score in judge.judge(row["a"]).top
            if score.confidence >= 0.1
        )
        likeness = alike(twins.marks(row["a"]), twins.marks(row["b"]))
        found += meet and likeness >= twins.limit

    assert len(pairs) >= 100
    assert found / len(pairs) >= 0.95


def test_of_a_thousand_pairs_of_different_events_at_most_one_is_taken_for_one(
    twins: Twins,
) -> None:
    tips = [row for row in rows("tips") if row["kind"] == "tip"]
    told = [(row["category"], twins.marks(row["text"])) for row in tips]
    wrong = {True: 0, False: 0}
    pairs = {True: 0, False: 0}
    for (one, mine), (other, theirs) in combinations(told, 2):
        same = one == other  # the hard ones: another theft, another fire
        pairs[same] += 1
        wrong[same] += may_meet(one, other) and alike(mine, theirs) >= twins.limit

    assert pairs[True] >= 20_000
    assert pairs[False] >= 400_000
    assert wrong[True] / pairs[True] <= 0.001
    assert wrong[False] / pairs[False] <= 0.0001


def test_different_events_of_the_pairs_themselves_stay_apart(twins: Twins) -> None:
    told = [(row["category"], twins.marks(row["a"])) for row in rows("twins")]
    wrong = sum(
        may_meet(one, other) and alike(mine, theirs) >= twins.limit
        for (one, mine), (other, theirs) in combinations(told, 2)
    )

    assert wrong / (len(told) * (len(told) - 1) / 2) <= 0.001


def test_the_same_words_with_and_without_accents_are_alike(twins: Twins) -> None:
    typed = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy của hàng xóm ở hẻm sau chợ"
    bare = "khuya qua co hai nguoi di xe wave do be khoa lay xe may cua hang xom o hem sau cho"

    assert alike(twins.marks(typed), twins.marks(bare)) > 0.8


def test_nothing_a_name_could_be_asked_for_is_marked() -> None:
    found = marks("Ông Nguyễn Lành đánh bà Sáu, thằng Tèo đứng coi")

    assert not {mark for mark in found if {"nguyen", "lanh", "sau", "teo"} & set(mark.split())}
    assert {"danh", "coi"} <= found


def test_numbers_and_plates_are_no_marks_of_their_own() -> None:
    found = marks("Gọi 0901234567, xe 62C1-123.45, tài khoản 1029384756")

    assert not [mark for mark in found if any(char.isdigit() for char in mark)]


def test_a_word_or_two_are_no_twins_of_anything(twins: Twins) -> None:
    short = twins.marks("trộm chó")

    assert sum(short.values()) < FLOOR
    assert alike(short, short) < 1.0
    assert alike(twins.marks(""), twins.marks("")) == 0.0


def test_a_long_story_keeps_its_rarest_marks(twins: Twins) -> None:
    story = " ".join(f"chuyện{chr(97 + n % 26)}{chr(97 + n // 26)} xảy ra" for n in range(600))

    assert len(twins.marks(story)) == MOST


def test_any_two_categories_meet_or_not_whichever_is_asked_first() -> None:
    known = [row["id"] for row in json.loads(TAXONOMY.read_text(encoding="utf-8"))]
    both = [(one, other) for one in known for other in known]

    assert all(may_meet(one, other) == may_meet(other, one) for one, other in both)
    assert all(may_meet(one, one) for one in known)
    assert not may_meet("online_fraud", "fire_safety")
    assert may_meet("robbery", "violence")
