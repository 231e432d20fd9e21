"""Stations: who holds a tip from where, and how a station gets its key."""

import unicodedata
from dataclasses import dataclass

from desk.desk import Desk
from desk.errors import NotReceivingError
from nlp.gazetteer import Gazetteer
from storage import stations
from storage.models import Station

_VIETNAMESE = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: chr(ord("a") + i) for i, letter in enumerate(_VIETNAMESE)}
_BASES = {"̆": "ăĂ", "̂": "âêôÂÊÔ", "̛": "ơưƠƯ"}


def sync(desk: Desk) -> int:
    """Make a station for every commune and province there is; returns how many."""
    stations.sync(desk.session, _all(desk.tools.gazetteer))
    return stations.count(desk.session)


@dataclass(frozen=True, slots=True)
class Destination:
    """The station that will hold a tip, and the province desk above it (or itself)."""

    station: Station
    province: Station


def destination(desk: Desk, place: str | None, *, about_station: bool = False) -> Destination:
    """Where a tip goes.

    Args:
        place: a commune's or province's code; None if nobody knows.
        about_station: the tip is about that station's own people.

    Raises:
        NotReceivingError: no desk that could hold it is active.
    """
    if place is None:
        province = _only_active_province(desk)
        return Destination(province, province)
    station = stations.find(desk.session, place)
    if station is None:
        raise NotReceivingError
    above = stations.find(desk.session, station.province_code)
    if above is None or not is_active(above):
        raise NotReceivingError
    if about_station or not is_active(station):
        return Destination(above, above)
    return Destination(station, above)


def is_active(station: Station) -> bool:
    """Whether somebody there can open tips."""
    return station.active_since is not None and station.public_key is not None


def receiving_provinces(desk: Desk) -> list[Station]:
    """Province desks that take tips."""
    return [s for s in stations.active(desk.session) if s.kind == "province"]


def find(desk: Desk, code: str) -> Station | None:
    """The station with this code."""
    return stations.find(desk.session, code)


def active(desk: Desk, province: str | None = None) -> list[Station]:
    """Stations that can open tips, in Vietnamese alphabetical order."""
    return stations.active(desk.session, province)


def of_province(desk: Desk, province: str) -> list[Station]:
    """Every station of a province, its own desk first."""
    return stations.of_province(desk.session, province)


def provinces(desk: Desk) -> list[Station]:
    """Every province desk, in Vietnamese alphabetical order."""
    return stations.provinces(desk.session)


def sort_key(name: str) -> str:
    """A key whose plain order is the Vietnamese alphabet's: d before đ, tones last."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", name.casefold()):
        if char in _BASES and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        elif unicodedata.combining(char):
            tones.append(char)
        else:
            letters.append(char)
    return "".join(_ORDER.get(letter, letter) for letter in letters) + " " + "".join(tones)


def _only_active_province(desk: Desk) -> Station:
    found = receiving_provinces(desk)
    if len(found) != 1:
        raise NotReceivingError
    return found[0]


def _all(gazetteer: Gazetteer) -> list[Station]:
    provinces = [
        _station(p.code, "province", f"Công an {_lower_first(p.name)}", p.code, p.name)
        for p in gazetteer.provinces.values()
    ]
    communes = [
        _station(c.code, "commune", f"Công an {_lower_first(c.name)}", c.province_code, c.name)
        for c in gazetteer.communes.values()
    ]
    return provinces + communes


def _station(code: str, kind: str, name: str, province: str, place: str) -> Station:
    bare = (
        place.split(" ", 2)[-1]
        if place.startswith(("Thành phố", "Đặc khu"))
        else place.split(" ", 1)[-1]
    )
    return Station(code=code, kind=kind, name=name, sort_key=sort_key(bare), province_code=province)


def _lower_first(name: str) -> str:
    return name[0].lower() + name[1:]
