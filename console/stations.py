"""Find the station an officer means, however they write it."""

import re
import unicodedata

from desk import stations
from desk.desk import Desk
from storage.models import Station

AT_MOST = 6  # to choose from
_SEARCHED = 40  # names repeat between provinces; the officer's own comes first
_CODE = re.compile(r"\s*(\d{5}|\d{2})\b")
_OFFICE = re.compile(r"(?i)^\s*(?:công an|cong an|ca)\s+")
_KIND = re.compile(r"^(?:tinh|thanh pho|tp)\.?\s+")


def pick(desk: Desk, typed: str, province: str) -> list[Station]:
    """Stations that fit a code, an official name, or any old or new name of a commune.

    A province's own name means its police, not a commune inside it.

    Args:
        province: the officer's own; its communes come first, and its only namesake wins.
    """
    code = _CODE.match(typed)
    if code is not None:
        return _existing(desk, [code[1]])
    name = _OFFICE.sub("", typed)
    plain = _plain(name)
    if not plain:
        return []
    of_province = [s for s in stations.provinces(desk) if _bare(s.name) == _KIND.sub("", plain)]
    if of_province:
        return of_province
    codes = [c.code for c in desk.tools.gazetteer.search(name, _SEARCHED)]
    found = _existing(desk, codes)
    namesakes = [s for s in found if s.province_code == province and _place(s.name) == plain]
    if len(namesakes) == 1:
        return namesakes
    return sorted(found, key=lambda s: s.province_code != province)[:AT_MOST]


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
