"""The one gazetteer all tests share: it is read only and takes a fifth of a second to read."""

from functools import cache
from pathlib import Path

from nlp.lookup import Lookup
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
