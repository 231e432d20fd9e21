"""In which commune a shared place lies: an optional pack of boundaries, brought by the operator.

Works only where the package `shapely` is installed (requirements-geo.lock) and a pack was built.
Coordinates are looked at and forgotten; nothing here keeps or prints one.
"""

import gzip
import json
import math
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

FILE = "boundaries.pack"
NEAREST = 50.0  # metres: 4.5 % of all places lie as near to a border, and telephones err as much
FAR = 5000.0  # metres: on the water or just outside, neighbours are offered up to here
# In degrees, about 22 m: 99.97 % of places stay in their commune (research note, section 2).
_SIMPLER = 0.0002
_ROUND = 1e5  # five decimals are about a metre
_LATITUDE = 110_574.0  # metres of a degree; of longitude 111,320 at the equator
_LONGITUDE = 111_320.0
_CORNERS = 16
# Around a place, a little outside the circle, so that the sides between the corners touch it.
_ROUND_IT = tuple(
    (math.cos(turn) / math.cos(math.pi / _CORNERS), math.sin(turn) / math.cos(math.pi / _CORNERS))
    for turn in (2 * math.pi * (i % _CORNERS) / _CORNERS for i in range(_CORNERS + 1))
)
# A point, and a polygon of one ring, as "well-known binary": read in a third of the time that
# pairs of numbers take.
_DOT, _RING = struct.Struct("<BI2d"), struct.Struct(f"<BIII{2 * len(_ROUND_IT)}d")
_LITTLE_ENDIAN, _POINT, _POLYGON, _RINGS = 1, 1, 3, 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A place somebody shared. `accuracy` in metres, 0 where the telephone did not say."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Nearby:
    """Communes a spot may lie in, the likeliest first. `sure`: it is the only one, well inside."""

    codes: tuple[str, ...] = ()
    sure: bool = False


class BadBoundariesError(Exception):
    """A file of boundaries that cannot be used; says where and why."""


class Boundaries:
    """The communes' areas. Read only, so that any number of threads may share it."""

    def __init__(self, codes: Sequence[str], areas: "Sequence[BaseGeometry]") -> None:
        import shapely  # noqa: PLC0415 # optional: most stations run without

        self._shapely = shapely
        self._codes = tuple(codes)
        self._areas = tuple(areas)
        # Asked from the side of the areas, which are large and prepared: a tree's own predicate
        # prepares the question instead, and took 9 ms in one of a hundred.
        shapely.prepare(self._areas)
        self._tree: STRtree = shapely.STRtree(self._areas)

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """Read a pack; None where there is none, or nothing to read it with."""
        try:
            import shapely  # noqa: PLC0415 # optional
        except ImportError:
            return None
        if not path.is_file():
            return None
        head, _, body = gzip.decompress(path.read_bytes()).partition(b"\n")
        rows = json.loads(head)
        ends = [sum(rows["sizes"][: i + 1]) for i in range(len(rows["sizes"]))]
        pieces = [body[end - size : end] for end, size in zip(ends, rows["sizes"], strict=True)]
        return cls(rows["codes"], list(shapely.from_wkb(pieces)))

    def __len__(self) -> int:
        """How many communes it knows."""
        return len(self._codes)

    def around(self, spot: Spot) -> Nearby:
        """Communes within the spot's accuracy (at least `NEAREST`), else the nearest ones."""
        reach = max(NEAREST, spot.accuracy)
        circle = self._circle(spot, reach)
        found = [i for i in self._tree.query(circle) if self._meets(i, circle)]
        if not found:
            return Nearby(self._ranked(spot, self._tree.query(self._circle(spot, FAR))))
        if len(found) == 1:
            area = self._areas[found[0]]
            inside = bool(self._shapely.contains_xy(area, spot.longitude, spot.latitude))
            return Nearby((self._codes[found[0]],), inside)
        return Nearby(self._ranked(spot, found))

    def _meets(self, number: int, circle: "BaseGeometry") -> bool:
        return bool(self._shapely.intersects(self._areas[number], circle))

    def _circle(self, spot: Spot, metres: float) -> "BaseGeometry":
        """All that is as near to a spot; a degree of longitude is shorter than one of latitude."""
        wide = metres / (_LONGITUDE * math.cos(math.radians(spot.latitude)))
        high = metres / _LATITUDE
        corners: list[float] = []
        for x, y in _ROUND_IT:
            corners += (spot.longitude + wide * x, spot.latitude + high * y)
        head = (_LITTLE_ENDIAN, _POLYGON, _RINGS, len(_ROUND_IT))
        return self._shapely.from_wkb(_RING.pack(*head, *corners))

    def _ranked(self, spot: Spot, found: Iterable[int]) -> tuple[str, ...]:
        dot = _DOT.pack(_LITTLE_ENDIAN, _POINT, spot.longitude, spot.latitude)
        here = self._shapely.from_wkb(dot)
        away = {i: float(self._shapely.distance(self._areas[i], here)) for i in found}
        limit = FAR / _LATITUDE
        return tuple(self._codes[i] for i in sorted(away, key=away.__getitem__) if away[i] <= limit)


