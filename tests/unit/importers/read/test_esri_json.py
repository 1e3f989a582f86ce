"""An ArcGIS server's answer: rings are sorted, curves become lines, codes become words."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
import shapely

from importers.read.child import json_root
from tests.unit.importers.read.opening import read_all, refusal, rows_of, shapes_of

OUTSIDE = [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]  # clockwise
HOLE = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
ISLAND = [[20, 0], [20, 1], [21, 1], [20, 0]]


def write(path: Path, *geometries: Any, **root: Any) -> Path:
    features = [
        {"attributes": {"name": f"N{place}"}, **({} if each is None else {"geometry": each})}
        for place, each in enumerate(geometries, start=1)
    ]
    answer = {"geometryType": "esriGeometryPoint", "features": features, **root}
    path.write_text(json.dumps(answer))
    return path


def read(path: Path, **changes: Any) -> Any:
    return read_all(json_root, path, form="geojson", **changes)


def test_it_reads_every_kind_of_geometry_and_none(tmp_path):
    path = write(
        tmp_path / "a.json",
        {"x": 1, "y": 2},
        {"x": "NaN", "y": "NaN"},
        None,
        {"points": [[1, 2], [3, 4]]},
        {"paths": [[[0, 0], [1, 1]]]},
        {"rings": [HOLE, OUTSIDE, ISLAND]},
        {"rings": []},
        spatialReference={"wkid": 27700},
    )

    opened, (batch,) = read(path)

    assert (opened.form, opened.crs) == ("Esri JSON", "EPSG:27700")
    assert rows_of(opened, batch)[0] == {"name": "N1"}
    assert shapes_of(batch) == [
        "POINT (1 2)",
        None,
        None,
        "MULTIPOINT ((1 2), (3 4))",
        "MULTILINESTRING ((0 0, 1 1))",
        "MULTIPOLYGON (((0 0, 0 9, 9 9, 9 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1)), "
        "((20 0, 20 1, 21 1, 20 0)))",
        None,
    ]


def test_a_hole_that_lies_in_nothing_is_kept_as_an_outside(tmp_path):
    _, (batch,) = read(write(tmp_path / "a.json", {"rings": [HOLE]}))

    assert shapes_of(batch) == ["MULTIPOLYGON (((1 1, 2 1, 2 2, 1 2, 1 1)))"]


@pytest.mark.parametrize(
    ("geometry", "area"),
    [
        ({"curveRings": [[[-10, 0], {"c": [[10, 0], [0, 10]]}, [-10, 0]]]}, 50 * math.pi),
        ({"curveRings": [[[10, 0], {"c": [[10, 0], [-10, 0]]}]]}, 100 * math.pi),
        (
            {"curveRings": [[[0, 0], {"c": [[9, 9], [0, 9]]}, [9, 0], [0, 0]]]},
            20.25 * math.pi + 40.5,
        ),
        ({"curveRings": [[[0, 0], {"b": [[9, 0], [0, 9], [9, 9]]}, [0, 0]]]}, 48.6),
    ],
    ids=["half a circle", "a whole circle", "another arc", "bezier"],
)
def test_curves_become_lines_with_a_warning(tmp_path, geometry, area):
    opened, (batch,) = read(write(tmp_path / "a.json", geometry))

    shape = shapely.from_wkb(batch.wkb[0].as_py())
    assert shape.is_valid
    assert shape.area == pytest.approx(area, rel=1e-3)
    assert [(f.kind, f.severity) for f in opened.findings] == [("GEOM-CURVE", "warning")]


@pytest.mark.parametrize(
    "geometry",
    [
        {"curvePaths": [[[0, 0], {"a": [[1, 1], [0, 1], 0, 1, 0, 2, 0.5]}]]},
        {"hasZ": True},
        "POINT (1 2)",
        {"x": 1},
        {"rings": [[[0, 0]]]},
        {"rings": 7},
    ],
)
def test_a_shape_that_is_none_spoils_its_row_alone(tmp_path, geometry):
    _, (batch,) = read(write(tmp_path / "a.json", {"x": 1, "y": 2}, geometry))

    assert batch.rows == [1]
    assert [(finding.kind, finding.row) for finding, _ in batch.spoilt] == [("GEOM-INVALID", 2)]


def test_codes_become_words_and_milliseconds_dates(tmp_path):
    fields = [
        {"name": "kind", "domain": {"codedValues": [{"name": "Oak", "code": 1}]}},
        {"name": "planted", "type": "esriFieldTypeDate"},
        {"name": "seen", "type": "esriFieldTypeDate"},
    ]
    attributes = {"kind": 1, "planted": 1709251200000, "seen": 1709251201500}
    unknown = {"kind": 7, "planted": None, "seen": -1}
    features = [{"attributes": attributes}, {"attributes": unknown}]
    path = write(tmp_path / "a.json", fields=fields, features=features)

    opened, (batch,) = read(path)

    assert rows_of(opened, batch) == [
        {"kind": "Oak", "planted": "2024-03-01", "seen": "2024-03-01T00:00:01.500000+00:00"},
        {"kind": "7", "seen": "1970-01-01T00:59:59.999000+01:00"},
    ]


MIDNIGHT_IN_BRITAIN, MIDNIGHT_IN_UTC = 1_711_926_000_000, 1_714_521_600_000  # both in summer
TEN_O_CLOCK, YEAR_0 = 1_705_312_800_000, -62_167_219_200_000


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [
        ([MIDNIGHT_IN_BRITAIN, MIDNIGHT_IN_UTC], ["2024-04-01", "2024-05-01"]),
        (
            [MIDNIGHT_IN_BRITAIN, TEN_O_CLOCK],
            ["2024-04-01T00:00:00+01:00", "2024-01-15T10:00:00+00:00"],
        ),
        ([MIDNIGHT_IN_UTC, YEAR_0], ["2024-05-01", str(YEAR_0)]),
        ([-62_135_596_800_000, -5_364_662_400_000], ["0001-01-01", "1800-01-01"]),
    ],
    ids=["two midnights", "a time of day", "no year", "before British time"],
)
def test_moments_are_written_in_british_time(tmp_path, milliseconds, written):
    fields = [{"name": "opened", "type": "esriFieldTypeDate"}]
    features = [{"attributes": {"opened": value}} for value in milliseconds]
    path = write(tmp_path / "a.json", fields=fields, features=features)

    opened, (batch,) = read(path)

    assert [row["opened"] for row in rows_of(opened, batch)] == written


@pytest.mark.parametrize(
    ("system", "crs"),
    [
        ({"wkid": 102100, "latestWkid": 3857}, "EPSG:3857"),
        ({"wkid": 102100}, "EPSG:3857"),
        ({"wkid": 103000}, "ESRI:103000"),
        ({"wkid": 4326}, "EPSG:4326"),
        ({}, None),
        (None, None),
    ],
)
def test_it_finds_the_crs(tmp_path, system, crs):
    opened, _ = read(write(tmp_path / "a.json", {"x": 1, "y": 2}, spatialReference=system))

    assert opened.crs == crs


@pytest.mark.parametrize(
    ("root", "code"),
    [
        ({"exceededTransferLimit": True}, "SOURCE-PARTIAL"),
        ({"features": []}, "NO-ROWS"),
        ({"spatialReference": {"wkt": "garbage"}}, "CRS-UNREADABLE"),
    ],
)
def test_it_refuses_an_answer_that_is_not_whole(tmp_path, root, code):
    path = write(tmp_path / "a.json", {"x": 1, "y": 2}, **root)

    assert refusal(json_root, path, form="geojson").code == code
