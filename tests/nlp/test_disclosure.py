"""What gives a tip's writer away is found; what is said of others stays."""

from itertools import pairwise

import pytest

from nlp.disclosure import MASK, find, masked
from tests.nlp.test_evaluation_sets import rows

OWN = [
    # the tip, what is hidden
    ("em tên Lan nhà ở xóm 3, thấy tụi nó đánh bạc", "Lan"),
    ("Tôi là Nguyễn Văn Bảy ở đầu xóm, xin báo có trộm chó", "Nguyễn Văn Bảy"),
    ("Họ tên: Lê Văn Tám. Báo có đánh bạc", "Lê Văn Tám"),
    ("trộm vô nhà lấy con heo.\n- Tư Hiền", "Tư Hiền"),
    ("toi ten la Tran Thi Sau, thay no ban hang cam", "Tran Thi Sau"),
    ("cần gì gọi em 0912345678", "0912345678"),
    ("sđt của con 0987 654 321 ạ", "0987 654 321"),
    ("lien he toi qua so 0938111222", "0938111222"),
    ("Có người đốt rác. SĐT: 0912xxx345", "0912xxx345"),
    ("nhà em số 12 hẻm 5, sát quán karaoke ồn quá", "số 12 hẻm 5"),
    ("nhà tôi sát vách quán đó", "sát vách quán đó"),
    ("tui ở trọ phòng 7 dãy bà Tám, kế bên có người chích", "phòng 7 dãy bà Tám"),
    ("dia chi em so 4 duong so 9 khu pho 2. Ban dem no hay nẹt pô", "so 4 duong so 9 khu pho 2"),
    ("xe em biển 62X1-234.56 bị nó tông", "62X1-234.56"),
    ("cccd của em 079123456789", "079123456789"),
    ("stk em 19031234567 bị lừa chuyển", "19031234567"),
    ("mail lan123@gmail.com nha", "lan123@gmail.com"),
    ("fb em tên Lan Nguyễn, mấy chú nhắn qua đó", "Lan Nguyễn"),
    (
        "tôi là kế toán công ty Minh Phát nên biết họ xả thải",
        "kế toán công ty Minh Phát",
    ),
    ("em học lớp 11A3 trường Cần Đước, bị anh khối trên trấn lột", "lớp 11A3 trường Cần Đước"),
    (
        "tui bảo vệ ca đêm ở kho gạo Tân Lân, thấy họ chở hàng lậu",
        "bảo vệ ca đêm ở kho gạo Tân Lân",
    ),
]

OTHERS = [
    "thằng Hùng ở số 12 bán đá",
    "nó tên Lan, sđt 0912345678",
    "xe biển 51F-123.45 gây tai nạn rồi chạy",
    "số tài khoản lừa tôi là 190312345678",
    "công ty Minh Phát xả thải ra kênh",
    "chủ quán là bà Sáu",
    "facebook của con lừa đảo tên Hồng Nhung",
    "số lạ 0912345678 gọi cho má tôi xưng công an",
    "tôi thấy ông Bảy chủ ghe chích điện",
    "em đi làm về thấy hai người bẻ khóa",
    "gọi 113 không ai nghe",
    "tôi là người dân ở đây",
    "con trai tôi bị đánh ở trường",
    "nhà hàng xóm hát karaoke",
    "tôi đi chợ Rạch Kiến bị móc túi",
    "em bị lừa 5 triệu qua zalo 0912345678",
]


@pytest.mark.parametrize(("tip", "part"), OWN)
def test_what_gives_the_writer_away_is_hidden_and_nothing_else(tip: str, part: str) -> None:
    assert masked(tip) == tip.replace(part, MASK)


@pytest.mark.parametrize("tip", OTHERS)
def test_what_is_said_of_others_stays(tip: str) -> None:
    assert masked(tip) == tip


def test_findings_come_in_order_and_do_not_overlap() -> None:
    tip = "Em tên Lan, nhà em số 4 ngõ 2, gọi em 0912345678. Nó bán đá."

    found = find(tip)

    assert [one.kind for one in found] == ["name", "home", "phone"]
    assert [tip[one.start : one.end] for one in found] == ["Lan", "số 4 ngõ 2", "0912345678"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_hiding_twice_changes_nothing_more() -> None:
    for tip, _ in OWN:
        assert masked(masked(tip)) == masked(tip)


def test_most_who_give_themselves_away_are_warned_and_few_others() -> None:
    """A little below the figures of data/evaluation/README.md: who makes it worse sees it."""
    told = rows("disclosures")
    own = [row for row in told if row["own"]]
    others = [row for row in told if not row["own"]]

    assert sum(bool(find(row["text"])) for row in own) >= 0.8 * len(own)
    assert sum(bool(find(row["text"])) for row in others) <= 0.07 * len(others)
