"""Replies as messages: numbered choices, and long texts in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Caps
from bot.channels.render import render, split, width
from handlers.chat import Choice, Reply

WORDS = st.text(st.sampled_from("abcđêữ.!?… \n😀\u0301👩\u200d🏽"), max_size=300)
LIMITS = st.integers(min_value=2, max_value=60)
PLAIN = Caps(anonymity="pseudonymous", max_text=2000)  # as Zalo's bot: no buttons at all
RICH = Caps(anonymity="anonymous", buttons=8, call_button=True, copy_button=True)
ASKED = Reply(
    "Có ai đang gặp nguy hiểm không?",
    (Choice("danger_yes", "Có"), Choice("danger_no", "Không")),
    calls=("113", "114"),
    copy="ABCD-EFGH",
    hint="gõ vào đây",
)


@given(WORDS, LIMITS)
def test_no_part_is_longer_than_the_channel_takes(text: str, limit: int) -> None:
    assert all(0 < width(part) <= limit for part in split(text, limit))


@given(WORDS, LIMITS)
def test_the_parts_together_say_what_the_whole_said(text: str, limit: int) -> None:
    assert "".join("".join(split(text, limit)).split()) == "".join(text.split())


@given(WORDS)
def test_a_text_that_fits_stays_whole(text: str) -> None:
    whole = [text.strip()] if text.strip() else []

    assert split(text, max(2, width(text.strip()))) == whole
    assert split(text, 0) == whole


@given(st.text(min_size=1, max_size=50))
def test_width_counts_utf_16_units(text: str) -> None:
    assert width(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("Câu một. Câu hai. Câu ba.", 18, ["Câu một. Câu hai.", "Câu ba."]),
        ("“Thật à?” Ừ, thật đấy.", 14, ["“Thật à?”", "Ừ, thật đấy."]),
        ("dòng một\ndòng hai", 12, ["dòng một", "dòng hai"]),
        ("không có dấu chấm nào", 12, ["không có dấu", "chấm nào"]),
        ("mãxxxxxxxxxx", 5, ["mãxxx", "xxxxx", "xx"]),
        ("giá 3.500.000 đồng", 10, ["giá", "3.500.000", "đồng"]),
        ("😀😀😀", 3, ["😀", "😀", "😀"]),
        ("aaa👨‍👩‍👧", 9, ["aaa", "👨‍👩‍👧"]),
        ("ab🤝🏽", 4, ["ab", "🤝🏽"]),
    ],
)
def test_parts_end_where_a_reader_would_pause(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


def test_a_limit_too_small_for_one_emoji_is_an_error() -> None:
    with pytest.raises(ValueError, match="limit 1"):
        split("a", 1)


def test_without_buttons_choices_are_numbered_and_numbers_to_call_come_first() -> None:
    (only,) = render(ASKED, PLAIN)

    assert only.text == (
        "☎ 113: công an\n☎ 114: cháy, kẹt người\n\n"
        "Có ai đang gặp nguy hiểm không?\n\n"
        "ABCD-EFGH\n\n"
        "1. Có\n2. Không\nBà con trả lời bằng số, ví dụ: 1"
    )
    assert (only.choices, only.calls, only.copy) == ((), (), "")


def test_with_buttons_the_words_stay_as_they_are() -> None:
    (only,) = render(ASKED, RICH)

    assert only.text == ASKED.text
    assert (only.choices, only.calls, only.copy, only.hint) == (
        ASKED.choices,
        ASKED.calls,
        ASKED.copy,
        ASKED.hint,
    )


def test_more_choices_than_buttons_are_numbered() -> None:
    many = Reply("Nơi nào?", tuple(Choice(f"at:{i}", f"Nơi {i}") for i in range(1, 10)))
    (only,) = render(many, RICH)

    assert only.choices == ()
    assert "\n9. Nơi 9\n" in only.text


def test_of_several_messages_the_first_calls_and_the_last_has_the_buttons() -> None:
    caps = Caps(anonymity="pseudonymous", max_text=60, buttons=8, call_button=True)
    first, *_, last = render(Reply("Một câu vừa phải. " * 10, ASKED.choices, ("113",)), caps)

    assert (first.calls, first.choices) == (("113",), ())
    assert (last.calls, last.choices) == ((), ASKED.choices)


def test_a_numbered_list_is_not_torn_apart_when_it_fits_into_a_message() -> None:
    caps = Caps(anonymity="pseudonymous", max_text=50)
    *_, last = render(Reply("Một câu vừa phải dài. " * 4, ASKED.choices), caps)

    assert last.text == "1. Có\n2. Không\nBà con trả lời bằng số, ví dụ: 1"


def test_what_a_channel_adds_is_in_the_language_of_the_reply() -> None:
    asked = Reply("In danger?", (Choice("yes", "Yes"),), calls=("113", "156"), language="en")

    (shown,) = render(asked, PLAIN)

    assert shown.text.startswith("☎ 113: police\n☎ 156: call now\n\nIn danger?")
    assert shown.text.endswith("1. Yes\nPlease answer with a number, for example: 1")
