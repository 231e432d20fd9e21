"""What points at a person, an account or a site is masked, and prices, dates and laws are not."""

import re
import sys
from itertools import pairwise
from re import _constants as codes  # type: ignore[attr-defined] # typeshed leaves it out
from re import _parser as parser  # type: ignore[attr-defined] # as above
from types import FrameType, ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import masked
from nlp import masks, numbers, numberwords, plates, saidnumbers, sites
from nlp.letters import fold, strip_marks
from nlp.text import MAX_CHARS, normalise
from tests.nlp.test_evaluation_sets import rows

ROWS = rows("masks")
HALVES = {"even": [r for r in ROWS if int(r["id"][1:]) % 2 == 0], "odd": masked.odd(ROWS)}
MODULES = (numbers, numberwords, plates, saidnumbers, sites)
HOSTILE = [
    *("1.000.000 ", "0912345678 ", "09 ", "1 2 3 4 ", "0*9*1*", "+84", "1(((", "20/11/2026 "),
    *("2019-2023", "103.1.1.1:", "a1234567 ", "59x1-123", "51-f1 ", "bks 1 ", "tm 12 ", "1o "),
    *("o9l2 ", "khong ", "chin ba ", "bien so nam chin ", "a cham ", "cham com ", "a at b dot "),
    *(" a cong ", "nick ", "@a", "a@b.", "w w w ", "http:/ ", "aaaa .com ", "aa.com", "stk 12 "),
    *("ho chieu c", "so tiet kiem ", "a" * 40 + ".", "chấm ", "0x", "1xx", "[.]", "(dot)"),
]
# Of functions, those of patterns included, for one text; the worst of these needs 6,178.
MOST_CALLS = 9_000


def said(text: str) -> list[tuple[str, str]]:
    folded = fold(text, MAX_CHARS)
    return [(mask.kind, folded[mask.start : mask.end]) for mask in masks.find(folded)]


@pytest.mark.parametrize("half", sorted(HALVES))
def test_what_strangers_must_not_read_is_masked_in_99_of_100(half: str) -> None:
    found = masked.counts(HALVES[half])

    assert found[True] >= 0.99 * found.total()


@pytest.mark.parametrize("half", sorted(HALVES))
def test_of_what_only_looks_alike_at_most_2_in_100_are_masked(half: str) -> None:
    nothing = [row for row in HALVES[half] if not row["masks"]]

    assert sum(map(masked.is_touched, nothing)) <= 0.02 * len(nothing)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gọi 0912.345.678 hoặc 0987-654-321", ["0912.345.678", "0987-654-321"]),
        ("ngày 20/11/2026 0912345678 gọi", ["0912345678"]),
        ("12.500.000đ vào stk 0071000123456 hôm 3/11", ["0071000123456"]),
        ("số 0912345678, 3 lần, 2 triệu", ["0912345678"]),
        ("0912345678/0987654321", ["0912345678", "0987654321"]),
    ],
)
def test_each_number_ends_where_the_next_begins(text: str, found: list[str]) -> None:
    assert [part for _, part in said(text)] == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("cccd 079 203 001 234", "id"),
        ("stk 079 203 001 234", "account"),
        ("gọi 079 203 0012", "phone"),
        ("079 203 001 234", "id"),
        ("0792030012", "phone"),
    ],
)
def test_the_word_before_a_number_says_what_it_is(text: str, kind: str) -> None:
    assert [found for found, _ in said(text)] == [kind]


def test_counting_aloud_is_no_number_of_anybody() -> None:
    text = "nó đếm một hai ba bốn năm sáu bảy tám chín mười rồi chém"

    assert said(text) == []
    assert [kind for kind, _ in said(text.replace("nó đếm", "stk"))] == ["account"]


def test_a_full_stop_without_a_blank_makes_no_address() -> None:
    assert said("nó chạy rồi.me tôi khóc.co ai biết không") == []
    assert [kind for kind, _ in said("vào tangqua.me nhận")] == ["url"]


def test_what_is_masked_reaches_no_model() -> None:
    words = normalise("số nó là không chín một hai ba bốn năm sáu bảy tám nha").stripped

    assert words == ("so", "no", "la", "<phone>", "nha")


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_shapes_cost_a_bounded_number_of_steps(shape: str) -> None:
    text = fold(shape * MAX_CHARS, MAX_CHARS)
    masks.find(text)  # patterns are compiled when a text first needs them
    steps = 0

    def step(_frame: FrameType, event: str, _about: Any) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        found = masks.find(text)
    finally:
        sys.setprofile(None)

    assert steps <= MOST_CALLS
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= mask.start < mask.end <= len(text) for mask in found)


def test_more_numbers_than_a_message_holds_are_masked_all_the_same() -> None:
    text = fold("0912345678 " * MAX_CHARS, MAX_CHARS)

    hidden = sum(mask.end - mask.start for mask in masks.find(text))

    assert hidden >= len(text) - MAX_CHARS // 10


def repeats(parsed: Any) -> list[int]:
    found = []
    for code, about in parsed:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            found += [about[1], *repeats(about[2])]
        elif isinstance(about, tuple | list):
            for part in about:
                if isinstance(part, parser.SubPattern):
                    found += repeats(part)
                elif isinstance(part, list):
                    found += [n for one in part for n in repeats(one)]
        elif isinstance(about, parser.SubPattern):
            found += repeats(about)
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.__name__))
def test_no_pattern_repeats_without_a_bound(module: ModuleType) -> None:
    patterns = [one for one in vars(module).values() if isinstance(one, re.Pattern)]

    assert patterns
    for pattern in patterns:
        assert max(repeats(parser.parse(pattern.pattern)), default=0) <= MAX_CHARS


@given(st.text(max_size=300))
def test_marks_lie_within_the_text_whatever_is_typed(typed: str) -> None:
    folded = fold(typed, MAX_CHARS)

    assert len(strip_marks(folded)) == len(folded)
    assert all(0 <= mask.start < mask.end <= len(folded) for mask in masks.find(folded))