def build(source: Path, known: Callable[[str], str | None]) -> tuple[bytes, int]:
    """A pack from a GeoJSON file, plain or gzipped: one feature per commune, property `code`.

    Args:
        source: the file.
        known: a code as the gazetteer writes it; None for one it does not know.

    Returns: the pack, and how many communes are in it.

    Raises:
        BadBoundariesError: not such a file.
    """
    try:
        import shapely  # noqa: PLC0415 # optional
    except ImportError:
        raise BadBoundariesError(
            "the package shapely is missing: .venv/bin/uv pip install --require-hashes "
            "--python .venv/bin/python -r requirements-geo.lock"
        ) from None
    areas: dict[str, BaseGeometry] = {}
    for number, feature in enumerate(_features(source), 1):
        code, area = _read(feature, number, known)
        before = areas.get(code)
        areas[code] = area if before is None else shapely.union_all([before, area])
    if not areas:
        raise BadBoundariesError("there is no feature in it")
    codes = sorted(areas)
    # All at once: a border both neighbours share is simplified once, without gaps between them.
    simpler = shapely.coverage_simplify([areas[code] for code in codes], _SIMPLER)
    kept = shapely.transform(simpler, lambda points: (points * _ROUND).round() / _ROUND)
    pieces = [shapely.to_wkb(area) for area in shapely.make_valid(kept)]
    head = {"codes": codes, "sizes": [len(piece) for piece in pieces]}
    body = json.dumps(head).encode() + b"\n" + b"".join(pieces)
    return gzip.compress(body, compresslevel=9, mtime=0), len(codes)


def _features(source: Path) -> Iterator[Mapping[str, Any]]:
    raw = source.read_bytes()
    try:
        rows = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
        yield from rows["features"]
    except (ValueError, KeyError, TypeError, EOFError, gzip.BadGzipFile):
        raise BadBoundariesError("it is no GeoJSON with a list of features") from None


def _read(
    feature: Mapping[str, Any], number: int, known: Callable[[str], str | None]
) -> "tuple[str, BaseGeometry]":
    import shapely  # noqa: PLC0415 # optional
    from shapely.geometry import shape  # noqa: PLC0415 # optional

    try:
        typed = str(feature["properties"]["code"])
        area = shapely.make_valid(shape(feature["geometry"]))
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        raise BadBoundariesError(f"feature {number} has no property code, or no area") from None
    code = known(typed)
    if code is None:
        raise BadBoundariesError(f"feature {number}: no commune has the code {typed!r}")
    if area.geom_type not in ("Polygon", "MultiPolygon", "GeometryCollection") or area.is_empty:
        raise BadBoundariesError(f"feature {number} is a {area.geom_type}, not an area")
    if not (-180 <= area.bounds[0] <= area.bounds[2] <= 180):  # noqa: PLR2004 # degrees
        raise BadBoundariesError(f"feature {number} is not in degrees (WGS 84)")
    return code, area
