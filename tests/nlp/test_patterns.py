"""The shape of a place's name: enough to see what was misread, nothing to read."""

import pytest

from nlp.patterns import pattern_of
from tests.gazetteer import router


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("xã Long Hòa, h. Cần Đước, Long An", "xã N N, huyện N N, N N"),
        ("x. Long Hoa h. Can Duoc", "xã N N huyện N N"),
        ("P5 Q10", "phường 9 quận 9"),
        ("ở xã Suối Đá", "w xã N N"),
    ],
)
def test_type_words_stay_and_names_become_letters(text: str, pattern: str) -> None:
    assert pattern_of(text, router().locate(text)) == pattern


def test_words_before_the_place_are_not_even_counted() -> None:
    text = "Ông Nguyễn Văn Bảy hàng xóm tôi đánh vợ, xã Rạch Kiến, Tây Ninh, hôm 20/3"

    pattern = pattern_of(text, router().locate(text))

    assert pattern.startswith("w, xã N N, N N, w 9")
    assert not set(pattern) - set("xãNw9, ")


def test_without_a_place_there_is_no_pattern() -> None:
    assert pattern_of("không nhớ chỗ nào", router().locate("không nhớ chỗ nào")) == ""
