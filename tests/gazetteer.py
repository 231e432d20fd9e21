"""The one gazetteer all tests share: it is read only."""

from functools import cache
from pathlib import Path

from nlp.lookup import Lookup
from nlp.names import Era, Unit
from nlp.places import Gazetteer, Router

FOLDER = Path(__file__).parents[1] / "data" / "gazetteer"


@cache
def gazetteer() -> Gazetteer:
    """Read the gazetteer of the repository."""
    return Gazetteer.load(FOLDER)


@cache
def router() -> Router:
    """Make the router over it."""
    return Router(gazetteer())


@cache
def lookup() -> Lookup:
    """Make the search over it."""
    return Lookup(gazetteer())


def old_unit(name: str, district: str) -> Unit:
    """The commune of then with this name in this district."""
    names = gazetteer().names
    (unit,) = {
        unit
        for unit in names.units
        if unit.era is Era.OLD
        and unit.name == name
        and names.district_name[next(iter(unit.districts))] == district
    }
    return unit
