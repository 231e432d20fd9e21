"""What people typed, cleaned."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.clean import clean

TRICKY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "aạ\u0301\u0323\u200b\u200d\u202e\u2066\ufeff\u00ad\u0000\u0085\r\n\t 😀👩🏽"
        ),
    )
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (unicodedata.normalize("NFD", "Trộm ở Rạch Kiến"), "Trộm ở Rạch Kiến"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("một\n\n\n\nhai", "một\n\nhai"),
        ("một\thai\u00a0ba", "một hai ba"),
        ("cướp\x00 giật\x1b[31m", "cướp giật[31m"),
        ("vnpay\u202egpj.exe", "vnpaygpj.exe"),
        ("lừa\u200b đảo\ufeff, lừa\u200dđảo", "lừa đảo, lừađảo"),
        ("gia đình 👨‍👩‍👧 👩🏽‍🚒 ❤️‍🔥", "gia đình 👨‍👩‍👧 👩🏽‍🚒 ❤️‍🔥"),
        ("đồ\ud800 cũ", "đồ cũ"),
        (" \u200b\n ", ""),
    ],
)
def test_what_is_typed_keeps_its_words_and_loses_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(TRICKY)
@example("a\u0301\u200d\u0308")
@example("a\u200b\u0301\u200d\u0308")
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)


@given(TRICKY)
def test_what_is_kept_can_be_stored_and_shown_anywhere(typed: str) -> None:
    kept = clean(typed)
    invisible = {char for char in kept if unicodedata.category(char) in ("Cc", "Cf", "Cs")}

    assert invisible <= {"\n", "\u200d"}
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode().decode() == kept


@given(st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáảạ ,.0123456789"), max_size=80))
def test_plain_vietnamese_is_left_as_it_is(typed: str) -> None:
    assert clean(typed) == typed.strip()
