"""What a report says of when and of whom: words picked out of it, never made up.

Patterns, not a model: an officer sees the words marked in the text and has the last word. A text
typed without marks is read without marks; otherwise "tôi qua" would be every "tối qua".
"""

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARS = 4096
MOST = 4  # of each kind: more than that is no longer a fact but the story itself

_DAYTIME = "sáng|trưa|chiều|tối|đêm|khuya"
_CLOCK = (
    r"(?:lúc |khoảng |tầm )*\d{1,2} ?(?:giờ|h)(?: ?(?:rưỡi|\d{2}))?(?: phút)?"
    rf"(?: (?:{_DAYTIME}))?(?: (?:nay|qua|hôm qua|hôm nay))?"
)
_WHEN = (
    _CLOCK,
    r"\d{1,2}:\d{2}",
    rf"(?:{_DAYTIME}) (?:nay|qua|hôm qua|hôm kia|hôm nay|hôm trước|chủ nhật)",
    r"(?:nửa|giữa) (?:đêm|khuya)|rạng sáng",
    rf"(?:mỗi|hằng|hàng|suốt|cả) (?:ngày|tuần|{_DAYTIME})|(?:ngày|{_DAYTIME}) nào cũng",
    r"(?:hôm|bữa|ngày) (?:qua|kia|trước|rồi)|hôm nay",
    r"(?:tuần|tháng|năm) (?:này|trước|rồi|qua)|mấy (?:hôm|bữa|ngày|tuần|tháng) (?:nay|rồi)",
    r"(?:ngày|mùng|mồng) \d{1,2}(?:/\d{1,2})?(?:/\d{4})?|\d{1,2}/\d{1,2}(?:/\d{4})?",
    r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật",
)
_NOW = (r"đang|ngay bây giờ|bây giờ|hiện giờ|lúc này|vừa mới",)
_COUNT = r"(?:một|hai|ba|bốn|năm|sáu|mấy|vài|nhiều|\d{1,2})"
_PEOPLE = (
    r"(?:thanh niên|người đàn ông|đàn ông|người phụ nữ|phụ nữ|đối tượng|nam thanh niên|cô gái"
    r"|gã|tên|kẻ|người)"
)
_COLOURS = "đỏ|đen|trắng|xanh|vàng|bạc|xám|nâu|tím|cam|hồng"
_LOOKS = (
    r"(?: (?:lạ mặt|xăm trổ|xăm mình|bịt mặt|đeo khẩu trang|áo \w+|đội nón \w+|đội mũ \w+"
    rf"|đi xe không biển số|đi xe \w+(?: (?:{_COLOURS}))?))*"
)
_WHO = (
    # 61C1-123.45, 51F 678.90, 62-N1 1234
    r"\d{2}[- ]?[a-zđ]{1,2}\d?[-. ]?\d{3}\.?\d{1,2}",
    rf"xe (?:máy |hơi |tải |ben |khách )?[a-z]{{2,12}}(?: (?:màu )?(?:{_COLOURS}))",
    rf"xe (?:máy|hơi|tải|ben|khách|ba gác)(?: (?:màu )?(?:{_COLOURS})| không biển số)",
    rf"(?:{_COUNT} )?nhóm (?:thanh niên|người)|{_COUNT} {_PEOPLE}{_LOOKS}",
    r"(?:số tài khoản|stk|tài khoản)(?: số)?:? ?\d{6,19}",
    r"0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}",
)
# A name is written with capitals, so this one reads the text as it stands.
_NAMED = re.compile(
    r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Tt]hằng|[Tt]ên|[Cc]hủ quán)"
    r"(?: (?!Công|Xã|Phường|Tỉnh)[A-ZĐÀ-Ỹ][a-zà-ỹ]{1,8}){1,4}\b"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Words of the text, in their order, each once. `now`: it seems to be going on."""

    when: tuple[str, ...]
    who: tuple[str, ...]
    now: tuple[str, ...]


def read(text: str) -> Facts:
    """Pick the words out. Only the first 4,096 characters are read."""
    text = unicodedata.normalize("NFC", text[:MAX_CHARS])
    plain = "".join(map(_base, text))
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    reading = _PLAIN if plain == lower else _MARKED
    seen = plain if reading is _PLAIN else lower
    who = _spans(reading["who"], seen) + [found.span() for found in _NAMED.finditer(text)]
    return Facts(
        when=_words(text, _spans(reading["when"], seen)),
        who=_words(text, _outermost(who)),
        now=_words(text, _spans(reading["now"], seen)),
    )


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _words(text: str, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    found = dict.fromkeys(" ".join(text[start:end].split()) for start, end in spans)
    return tuple(found)[:MOST]


def _base(letter: str) -> str:
    """Lower case without marks; what would change its length stays."""
    lower = letter.lower().replace("đ", "d")
    base = unicodedata.normalize("NFD", lower)[:1]
    return base if len(lower) == 1 and base else letter


def _compiled(*, marks: bool) -> dict[str, re.Pattern[str]]:
    made = {}
    for name, parts in (("when", _WHEN), ("who", _WHO), ("now", _NOW)):
        every = "|".join(parts)
        if not marks:  # the letters of \d and \w are no marks
            every = "".join(letter if letter.isascii() else _base(letter) for letter in every)
        made[name] = re.compile(rf"(?<!\w)(?:{every})(?!\w)")
    return made


_MARKED, _PLAIN = _compiled(marks=True), _compiled(marks=False)
