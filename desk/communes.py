"""What became of a commune: those in force that hold it now, by which resolution, whom to call."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desk import contacts, hamlets, stations
from desk.desk import Desk
from nlp.gazetteer import Decree
from nlp.names import Era, Unit

SHOWN = 12  # units on one page

# Who went there: everybody; everybody, the others getting land alone; land alone; some.
Share = Literal["all", "people", "land", "some"]
_ERAS = {Era.NEW: "new", Era.OLD: "old", Era.OLDER: "older"}


@dataclass(frozen=True, slots=True)
class Now:
    """A commune in force, as a citizen needs it."""

    code: str
    name: str
    province: str
    decree: Decree
    station: str
    phone: str
    """Empty where nobody has told the number; then 113."""
    checked_on: date | None
    share: Share
    hamlets: tuple[str, ...]
    """Of those that once were in the unit asked for, as far as the commune has told."""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that was asked for."""

    name: str
    where: str
    era: str  # new | old | older
    now: tuple[Now, ...]
    formerly: tuple[str, ...]
    """What a commune in force was made of."""

    @property
    def split(self) -> bool:
        """Several communes hold a part of it."""
        return len(self.now) > 1


def search(desk: Desk, typed: str) -> tuple[tuple[Found, ...], bool]:
    """Units that fit what was typed, best first, and whether there are more."""
    units = desk.tools.lookup.units(typed, SHOWN + 1)
    return tuple(_found(desk, unit) for unit in units[:SHOWN]), len(units) > SHOWN


def _found(desk: Desk, unit: Unit) -> Found:
    gazetteer = desk.tools.gazetteer
    new = unit.era is Era.NEW
    commune = gazetteer.communes[unit.codes[0]]
    return Found(
        name=commune.name if new else unit.name,
        where=_where(desk, unit),
        era=_ERAS[unit.era],
        now=tuple(_now(desk, unit, code) for code in unit.codes),
        formerly=commune.formerly if new else (),
    )


def _where(desk: Desk, unit: Unit) -> str:
    names = desk.tools.gazetteer.names
    if unit.era is Era.NEW:
        return desk.tools.gazetteer.provinces[unit.province].name
    districts = (names.district_name[code] for code in sorted(unit.districts))
    provinces = (names.old_province_name[code] for code in sorted(unit.old_provinces))
    return ", ".join((*districts, *provinces))


def _now(desk: Desk, unit: Unit, code: str) -> Now:
    gazetteer = desk.tools.gazetteer
    commune = gazetteer.communes[code]
    station, contact = stations.find(desk, code), contacts.find(desk, code)
    return Now(
        code=code,
        name=commune.name,
        province=gazetteer.provinces[commune.province_code].name,
        decree=gazetteer.decree(code),
        station=station.name if station else f"Công an {commune.name}",
        phone=contact.duty_phone if contact else "",
        checked_on=contact.checked_on if contact and contact.duty_phone else None,
        share=_share(unit, code),
        hamlets=hamlets.named(desk, code, unit.name) if len(unit.codes) > 1 else (),
    )


def _share(unit: Unit, code: str) -> Share:
    if len(unit.codes) == 1:
        return "all"
    if not unit.sole:
        return "some"
    return "people" if unit.sole == code else "land"
