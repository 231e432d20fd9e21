"""Text as it is said aloud: numbers, dates, times and letters as Vietnamese words, no symbols."""

import re
import unicodedata

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000
_SCALES = ((1_000_000, "triệu"), (1_000, "nghìn"))
_LONGEST = 15  # digits said as one number; a longer row is an account or a code, said one by one

# Said letter by letter, or as people have come to say them.
_LETTERS = {
    "OTP": "ô tê pê",
    "QR": "quy a",
    "SMS": "ét em ét",
    "BTS": "bê tê ét",
    "COD": "xê o đê",
    "VIP": "víp",
    "SIM": "sim",
    "eSIM": "e sim",
    "VNeID": "vê nờ e i đê",
    "VssID": "vê ét ét i đê",
    "eTax": "e tắc",
    "CCCD": "căn cước",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "CSGT": "cảnh sát giao thông",
    "UBND": "ủy ban nhân dân",
    "TP": "thành phố",
}
_ACRONYMS = re.compile(rf"\b(?:{'|'.join(_LETTERS)})\b")
_DATE = re.compile(r"(?:\bngày )?\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b(?!/)", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:tháng )?(\d{1,2})/(\d{4})\b", re.IGNORECASE)
_TIME = re.compile(r"\b(\d{1,2}) ?(?:h|giờ|:) ?(\d{2})\b", re.IGNORECASE)
_HOUR = re.compile(r"\b(\d{1,2}) ?h\b", re.IGNORECASE)
# 113 and its like, a number that begins with 0, and 1900 or 1800 numbers are said digit by digit.
_PHONE = re.compile(
    r"(?<![\d.,])(?:0\d(?:[ .-]?\d){5,9}|1[89]00(?:[ .-]?\d){4,6}|11[1-5]|156)(?![\d.,]?\d)"
    r"(?! ?(?:%|triệu|nghìn|ngàn|tỷ|đồng|người|vụ|lần|mét|km|phần trăm))"
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_RANGE = re.compile(r"(?<=\d) ?[-–] ?(?=\d)")
_GENERATION = re.compile(r"\b([2-6])G\b")
_SIGNS = {
    "%": " phần trăm ",
    "&": " và ",
    "+": " cộng ",
    "@": " a còng ",
    "=": " bằng ",
    "[.]": " chấm ",
}


def aloud(text: str) -> str:
    """Only letters, blanks, line ends and `. , ? !` are left."""
    said = unicodedata.normalize("NFC", text)
    said = _PHONE.sub(lambda found: f" {digits(found[0])} ", said)
    said = _RANGE.sub(" đến ", said)
    for sign, words in _SIGNS.items():
        said = said.replace(sign, words)
    said = _ACRONYMS.sub(lambda found: _LETTERS[found[0]], said)
    said = _GENERATION.sub(lambda found: f"{number(int(found[1]))} gờ", said)
    said = _DATE.sub(_date, said)
    said = _MONTH.sub(_month, said)
    said = _TIME.sub(lambda found: _time(int(found[1]), int(found[2])), said)
    said = _HOUR.sub(lambda found: f"{number(int(found[1]))} giờ", said)
    said = _NUMBER.sub(_quantity, said)
    return _tidy(_bare(said))


def is_mark(char: str) -> bool:
    """Whether it belongs to the letter before it."""
    return unicodedata.combining(char) > 0


def _carries(char: str) -> bool:
    return char.isalpha() or is_mark(char)


def digits(text: str) -> str:
    """Digit by digit: "113" is "một một ba"."""
    return " ".join(_DIGITS[int(char)] for char in text if char in "0123456789")


def number(value: int) -> str:
    """A whole number from 0 on: 25 is "hai mươi lăm", 2025 "hai nghìn không trăm hai mươi lăm"."""
    if value < len(_DIGITS):
        return _DIGITS[value]
    if value >= _BILLION:
        high, low = divmod(value, _BILLION)
        return f"{number(high)} tỷ" + (f" {_rest(low)}" if low else "")
    return _rest(value, leading=True)


def _rest(value: int, *, leading: bool = False) -> str:
    """Below a billion; unless `leading`, something larger was said before."""
    words: list[str] = []
    for scale, name in _SCALES:
        part, value = divmod(value, scale)
        if part:
            words.append(f"{_hundreds(part, full=bool(words) or not leading)} {name}")
    if value:
        words.append(_hundreds(value, full=bool(words) or not leading))
    return " ".join(words)


def _hundreds(value: int, *, full: bool) -> str:
    """1 to 999; `full` says "không trăm" where there is none, as after thousands."""
    hundred, below = divmod(value, 100)
    words: list[str] = [f"{_DIGITS[hundred]} trăm"] if hundred or full else []
    ten, one = divmod(below, 10)
    if ten == 0 and one:
        words.append(f"linh {_DIGITS[one]}" if words else _DIGITS[one])
    elif ten:
        words.append("mười" if ten == 1 else f"{_DIGITS[ten]} mươi")
        if one:
            special = {5: "lăm"} if ten == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
            words.append(special.get(one, _DIGITS[one]))
    return " ".join(words)


def _date(found: re.Match[str]) -> str:
    day, month = int(found[1]), int(found[2])
    if not (1 <= day <= 31 and 1 <= month <= 12):  # noqa: PLR2004 # a calendar
        return f"{number(day)} trên {number(month)}" + (
            f" trên {digits(found[3])}" if found[3] else ""
        )
    first = "mùng " if day <= 10 else ""  # noqa: PLR2004 # as people count days of a month
    year = f" năm {number(int(found[3]))}" if found[3] else ""
    return f"ngày {first}{number(day)} {_named(month)}{year}"


def _month(found: re.Match[str]) -> str:
    return f"{_named(int(found[1]))} năm {number(int(found[2]))}"


def _named(month: int) -> str:
    return "tháng tư" if month == 4 else f"tháng {number(month)}"  # noqa: PLR2004 # April has a name of its own


def _time(hour: int, minute: int) -> str:
    return f"{number(hour)} giờ" + (f" {number(minute)} phút" if minute else "")


def _quantity(found: re.Match[str]) -> str:
    """A number with Vietnamese points and comma: 800.000, or 3,5."""
    whole, _, fraction = found[0].replace(".", "").partition(",")
    if len(whole) > _LONGEST or (len(whole) > 1 and whole.startswith("0")):
        said = digits(whole)
    else:
        said = number(int(whole))
    return f" {said}{f' phẩy {digits(fraction)}' if fraction else ''} "


def _bare(text: str) -> str:
    """What is no letter and no plain stop is a pause, or nothing."""
    kept: list[str] = []
    for char in text:
        if char.isalpha() or char in " \n.,?!" or (is_mark(char) and kept and _carries(kept[-1])):
            kept.append(char)
        elif char in ":;–—()…":
            kept.append("." if char == "…" else ",")
        elif char.isdecimal():
            kept.append(f" {_DIGITS[unicodedata.decimal(char)]} ")
        else:
            kept.append(" ")
    return "".join(kept)


def _tidy(text: str) -> str:
    """One blank between words, one stop at a time, no stop in front."""
    lines = []
    for line in text.splitlines():
        joined = re.sub(r"\s+", " ", line)
        joined = re.sub(r"[ .,?!]*[.,?!][ .,?!]*", _stop, joined)
        lines.append(joined.strip(" .,") + _end(joined))
    return "\n".join(line for line in lines if any(char.isalpha() for char in line))


def _stop(found: re.Match[str]) -> str:
    """The strongest of several stops in a row."""
    return next((f"{stop} " for stop in "?!." if stop in found[0]), ", ")


def _end(line: str) -> str:
    last = line.rstrip(" ,")[-1:]
    return "" if last in ("?", "!") else "."
