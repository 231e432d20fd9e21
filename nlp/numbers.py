"""Long numbers: telephones, identity cards, accounts. Not sums, dates, years or lots.

A run of digits is cut where one number ends and another begins. What it is, is told by the word
before it, by how it begins and by how long it is.
"""

import re
from collections.abc import Iterator

from nlp.mask import Kind, Mask
from nlp.numberwords import NumberWords

# Numbers that mean something by themselves and belong to nobody.
HOTLINES = frozenset({"111", "112", "113", "114", "115", "156", "5656", "18001567"})
_UNIT = (
    r"(?:k|tr|trieu|cu|ty|ti|dong|d|vnd|nghin|ngan|usd|do|usdt|tram|chai|lit|m2|m3|ha|kg|km|gam"
    r"|nguoi|dola|do la|cay|luong|viec|tien)"
)
_GAP = r"(?:,(?! )|[ .\-_*~/|·()\[\]{}])"  # after a comma and a blank something else begins
_HIDDEN = r"(?:\d|x{2,4}|\*{2,4})"  # a digit, or digits its writer left out: 0912 338 4xx
_RUN = re.compile(rf"(?:\+ ?)?[(\[{{]{{0,2}}\d(?:{_GAP}{{0,3}}+{_HIDDEN}){{5,39}}")
_GROUP = re.compile(rf"{_HIDDEN}{{1,40}}")
# Letters for digits: "o9l2 345 678". A group holds a digit, or is "lll".
_DODGED_GROUP = r"(?:[oils]{0,3}\d[\doils]{0,14}|[lo]{3})"
_DODGED = re.compile(
    r"(?<![^\W_])(?=[oils]{0,3}\d)[\doils]{2,20}"
    rf"(?:[ .\-]{{1,2}}{_DODGED_GROUP}){{0,6}}(?![^\W_])"
)
_MIXED = re.compile(r"\d[oils]|(?<=[oils])\d")
_AS_DIGITS = str.maketrans("oils", "0115")
_CUT = re.compile(r"(?<!\w)(?:\+?84|0)(?:[ .\-]?[\dx*]){8,10}(?!\w)")  # 0978.4x1.x06
_LETTERED = re.compile(  # accounts of a bank with a letter in them; savings books
    r"(?<!\w)(?P<account>\d{3}[a-z]\d{8})(?!\d)"
    r"|so tiet kiem (?:so )?(?P<book>[a-z]{1,3} ?\d{6,12})(?!\d)"
)
_PAPER = re.compile(  # passports, cards of health insurance
    r"(?<![a-z])(?:ho chieu|passport|bhyt|bao hiem|bhxh)(?![a-z])[^\d.!?\n]{0,24}?"
    r"(?<!\w)(?P<id>[a-z]{1,2} ?\d(?:\d|x{2,4}){3,14})(?!\w)"
)
_DATE_OR_SUM = re.compile(
    r"\d{1,2} ?([/.\-]) ?\d{1,2} ?\1 ?(?:19|20)\d{2}(?!\d)"
    r"|(?:19|20)\d{2}[\-/.]\d{1,2}[\-/.]\d{1,2}(?!\d)"
    r"|(?:19|20)\d{2} ?[\-/] ?(?:19|20)\d{2}(?!\d)"
    # money, where on the map, what time
    rf"|[1-9]\d{{0,11}}(?:[., ]\d{{1,3}}){{0,4}} ?{_UNIT}(?![a-z])"
    r"|\d{1,3}\.\d{3,8}[, ]{1,2}\d{1,3}\.\d{3,8}(?!\d)"
    r"|\d{1,2} ?(?:h|g|gio|:)(?![a-z])"
)
_IS_THOUSANDS = re.compile(  # or the number of a house
    r"[1-9]\d{0,2}(?:[.,]\d{3}){1,4}(?![.,]?\d)|\d{1,4}(?:/\d{1,4}){1,4}(?![/\d])"
)
_SERVICE = re.compile(r"1[89]00")

_PHONE, _ABROAD, _MOBILE = 10, 11, re.compile(r"0[35789]")
_CARD, _OLD_CARD = 12, 9
_LANDLINES = frozenset({10, 11, 13, 14})  # digits; 13 and 14 with 0084
_FEWEST, _FEWEST_OF_ACCOUNT = 8, 6
_LOTS = 6  # pairs of digits in a row: numbers of a lottery
# Of one text; what more there is, is masked without a closer look: no message holds as many.
_MOST_GROUPS = 60
Span = tuple[int, int]


def find(bare: str, words: NumberWords) -> list[Mask]:
    """Every long number, in order."""
    found = [Mask(*m.span(), "phone") for m in _CUT.finditer(bare) if "x" in m[0] or "*" in m[0]]
    found += (Mask(*m.span(m.lastgroup or ""), "account") for m in _LETTERED.finditer(bare))
    found += (Mask(*m.span("id"), "id") for m in _PAPER.finditer(bare))
    if _MIXED.search(bare):
        bare = _DODGED.sub(_undodged, bare)
    looked_at = 0
    for run in _RUN.finditer(bare):
        if looked_at >= _MOST_GROUPS:
            if run.end() - run.start() >= _PHONE:
                found.append(Mask(*run.span(), "account"))
            continue
        groups = [group.span() for group in _GROUP.finditer(bare, *run.span())]
        looked_at += len(groups)
        found += _cuts(bare, run.start(), groups, words)
    kept: list[Mask] = []
    for mask in sorted(found):
        if not kept or mask.start >= kept[-1].end:
            kept.append(mask)
        elif mask.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=mask.end)
    return kept


