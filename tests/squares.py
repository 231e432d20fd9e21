"""Boundaries of our own making: three communes as squares of about a kilometre, side by side."""

import gzip
import json
from pathlib import Path

from nlp.boundaries import Boundaries, build
from tests.gazetteer import gazetteer

# From west to east, each 0.01 degrees wide; Cần Đước lies a little apart.
WEST, MIDDLE, APART = "28114", "28126", "28108"
_EDGES = {WEST: 106.60, MIDDLE: 106.61, APART: 106.64}
SOUTH = 10.60


def feature(code: str) -> dict[str, object]:
    """A square, with a point on each side that is not needed."""
    west, east, south, north = _EDGES[code], _EDGES[code] + 0.01, SOUTH, SOUTH + 0.01
    ring = [
        *((west, south), (west + 0.005, south + 0.000001), (east, south)),
        *((east, south + 0.005), (east, north), (west, north), (west, south + 0.005)),
        (west, south),
    ]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def geojson(folder: Path, *, packed: bool = False) -> Path:
    """A file as an operator brings it."""
    rows = {"type": "FeatureCollection", "features": [feature(code) for code in _EDGES]}
    text = json.dumps(rows).encode()
    file = folder / ("squares.geojson.gz" if packed else "squares.geojson")
    file.write_bytes(gzip.compress(text) if packed else text)
    return file


def known(code: str) -> str | None:
    """A code as the gazetteer writes it."""
    commune = gazetteer().commune(code)
    return commune.code if commune else None


def squares(folder: Path) -> Boundaries:
    """The pack built from them."""
    file = folder / "squares.pack"
    file.write_bytes(build(geojson(folder), known)[0])
    found = Boundaries.load(file)
    assert found is not None
    return found
