"""Shared places: routed well inside, asked near a border, honest outside."""

import gzip
import json
from pathlib import Path

import pytest

from nlp.boundaries import BadBoundariesError, Boundaries, Nearby, Spot, build
from tests.squares import APART, MIDDLE, SOUTH, WEST, geojson, known, squares

INSIDE = Spot(SOUTH + 0.005, 106.605)
BORDER = 106.61  # of longitude, between the western and the middle square


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Boundaries:
    return squares(tmp_path_factory.mktemp("squares"))


def test_well_inside_one_commune_is_sure(pack: Boundaries) -> None:
    assert pack.around(INSIDE) == Nearby((WEST,), sure=True)
    assert pack.around(Spot(SOUTH + 0.005, 106.615)) == Nearby((MIDDLE,), sure=True)


@pytest.mark.parametrize("metres", [-45, -5, 0, 5, 45])
def test_within_fifty_metres_of_a_border_both_sides_are_asked(
    pack: Boundaries, metres: float
) -> None:
    found = pack.around(Spot(SOUTH + 0.005, BORDER + metres / 109_400))

    assert not found.sure
    assert set(found.codes) == {WEST, MIDDLE}
    if metres:
        assert found.codes[0] == (WEST if metres < 0 else MIDDLE)


@pytest.mark.parametrize("metres", [-70, 70])
def test_further_from_a_border_it_is_sure_unless_the_telephone_is_not(
    pack: Boundaries, metres: float
) -> None:
    longitude = BORDER + metres / 109_400

    assert pack.around(Spot(SOUTH + 0.005, longitude, 30)).sure
    unsure = pack.around(Spot(SOUTH + 0.005, longitude, 120))
    assert (unsure.sure, len(unsure.codes)) == (False, 2)


def test_a_telephone_that_hardly_knows_where_it_is_names_all_that_fit(pack: Boundaries) -> None:
    assert pack.around(Spot(SOUTH + 0.005, 106.632, 1000)) == Nearby((APART,), sure=False)
    assert pack.around(Spot(SOUTH + 0.005, 106.632, 3000)).codes == (APART, MIDDLE, WEST)


def test_outside_all_of_them_the_nearest_is_offered_and_never_sure(pack: Boundaries) -> None:
    nearest = pack.around(Spot(SOUTH + 0.005, 106.632))

    assert nearest.sure is False
    assert nearest.codes[:2] == (APART, MIDDLE)
    assert pack.around(Spot(21.03, 105.85)) == Nearby()


def test_a_shared_border_stays_shared_when_it_is_simplified(tmp_path: Path) -> None:
    shapely = pytest.importorskip("shapely")
    pack = squares(tmp_path)
    areas = dict(zip(pack._codes, pack._areas, strict=True))

    assert shapely.intersection(areas[WEST], areas[MIDDLE]).area == 0
    joined = shapely.union_all([areas[WEST], areas[MIDDLE]])
    assert joined.geom_type == "Polygon"
    assert not joined.interiors
    assert shapely.get_num_coordinates(areas[WEST]) < 8, "points nobody needs are gone"


def test_bends_below_22_metres_go_and_larger_ones_stay_on_both_sides(tmp_path: Path) -> None:
    shapely = pytest.importorskip("shapely")
    # The shared border bends by 11 m in the south and by 55 m in the north, each within 44 m of it.
    bends = [(BORDER + 0.0001, SOUTH + 0.002), (BORDER + 0.0005, SOUTH + 0.008)]
    line = [
        point for x, y in bends for point in ((BORDER, y - 0.0002), (x, y), (BORDER, y + 0.0002))
    ]
    corners = {WEST: 106.60, MIDDLE: 106.62}
    rows = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        *((far, SOUTH), (BORDER, SOUTH), *line),
                        *((BORDER, SOUTH + 0.01), (far, SOUTH + 0.01), (far, SOUTH)),
                    ]
                ],
            },
        }
        for code, far in corners.items()
    ]
    source, file = tmp_path / "bends.geojson", tmp_path / "bends.pack"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    file.write_bytes(build(source, known)[0])
    pack = Boundaries.load(file)
    assert pack is not None
    areas = dict(zip(pack._codes, pack._areas, strict=True))
    small, large = (shapely.Point(bend) for bend in bends)

    for area in areas.values():
        assert shapely.distance(area.boundary, small) == pytest.approx(0.0001, abs=0.00003)
        assert shapely.distance(area.boundary, large) < 0.00001
    assert shapely.intersection(areas[WEST], areas[MIDDLE]).area == 0
    assert shapely.union_all(list(areas.values())).geom_type == "Polygon"


def test_the_same_file_gives_the_same_bytes_packed_or_not(tmp_path: Path) -> None:
    plain, communes = build(geojson(tmp_path), known)

    assert communes == 3
    assert build(geojson(tmp_path, packed=True), known) == (plain, 3)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("no json", "no GeoJSON"),
        ({"type": "Feature"}, "no GeoJSON"),
        ({"features": []}, "no feature"),
        ({"features": [{"properties": {}, "geometry": None}]}, "feature 1 has no property code"),
        (
            {
                "features": [
                    {
                        "properties": {"code": "99999"},
                        "geometry": {
                            "type": "Polygon",
                            "coordinates": [[[106, 10], [107, 10], [107, 11], [106, 10]]],
                        },
                    }
                ]
            },
            "no commune has the code '99999'",
        ),
        (
            {
                "features": [
                    {
                        "properties": {"code": WEST},
                        "geometry": {"type": "Point", "coordinates": [106, 10]},
                    }
                ]
            },
            "is a Point, not an area",
        ),
        (
            {
                "features": [
                    {
                        "properties": {"code": WEST},
                        "geometry": {
                            "type": "Polygon",
                            "coordinates": [[[6e5, 1e6], [7e5, 1e6], [7e5, 2e6], [6e5, 1e6]]],
                        },
                    }
                ]
            },
            "not in degrees",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, rows: object, reason: str) -> None:
    file = tmp_path / "bad.geojson"
    file.write_text(rows if isinstance(rows, str) else json.dumps(rows))

    with pytest.raises(BadBoundariesError, match=reason):
        build(file, known)


def test_without_a_pack_there_are_no_boundaries(tmp_path: Path) -> None:
    assert Boundaries.load(tmp_path / "boundaries.pack") is None


def test_a_broken_gzip_is_no_geojson(tmp_path: Path) -> None:
    file = tmp_path / "cut.geojson.gz"
    file.write_bytes(gzip.compress(b'{"features": []}')[:-6])

    with pytest.raises(BadBoundariesError, match="no GeoJSON"):
        build(file, known)
