"""Find the station an officer means, however they write it."""

import re
import unicodedata

from desk import stations
from desk.desk import Desk
from nlp.hamlets import is_name
from storage.models import Station

AT_MOST = 6  # to choose from
# Two digits are a province alone, or as the field completes them ("79 · Công an …"): what follows
# otherwise makes them the number of a house, a hamlet or a quarter.
_CODE = re.compile(r"\s*(?:(\d{5})\b|(\d{2})\s*(?:·|$))")
_NUMBER = re.compile(r"\d\S*")
_OFFICE = re.compile(r"(?i)^\s*(?:công an|cong an|ca)(?:\s+|$)")
_KIND = re.compile(r"^(?:tinh|thanh pho|tp|xa|phuong|dac khu)\.?\s+")


def pick(desk: Desk, typed: str, province: str) -> list[Station]:
    """Stations that fit a code, an official name, or any old or new name of a commune.

    A province's own name means its police, not a commune inside it. Namesakes are all given: a
    tip must not go to the wrong one. Hamlets and houses are read over: no station is theirs.

    Args:
        province: the officer's own; its communes come first.
    """
    code = _CODE.match(typed)
    if code is not None:
        return _existing(desk, [code[1] or code[2]])
    return _named(desk, typed, province) or _named(desk, _without_hamlets(typed), province)


def _named(desk: Desk, typed: str, province: str) -> list[Station]:
    name = _OFFICE.sub("", typed)
    plain = _plain(name)
    if not plain:
        return []
    provinces = [s for s in stations.provinces(desk) if _bare(s.name) == _KIND.sub("", plain)]
    if provinces:
        return provinces
    found = _existing(desk, _search(desk, name, province))
    exact = [s for s in found if plain in (_place(s.name), _bare(s.name))]
    return exact if len(exact) == 1 else found[:AT_MOST]


def _without_hamlets(typed: str) -> str:
    """As "xã Rạch Kiến" for "ấp 12, xã Rạch Kiến" and for "số 3, ấp 12 xã Rạch Kiến"."""
    parts = (_without_hamlet(part.strip()) for part in re.split("[,;]", typed))
    return ", ".join(part for part in parts if part)


def _without_hamlet(part: str) -> str:
    while is_name(part):
        number = _NUMBER.search(part)
        part = part[number.end() :].strip() if number else ""
    return "" if part[:1].isdigit() else part


def _search(desk: Desk, name: str, province: str) -> list[str]:
    """Codes of communes, those of the officer's own province first."""
    lookup = desk.tools.lookup
    near = lookup.communes(name, AT_MOST, province)
    found = [commune.code for commune in (*near, *lookup.communes(name, AT_MOST))]
    return list(dict.fromkeys(found))


def _existing(desk: Desk, codes: list[str]) -> list[Station]:
    found = (stations.find(desk, code) for code in codes)
    return [station for station in found if station is not None]


def _place(station_name: str) -> str:
    """As "xa my le" for "Công an xã Mỹ Lệ"."""
    return _plain(_OFFICE.sub("", station_name))


def _bare(station_name: str) -> str:
    """As "an giang" for "Công an tỉnh An Giang"."""
    return _KIND.sub("", _place(station_name))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
