"""What gives a tip's writer away is found; what is said of others stays."""

import json
import re
import sys
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from nlp.disclosure import MASK, RULES, find, masked
from nlp.text import MAX_CHARS
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
    ("nó là chồng em, nó bán ma túy", "chồng em"),
    ("chú ruột em trồng cần sa trên sân thượng", "chú ruột em"),
    ("bồ cũ của em dọa tung clip", "bồ cũ của em"),
    ("con trai tôi học cùng lớp nó", "con trai tôi"),
    ("Tôi là mẹ ruột cháu Vy, cháu bị thầy xâm hại", "mẹ ruột"),
    ("cho bác hỏi, thằng con rể bác lấy sổ đỏ đi cầm", "thằng con rể bác"),
    ("cậu Tư tui giấu xe gian", "cậu Tư tui"),
    ("Bà Năm bán xôi đây, tụi nó mới gài số đề", "Bà Năm bán xôi"),
    ("nó ở cạnh nhà tôi", "cạnh nhà tôi"),
    ("zalo em là Cúc Họa Mi", "Cúc Họa Mi"),
    ("cái zalo tên Lá Me Bay là của em", "zalo tên Lá Me Bay"),
    ("tiệm nail em làm bị tụi nó tới đòi nợ", "tiệm nail em"),
    ("em đang lái xe cho giám đốc Bảy, thấy họ chia tiền", "lái xe cho giám đốc Bảy"),
    ("mấy anh trả lời em qua hòm thư thanhnga88@gmail.com", "thanhnga88@gmail.com"),
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
    'Bà Tám kể "nhà tui sát vách nó nên nghe hết", nhưng bả sợ',
    'nó gọi tới nói "em tên Dung bên ngân hàng đây ạ" rồi xin mã',
    "con em chúng tôi ngày nào cũng đi qua đoạn đường đó",
    "con tui sợ không dám đi học",
    "chị em phụ nữ trong xóm bị lừa chơi hụi",
    "bà con ở đây ai cũng biết nó bán ma túy",
    "em trai nó cũng nghiện, mẹ nó khóc hoài",
    "con Diễm là vợ bé của thằng Bảy Xị",
    "Anh Sơn công an viên nhận tiền, vợ anh là cô giáo",
    "nó gọi em bằng số 0899111222 đòi tiền",
    "hàng xóm tôi hát karaoke khuya",
    "tôi là người đi đường, thấy tai nạn",
    "nhà ông Tư ở cuối xóm nấu rượu lậu",
    "em tối nào cũng thấy tụi nó tụ tập",
]

# Longest messages made of what the rules look for; what each costs is counted, not timed.
HOSTILE = [
    "toi ",
    "em o canh nha em ",
    "em ten la ",
    "toi la cong nhan cong ty ",
    "chồng của em ",
    "Tôi Tôi, ",
    "- A\n",
    "((",
    '"toi ',
    "a@a.",
    "_",
    "0912 ",
    "0x",
    "a-",
    "bà nội ",
    "em, ",
]
# Of functions, those of patterns included, for one text; the worst of these needs 75,850.
MOST_CALLS = 100_000


@pytest.mark.parametrize(("tip", "part"), OWN)
def test_what_gives_the_writer_away_is_hidden_and_nothing_else(tip: str, part: str) -> None:
    assert masked(tip) == tip.replace(part, MASK)


@pytest.mark.parametrize("tip", OTHERS)
def test_what_is_said_of_others_stays(tip: str) -> None:
    assert masked(tip) == tip


def golden(name: str = "disclosures") -> list[dict[str, Any]]:
    path = Path(__file__).parent / "golden" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_findings_come_in_order_and_do_not_overlap() -> None:
    tip = "Em tên Lan, nhà em số 4 ngõ 2, gọi em 0912345678. Nó bán đá."

    found = find(tip)

    assert [one.kind for one in found] == ["name", "home", "phone"]
    assert [tip[one.start : one.end] for one in found] == ["Lan", "số 4 ngõ 2", "0912345678"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_hiding_twice_changes_nothing_more() -> None:
    for tip, _ in OWN:
        assert masked(masked(tip)) == masked(tip)


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_shapes_cost_a_bounded_number_of_steps(shape: str) -> None:
    text = (shape * MAX_CHARS)[:MAX_CHARS]
    steps = 0

    def step(_frame: FrameType, event: str, _about: Any) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    find(text)  # prepares the patterns
    sys.setprofile(step)
    try:
        find(text)
    finally:
        sys.setprofile(None)

    assert steps <= MOST_CALLS


def test_no_rule_repeats_without_a_bound() -> None:
    """Or the cost of a long message would grow with the square of its length."""
    assert [rule for _, rule in RULES if re.search(r"[^{}][*]|(?<!})[+](?![+])", rule)] == []


@pytest.mark.parametrize(("odd", "warned", "others"), [(1, 0.95, 0.03), (0, 0.75, 0.07)])
def test_a_strange_hands_tips_are_warned_too(odd: int, warned: float, others: float) -> None:
    """Rows with an odd number were read while the rules were made, of the others only sums."""
    told = [row for row in golden() if int(row["id"][1:]) % 2 == odd]

    shares = [
        sum(bool(find(row["text"])) for row in rows) / len(rows)
        for rows in (
            [row for row in told if row["own"]],
            [row for row in told if not row["own"]],
        )
    ]

    assert shares[0] >= warned
    assert shares[1] <= others


def test_every_kind_of_the_development_set_is_found_somewhere() -> None:
    kinds = {part["kind"] for row in golden() for part in row["own"]}
    found = {one.kind for row in golden() for one in find(row["text"])}

    assert kinds <= found


def test_most_of_a_hand_nobody_has_read_are_warned_and_few_others() -> None:
    told = golden("disclosures_unread")
    own, others = ([r for r in told if bool(r["own"]) is its] for its in (True, False))

    assert sum(bool(find(row["text"])) for row in own) >= 0.7 * len(own)
    assert sum(bool(find(row["text"])) for row in others) <= 0.07 * len(others)


def test_most_who_give_themselves_away_are_warned_and_few_others() -> None:
    """A little below the figures of data/evaluation/README.md: who makes it worse sees it."""
    told = rows("disclosures")
    own = [row for row in told if row["own"]]
    others = [row for row in told if not row["own"]]

    assert sum(bool(find(row["text"])) for row in own) >= 0.8 * len(own)
    assert sum(bool(find(row["text"])) for row in others) <= 0.07 * len(others)
