"""Codes people copy by hand: what a slip of the pen does, and what it does not do."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import codes
from desk.codes import ALPHABET

SYMBOLS = st.text(ALPHABET, min_size=16, max_size=16)
RECEIPT = "7XKD-0M3W-19QF-ZH5C"


def checked(symbols: str) -> str:
    """These sixteen symbols with the check symbol that belongs to them."""
    return next(symbols + last for last in ALPHABET if codes.is_checked(symbols + last))


@given(SYMBOLS)
def test_every_single_wrong_symbol_is_noticed(symbols: str) -> None:
    code = checked(symbols)

    for place, right in enumerate(code):
        for wrong in ALPHABET:
            typed = code[:place] + wrong + code[place + 1 :]
            assert codes.is_checked(typed) == (wrong == right)


@given(SYMBOLS)
def test_every_swap_of_neighbours_is_noticed_but_that_of_0_and_z(symbols: str) -> None:
    code = checked(symbols)

    for place, pair in enumerate(pairwise(code)):
        first, second = pair
        typed = code[:place] + second + first + code[place + 2 :]
        assert codes.is_checked(typed) == (first == second or set(pair) == {"0", "Z"})


@given(SYMBOLS, st.integers(0, 16))
def test_a_symbol_left_out_or_written_twice_makes_no_receipt(symbols: str, place: int) -> None:
    code = checked(symbols)

    assert codes.read_receipt(code[:place] + code[place + 1 :]) is None
    assert codes.read_receipt(code[:place] + code[place : place + 1] + code[place:]) is None


def test_ten_thousand_receipts_are_ten_thousand_different_ones_and_all_good() -> None:
    receipts = {codes.new_receipt() for _ in range(10_000)}

    assert len(receipts) == 10_000
    assert all(codes.read_receipt(receipt) for receipt in receipts)
    used = set("".join(receipts)) - {"-"}
    assert used == set(ALPHABET)


@given(SYMBOLS)
def test_a_receipt_reads_the_same_however_it_was_typed(symbols: str) -> None:
    code = checked(symbols)
    shown = codes.grouped(code)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    looks_alike = code.replace("0", "O").replace("1", "l")

    ways = [code, shown, shown.lower(), f"  {shown}\n", shown.replace("-", " "), wide]
    ways += [shown.replace("-", dash) for dash in "‐‑–—－"]
    ways += [looks_alike, code.replace("1", "i"), code.replace("D", "Đ"), code.replace("D", "đ")]
    ways += [f"{shown}.", " ".join(code), f"{shown}\u200b"]
    for typed in ways:
        assert codes.read_receipt(typed) == code, typed


@pytest.mark.parametrize(
    "typed", ["", "-", "xin chào", "113", RECEIPT, f"{RECEIPT}-", "U" * 17, "0" * 16, "०" * 17]
)
def test_what_is_no_receipt_is_none(typed: str) -> None:
    assert codes.read_receipt(typed) is None


def test_a_receipt_shows_in_groups_of_four() -> None:
    receipt = codes.new_receipt()

    assert [len(group) for group in receipt.split("-")] == [4, 4, 4, 4, 1]


@pytest.mark.parametrize(
    ("typed", "looks"),
    [
        (f"{RECEIPT}-A", True),
        ("7xkd 0m3w 19qf zh5c a", True),
        ("7XKD0M3W19QFZH5C", True),
        ("7XKD-0M3W-19QF-ZH5C-AA", True),
        ("7XKD-0M3W-19QF", False),
        ("0901234567", False),
        ("nhà tôi bị mất 3 con gà", False),
        ("ABCDEFGHJKMNPQRST", False),
        ("a b c d e f g h 1 2 3 4 5 6 7 8 9", False),
    ],
)
def test_a_message_looks_like_a_receipt_if_somebody_seems_to_have_typed_one(
    typed: str, *, looks: bool
) -> None:
    assert codes.looks_like_receipt(typed) is looks


@given(st.binary(min_size=1, max_size=40))
def test_bytes_come_back_from_their_symbols(data: bytes) -> None:
    written = codes.encode(data)

    assert codes.decode(written, len(data)) == data
    assert codes.decode(written.lower().replace("-", " "), len(data)) == data
    assert codes.decode(written, len(data) + 5) is None


def test_symbols_that_hold_too_much_for_their_length_are_refused() -> None:
    symbols = checked("Z" * 52)  # 260 bits where 32 bytes have 256

    assert codes.decode(symbols, 32) is None
    assert codes.decode("not symbols at all", 32) is None
