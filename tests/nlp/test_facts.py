"""When and who, picked out of reports: a table of what must be found, and of what must not."""

import pytest

from nlp.facts import MOST, read


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Tối qua mất xe máy ở chợ", ["Tối qua"]),
        ("toi qua mat xe may o cho", ["toi qua"]),
        ("Tôi qua nhà bà Sáu chơi", []),
        ("Lúc 2 giờ sáng nay có tiếng nổ", ["Lúc 2 giờ sáng nay"]),
        ("khoảng 22h30 hôm qua", ["khoảng 22h30 hôm qua"]),
        ("Khuya qua nhà trọ bị bẻ khóa", ["Khuya qua"]),
        ("Ngày 3/11 và ngày 15/11/2026", ["Ngày 3/11", "ngày 15/11/2026"]),
        ("Quán hát tới hai giờ sáng mỗi đêm", ["mỗi đêm"]),
        ("đêm nào cũng tụ tập", ["đêm nào cũng"]),
        ("Chủ nhật tuần rồi", ["Chủ nhật", "tuần rồi"]),
        ("19:45 nó chạy qua", ["19:45"]),
        ("chạy 22 hàng cây", []),
        ("mấy hôm nay cứ tới tối lại đánh bài", ["mấy hôm nay"]),
    ],
)
def test_when_is_found_as_it_was_written(text: str, when: list[str]) -> None:
    assert list(read(text).when) == when


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("hai thanh niên đi xe không biển số", ["hai thanh niên đi xe không biển số"]),
        ("Biển số 61C1-123.45 màu đỏ", ["61C1-123.45"]),
        ("bien so 62n1 12345", ["62n1 12345"]),
        ("xe wave đỏ chạy nhanh", ["xe wave đỏ"]),
        ("một người đàn ông bịt mặt", ["một người đàn ông bịt mặt"]),
        ("nhóm thanh niên tụ tập", ["nhóm thanh niên"]),
        ("Ông Tư Lành bán pháo", ["Ông Tư Lành"]),
        ("chuyển vào stk 0123456789012", ["stk 0123456789012"]),
        ("gọi từ số 0912345678", ["0912345678"]),
        ("mất 3 con gà", []),
        ("nhà số 61, ấp 3, xã Rạch Kiến", []),
    ],
)
def test_who_is_found_as_it_was_written(text: str, who: list[str]) -> None:
    assert list(read(text).who) == who


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Đang có cháy", ["Đang"]),
        ("Hôm qua có cháy", []),
        ("bay gio ho van danh nhau", ["bay gio"]),
        ("đặng văn đảng", []),
    ],
)
def test_going_on_is_noticed(text: str, now: list[str]) -> None:
    assert list(read(text).now) == now


def test_a_long_story_gives_a_few_words_only() -> None:
    found = read("Lúc 1 giờ, lúc 2 giờ, lúc 3 giờ, lúc 4 giờ, lúc 5 giờ, lúc 6 giờ.")
    assert len(found.when) == MOST


def test_odd_letters_do_not_move_the_words() -> None:
    assert read("İİ ﬁ tối qua mất xe").when == ("tối qua",)