def kind_by_length(digits: int) -> Kind:
    """What a number that begins with 0 is, by how many digits it has."""
    return "id" if digits == _CARD else "phone" if digits <= _ABROAD else "account"


def _undodged(found: re.Match[str]) -> str:
    """Digits for the letters that stand for them, if this is surely a number."""
    text = found[0]
    digits = sum(map(str.isdigit, text))
    letters = sum(map(str.isalpha, text))
    long = digits + letters > _FEWEST and letters > 0
    sure = digits >= _FEWEST or (digits >= _FEWEST - 3 and text[0] in "0o")
    return text.translate(_AS_DIGITS) if long and sure else text


def _cuts(bare: str, begin: int, groups: list[Span], words: NumberWords) -> Iterator[Mask]:
    """The numbers within one run of digits, which may begin with a bracket."""
    at = 0
    while at < len(groups):
        after = _not_ours(bare, groups, at, words)
        if after > at:
            at = after
            continue
        end = _phone_end(bare, groups, at, words) or _whole_end(bare, groups, at)
        kind = _judged(bare, groups[at:end], words)
        if kind is not None:
            yield Mask(groups[at][0] if at else begin, groups[end - 1][1], kind)
        at = end


def _not_ours(bare: str, groups: list[Span], at: int, words: NumberWords) -> int:
    """The group behind a date, a sum or a house number that begins here; `at` if none does."""
    start = groups[at][0]
    found = _DATE_OR_SUM.match(bare, start)
    if found is None:
        found = _IS_THOUSANDS.match(bare, start)
        if found is None or words.beside(start) or _starts_phone(bare, groups, at):
            return at
    while at < len(groups) and groups[at][0] < found.end():
        at += 1
    return at


def _digits(groups: list[Span]) -> int:
    return sum(end - start for start, end in groups)


def _starts_phone(bare: str, groups: list[Span], at: int) -> bool:
    start = groups[at][0]
    abroad = bare.startswith("+84", start - 1) if start else False
    return abroad or (bare[start] == "0" and _digits(groups[at:]) in {_PHONE, _ABROAD})


def _phone_end(bare: str, groups: list[Span], at: int, words: NumberWords) -> int:
    """The group behind a telephone number that begins here, if another number follows; or 0."""
    start = groups[at][0]
    wanted = _PHONE if bare[start] == "0" else _ABROAD if bare.startswith("84", start) else 0
    total, end = 0, at
    while end < len(groups) and total < wanted:
        total += groups[end][1] - groups[end][0]
        end += 1
    if not wanted or total != wanted:
        return 0
    alone = end == at + 1 and _MOBILE.match(bare, start) and words.kind(start) != "account"
    rest = _digits(groups[end:])
    ends = not rest or alone or rest >= _FEWEST or _not_ours(bare, groups, end, words) > end
    return end if ends else 0


def _whole_end(bare: str, groups: list[Span], at: int) -> int:
    """The group behind a number that begins here: all there is, up to a date or a sum."""
    for end in range(at + 1, len(groups)):
        if _DATE_OR_SUM.match(bare, groups[end][0]):
            return end
    return len(groups)


def _judged(bare: str, groups: list[Span], words: NumberWords) -> Kind | None:
    start = groups[0][0]
    digits, kind = _digits(groups), words.kind(start)
    if digits < _FEWEST:
        short = digits >= _FEWEST_OF_ACCOUNT and kind == "account" and words.beside(start)
        return "account" if short else None
    service = _SERVICE.match(bare, start) and digits <= _PHONE
    if all(bare[first:last] in HOTLINES for first, last in groups) or (
        not service and _is_lots(groups, digits) and not words.beside(start)
    ):
        return None
    phone = (
        service
        or (bare[start] == "0" and digits in _LANDLINES)
        or (bare.startswith("84", start) and digits in {_ABROAD, _CARD})
        or (kind == "phone" and digits == _OLD_CARD)
    )
    mobile = digits == _PHONE and _MOBILE.match(bare, start)
    if kind == "account" and not mobile:
        return kind
    if phone and not (kind == "id" and digits in {_CARD, _OLD_CARD}):
        return "phone"
    return "id" if digits in {_CARD, _OLD_CARD} else "account"


def _is_lots(groups: list[Span], digits: int) -> bool:
    """Whether this looks like the numbers of a lottery: 12 34 56 78, six pairs in a row."""
    pairs = len(groups) >= _LOTS and all(end - start == len("12") for start, end in groups)
    return pairs or (digits == _FEWEST and len(groups) > 1)
