"""Questions and suspicious messages by another hand: shares that must hold, never a single row."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tests.nlp.models import methods, questions
from tests.nlp.test_evaluation_sets import rows

Row = Mapping[str, Any]


def share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted)


def right(row: Row) -> set[str]:
    """Whatever counts as right for a row."""
    return {row.get("intent") or row.get("method"), *row["also"]}


@cache
def asked() -> list[tuple[Row, Any]]:
    return [(row, questions().answer(row["text"])) for row in rows("questions")]


@cache
def checked() -> list[tuple[Row, Any]]:
    return [(row, methods().check(row["text"])) for row in rows("suspicious")]


def test_strangers_questions_find_their_answer_at_once_or_among_three() -> None:
    ours = [(right(row), found.suggestions) for row, found in asked() if row["intent"]]

    assert len(ours) >= 200
    assert share(not ok.isdisjoint(shown[:1]) for ok, shown in ours) >= 0.94
    assert share(not ok.isdisjoint(shown) for ok, shown in ours) >= 0.98


def test_strangers_questions_are_hardly_ever_answered_wrongly() -> None:
    sure = [found.decision == "answer" and found.intent not in right(row) for row, found in asked()]

    assert share(sure) <= 0.02


def test_what_strangers_ask_beside_our_subjects_gets_no_answer() -> None:
    foreign = [found for row, found in asked() if not row["intent"]]

    assert len(foreign) >= 150
    assert share(found.decision == "abstain" for found in foreign) >= 0.95


def test_strangers_tricks_are_called_so_and_honest_messages_hardly_ever() -> None:
    tricks = [found.verdict == "scam" for row, found in checked() if row["method"]]
    honest = [found.verdict == "scam" for row, found in checked() if not row["method"]]

    assert len(tricks) >= 200
    assert len(honest) >= 150
    assert share(tricks) >= 0.95
    assert share(honest) <= 0.04


def test_the_method_of_strangers_tricks_is_named() -> None:
    named = [(right(row), found.top) for row, found in checked() if row["method"]]

    assert share(top[0] in ok for ok, top in named) >= 0.93
    assert share(not ok.isdisjoint(top) for ok, top in named) >= 0.99
