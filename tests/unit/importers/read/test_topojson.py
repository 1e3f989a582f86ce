"""TopoJSON: arcs are put together, and what they cannot make is one row's fault."""

import json
from pathlib import Path
from typing import Any

import pytest

from importers.read.child import json_root
from tests.unit.importers.read.opening import read_all, refusal, rows_of, shapes_of

# Two squares of 1 side by side, which share arc 1, the line from (1, 0) to (1, 1):
#
#   (0,1)──(1,1)──(2,1)
#     │  A   │  B   │
#   (0,0)──(1,0)──(2,0)
ARCS = [[[1, 1], [0, 1], [0, 0], [1, 0]], [[1, 0], [1, 1]], [[1, 0], [2, 0], [2, 1], [1, 1]]]
SQUARES = [
    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "A"}, "id": "a"},
    {"type": "Polygon", "arcs": [[2, -2]], "properties": {"name": "B"}},
]


def write(
    path: Path, *members: Any, objects: dict[str, Any] | None = None, **topology: Any
) -> Path:
    layer = {"type": "GeometryCollection", "geometries": list(members)}
    root = {"type": "Topology", "objects": objects or {"areas": layer}, "arcs": ARCS, **topology}
    path.write_text(json.dumps(root))
    return path


def test_shapes_are_made_of_the_arcs_they_share(tmp_path):
    opened, (batch,) = read_all(json_root, write(tmp_path / "a.json", *SQUARES), form="geojson")

    assert (opened.form, opened.geometry_type) == ("TopoJSON", "Polygon")
    assert rows_of(opened, batch) == [{"name": "A", "id": "a"}, {"name": "B"}]
    assert shapes_of(batch) == [
        "POLYGON ((1 1, 0 1, 0 0, 1 0, 1 1))",
        "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))",
    ]


def test_quantised_positions_are_put_back_in_place(tmp_path):
    arcs = [[[0, 0], [2, 0], [0, 2], [-2, -2]]]
    members = (
        {"type": "Polygon", "arcs": [[0]]},
        {"type": "Point", "coordinates": [4, 2]},
        {"type": "MultiPoint", "coordinates": [[0, 0], [2, 2]]},
        {"type": "LineString", "arcs": [-1]},
        {"type": "MultiLineString", "arcs": [[0]]},
        {"type": "MultiPolygon", "arcs": [[[0]]]},
        {"type": None},
    )
    path = write(
        tmp_path / "a.topojson",
        *members,
        arcs=arcs,
        transform={"scale": [0.5, 0.25], "translate": [-2, 52]},
    )

    _, (batch,) = read_all(json_root, path, form="topojson")

    assert shapes_of(batch) == [
        "POLYGON ((-2 52, -1 52, -1 52.5, -2 52))",
        "POINT (0 52.5)",
        "MULTIPOINT ((-2 52), (-1 52.5))",
        "LINESTRING (-2 52, -1 52.5, -1 52, -2 52)",
        "MULTILINESTRING ((-2 52, -1 52, -1 52.5, -2 52))",
        "MULTIPOLYGON (((-2 52, -1 52, -1 52.5, -2 52)))",
        None,
    ]


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ({"type": "Polygon", "arcs": [[9]]}, "GEOM-CORRUPT"),
        ({"type": "Polygon", "arcs": "0"}, "GEOM-CORRUPT"),
        ({"type": "Circle", "arcs": [0]}, "GEOM-CORRUPT"),
        ({"type": "Polygon", "arcs": [[1]]}, "GEOM-INVALID"),
        ("Polygon", "GEOM-CORRUPT"),
    ],
)
def test_a_shape_that_its_arcs_do_not_make_spoils_its_row_alone(tmp_path, member, kind):
    path = write(tmp_path / "a.json", SQUARES[0], member, SQUARES[1])

    _, (batch,) = read_all(json_root, path, form="geojson")

    assert batch.rows == [1, 3]
    assert [(finding.kind, finding.row) for finding, _ in batch.spoilt] == [(kind, 2)]


@pytest.mark.parametrize(
    ("member", "catalogue", "crs", "kinds"),
    [
        (None, None, "EPSG:4326", ["CRS-DEFAULT"]),
        (None, "EPSG:27700", None, []),
        ("urn:ogc:def:crs:EPSG::27700", "EPSG:4326", "EPSG:27700", []),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", None, "EPSG:4326", []),
    ],
)
def test_the_crs_is_the_files_or_the_catalogues_or_that_of_geojson(
    tmp_path, member, catalogue, crs, kinds
):
    layer: dict[str, Any] = {"type": "GeometryCollection", "geometries": SQUARES}
    if member is not None:
        layer["crs"] = {"type": "name", "properties": {"name": member}}
    path = write(tmp_path / "a.json", objects={"areas": layer})

    opened, _ = read_all(json_root, path, form="geojson", crs=catalogue)

    assert opened.crs == crs
    assert [finding.kind for finding in opened.findings] == kinds


def test_it_lists_the_layers_to_choose_from_and_takes_the_catalogues_choice(tmp_path):
    path = write(tmp_path / "a.json", objects={"oaks": SQUARES[0], "elms": SQUARES[1]})

    fault = refusal(json_root, path, form="geojson")
    opened, (batch,) = read_all(json_root, path, form="geojson", table="Elms")

    assert fault.code == "MULTI-LAYER"
    assert "oaks, elms" in str(fault)
    assert rows_of(opened, batch) == [{"name": "B"}]


@pytest.mark.parametrize(
    ("topology", "code"),
    [
        ({"objects": {"areas": {"type": "GeometryCollection", "geometries": []}}}, "NO-ROWS"),
        ({"objects": {"areas": "none"}}, "NO-ROWS"),
        ({"arcs": [[1, 2]]}, "TOPOJSON-ARCS"),
        ({"transform": {"scale": [1], "translate": [0, 0]}}, "TOPOJSON-ARCS"),
        ({"type": "FeatureCollection", "features": []}, "FMT-MISMATCH"),
    ],
)
def test_it_refuses_what_is_no_topology(tmp_path, topology, code):
    path = write(tmp_path / "a.topojson", *SQUARES, **topology)

    assert refusal(json_root, path, form="topojson").code == code


def test_a_few_arcs_used_without_end_are_too_big(tmp_path):
    arcs = [[[place, place] for place in range(10_000)]]
    path = write(tmp_path / "a.json", *[{"type": "LineString", "arcs": [0] * 1001}], arcs=arcs)

    assert refusal(json_root, path, form="geojson").code == "TOO-BIG"
