"""Names after a type word: xã, phường, thị trấn, huyện, quận, tỉnh, and their short forms."""

from collections.abc import Iterator, Sequence

from nlp import typewords
from nlp.cues import joins
from nlp.fitting import agrees
from nlp.mentions import (
    MOST_MENTIONS,
    Mention,
    Reading,
    Scan,
    add_area,
    all_capital,
    fits,
    readings,
    spans,
)
from nlp.names import Area, Names
from nlp.spelling import STOPS, Agreement, Word

_COOP = ("hop", "tac")
# "xã hội an toàn" is about society, not about the commune Hội An.
_SOCIETY_AFTER = frozenset({"toan", "ninh", "sinh", "binh", "lanh", "dan", "vien", "tam"})
_SOCIETY_BEFORE = frozenset(
    {"mang", "nan", "tu", "hiem", "te", "hoa", "tro", "toan", "cong", "ninh", "binh", "trat"}
)


def find_typed(names: Names, result: Scan) -> list[bool]:
    """Find names after a type word. Returns which words they cover."""
    text = result.words
    taken = [False] * len(text)
    position = 0
    while position < len(text):
        kind, name = typewords.type_at(text, position, accented=result.accented)
        if (
            not kind
            or name >= len(text)
            or _ends_a_name(names, result, position, name)
            or _begins_a_name(names, text, position)
        ):
            position += 1
            continue
        if kind in typewords.COMMUNE_KINDS:
            if len(result.typed) >= MOST_MENTIONS:
                taken[position:] = [True] * (len(text) - position)
                break
            mention = _mention(names, result, (position, name), kind)
            inside = bool(result.typed) and _covers(result.typed[-1], position)
            if mention is None or inside or _is_society(text, mention):
                position += 1
                continue
            if mention.readings or _may_be_misspelt(text, mention):
                result.typed.append(mention)
            end = mention.end
            if mention.readings:
                _add_joined(names, result, mention)
        elif result.full:
            end = name
        else:
            end = _add_typed_area(names, result, position, name, kind)
        if end > name:
            taken[position:end] = [True] * (end - position)
        # Only past the type word: another may stand in an overlong reading, as in
        # "xa hoa binh thanh pho kon tum", where Hòa Bình Thạnh is a commune too.
        position = max(name, position + 1)
    return taken


def _covers(mention: Mention, position: int) -> bool:
    return mention.name <= position < mention.end


def _mention(names: Names, result: Scan, span: tuple[int, int], kind: str) -> Mention | None:
    """Read a commune's name; none where "đảo" announces no special zone."""
    first, name = span
    found = list(_readings(names, result, name, kind))
    if kind == typewords.ISLAND:
        kind = typewords.ISLANDS
        found = [r for r in found if r.unit.kind == kind]
        if not found:
            return None
    return Mention(first, name, kind, found)


def _ends_a_name(names: Names, result: Scan, position: int, name: int) -> bool:
    """Say whether a type word is the end of a commune's name: "hoang phuong hoang hoa"."""
    text = result.words
    if name != position + 1 or text[position].joint in STOPS or position == 0:
        return False
    if text[position].plain in typewords.SHORT:
        return False
    if result.typed and _covers(result.typed[-1], position - 1):
        return False
    before = [w.plain for w in text[max(0, position - 2) : name]]
    units = [u for n in (2, 3) for u in names.communes.get(" ".join(before[-n:]), ())]
    return any(
        agrees(unit, area)
        for _, key in (spans(names, text, name) if units else ())
        for area in names.areas.get(key, ())
        for unit in units
    )


def _begins_a_name(names: Names, text: Sequence[Word], position: int) -> bool:
    """Say whether a type word begins the name of a commune whose district stands behind it.

    "o phuong trung thanh oai" is Phương Trung in Thanh Oai.
    """
    return any(
        agrees(unit, area)
        for end, key in spans(names, text, position)
        if position + 1 < end < len(text)
        for unit in names.communes.get(key, ())
        for _, behind in spans(names, text, end)
        for area in names.areas.get(behind, ())
        if area.districts
    )


def _add_joined(names: Names, result: Scan, mention: Mention) -> None:
    """Read the second of "hai xã Minh Ngọc với Yên Định": its type word was said before."""
    text, first = result.words, mention.end + 1
    if first + 1 >= len(text) or not joins(text, mention.end, first):
        return
    found = [
        r
        for r in _readings(names, result, first, mention.kind)
        if r.end > first + 1 and r.marks is not Agreement.DIFFERENT
    ]
    end = max((r.end for r in found), default=first)
    if found and (all_capital(text[first:end]) or not result.cased):
        result.typed.append(Mention(first, first, mention.kind, found))


def _readings(names: Names, result: Scan, name: int, kind: str) -> Iterator[Reading]:
    text = result.words
    for end, key in spans(names, text, name):
        units = names.communes.get(key, ())
        if key.isdigit():
            # A bare number is a ward, never a commune: "x3", "đi xa 6 tháng".
            units = tuple(unit for unit in units if unit.kind == kind)
        yield from readings(text, name, end, units)
    number, end = typewords.number(text, name, kind)
    if number:
        for unit in names.communes.get(number, ()):
            yield Reading(end, unit, Agreement.EXACT)


def _add_typed_area(names: Names, result: Scan, first: int, name: int, kind: str) -> int:
    text = result.words
    for end, key in spans(names, text, name):
        areas = [
            a for a in names.areas.get(key, ()) if _same_level(kind, a) and fits(text, name, end, a)
        ]
        same = [a for a in areas if a.kind in (kind, "")] or areas
        if same:
            add_area(result, (first, end), same, typed=True, firm=True)
            return end
    number, end = typewords.number(text, name, kind)
    areas = list(names.areas.get(number, ())) if number else []
    if not areas and (text[name].upper or text[name - 1].plain in typewords.SHORT):
        areas = [a for a in names.initials.get(text[name].plain, ()) if a.kind == kind]
    if areas:
        end = end if number else name + 1
        add_area(result, (first, end), areas, typed=True, firm=bool(number))
        return end
    return name


def _same_level(kind: str, area: Area) -> bool:
    if kind == "tỉnh":
        return not area.districts
    if not area.districts and area.kind:
        return kind == area.kind
    return True


def _is_society(text: Sequence[Word], mention: Mention) -> bool:
    name = mention.name
    if mention.kind != "xã":
        return False
    first = mention.first
    if first > 1 and (text[first - 2].plain, text[first - 1].plain) == _COOP:
        return True
    if text[name].plain != "hoi":
        return False
    before = first > 0 and text[first - 1].plain in _SOCIETY_BEFORE
    after = name + 2 < len(text) and text[name + 2].plain in _SOCIETY_AFTER
    return before or after or not mention.readings


def _may_be_misspelt(text: Sequence[Word], mention: Mention) -> bool:
    """Say whether a type word without a known name is worth a search for similar names."""
    word = text[mention.name]
    return len(word.plain) > 1 and not word.plain.isdigit()
