"""Find the station an officer means, however they write it."""

import re
import unicodedata

from desk import stations
from desk.desk import Desk
from storage.models import Station

AT_MOST = 6  # to choose from
_CODE = re.compile(r"\s*(\d{5}|\d{2})\b")
_OFFICE = re.compile(r"(?i)^\s*(?:công an|cong an|ca)(?:\s+|$)")
_KIND = re.compile(r"^(?:tinh|thanh pho|tp|xa|phuong|dac khu)\.?\s+")


def pick(desk: Desk, typed: str, province: str) -> list[Station]:
    """Stations that fit a code, an official name, or any old or new name of a commune.

    A province's own name means its police, not a commune inside it. Namesakes are all given: a
    tip must not go to the wrong one.

    Args:
        province: the officer's own; its communes come first.
    """
    code = _CODE.match(typed)
    if code is not None:
        return _existing(desk, [code[1]])
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
