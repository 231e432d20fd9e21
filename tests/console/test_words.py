"""The console's words and marks."""

from datetime import UTC, datetime

import pytest

from console import words
from console.form import BadFormError, read
from console.marking import pieces
from desk.queue import DISPOSITIONS, TABS


def test_every_id_has_a_word() -> None:
    states = {state for tab in TABS.values() for state in tab}
    assert set(words.STATE_NAMES) == states
    assert set(words.TAB_NAMES) == set(TABS) == set(words.EMPTY_TABS)
    assert set(words.DISPOSITION_NAMES) == set(DISPOSITIONS)
    assert words.category("theft") == "Trộm cắp"
    assert len(words.categories()) == 17


def test_hours_are_those_of_vietnam() -> None:
    late = datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert words.hour(late) == "6 giờ, 21/11"
    assert words.moment(late) == "06:00, 21/11/2026"


@pytest.mark.parametrize(
    ("text", "evidence", "shown"),
    [
        ("Bán ma túy ở ngõ", ["ma túy"], "Bán [ma túy] ở ngõ"),
        ("BÁN MA TUÝ", ["ma tuy"], "BÁN [MA TUÝ]"),
        ("đánh nhau", ["danh", "đánh nhau"], "[đánh nhau]"),
        ("ma  túy", ["ma túy"], "[ma  túy]"),
        ("cầm dao chém", ["dao", "cầm"], "[cầm dao] chém"),
        ("dao động", ["ao"], "dao động"),
        ("<b>dao</b>", ["dao"], "<b>[dao]</b>"),
        ("a & b", [], "a & b"),
        ("a.c abc", ["a.c", ""], "[a.c] abc"),
        ("túy", ["túy"], "[túy]"),
        ("ﬁ İ dao", ["dao"], "ﬁ İ [dao]"),
    ],
)
def test_evidence_is_marked_as_whole_words(text: str, evidence: list[str], shown: str) -> None:
    cut = pieces(text, evidence)
    assert "".join(f"[{p.text}]" if p.marked else p.text for p in cut) == shown


def test_a_form_is_composed_and_without_control_characters() -> None:
    assert read("a=ế%0D%0Ab%00%07&a%00b=1".encode()) == {"a": "ế\nb", "ab": "1"}
    assert read(b"a=1&a=2") == {"a": "2"}


def test_a_form_with_endless_fields_is_refused() -> None:
    with pytest.raises(BadFormError):
        read(b"&".join(b"a=1" for _ in range(1000)))
