"""Bad inputs, section C: GeoJSON in its kinds. Places are in EPSG:4326, in Smallville."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories.entries import field_entry
from tests.integration.importers.bad_inputs.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

LONGITUDE, LATITUDE = -1.9264, 52.4625
POINT = {"type": "Point", "coordinates": [LONGITUDE, LATITUDE]}


def feature(ref: str, geometry: Any = POINT, **properties: Any) -> dict[str, Any]:
    members = {"ref": ref, "name": "Oak", **properties}
    return {"type": "Feature", "geometry": geometry, "properties": members}


def collection(*features: Any, **members: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})


def write(desk: Desk, text: str | bytes, *, name: str = "trees.geojson") -> Path:
    path = desk.folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def ring(*corners: tuple[float, float]) -> list[list[float]]:
    """Return a ring of corners in metres from the place, roughly."""
    return [[LONGITUDE + x * 1.47e-5, LATITUDE + y * 9e-6] for x, y in corners]


SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]


def polygon(*rings: list[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring(*one) for one in rings]}


def test_c02_a_file_that_breaks_off_is_refused_with_its_place(desk: Desk) -> None:
    desk.refuse(
        write(desk, collection(feature("T1"), feature("T2"))[:150]),
        "JSON-SYNTAX",
        "line 1 column 151",
    )


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        collection(feature("T1")).replace(
            json.dumps(POINT),
            '{"type":"GeometryCollection","geometries":[' * 30 + json.dumps(POINT) + "]}" * 30,
        ),
        collection(feature("T1")).replace(
            json.dumps(POINT),
            '{"type":"GeometryCollection","geometries":[' * 100_000
            + json.dumps(POINT)
            + "]}" * 100_000,
        ),
    ],
    ids=["c03", "c04-30", "c04-100000"],
)
def test_c03_c04_what_is_nested_too_deep_is_refused(text: str, desk: Desk) -> None:
    desk.refuse(write(desk, text), "JSON-TOO-DEEP")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_c05_words_for_no_number_are_refused(word: str, desk: Desk) -> None:
    text = collection(feature("T1")).replace(str(LONGITUDE), word)

    desk.refuse(write(desk, text), "JSON-NAN", word)


def test_c05_a_number_beyond_the_largest_keeps_its_row_out(desk: Desk) -> None:
    text = collection(feature("T1"), feature("T2", {"type": "Point", "coordinates": [0, "big"]}))

    desk.accept(write(desk, text.replace('"big"', "1e400")), rows=2, quarantined={2: "COORD-RANGE"})


def test_c05_numbers_may_be_written_in_any_way_that_json_allows(desk: Desk) -> None:
    text = collection(feature("T1", height_m="n")).replace('"n"', "1E1")
    text = text.replace(str(LONGITUDE), "-19264E-4")

    desk.accept(write(desk, text), rows=1)

    assert desk.features()[0].properties["height_m"] == 10


def test_c06_a_number_of_5000_digits_is_refused(desk: Desk) -> None:
    text = collection(feature("T1", height_m=7)).replace("7}", "7" * 5_000 + "}")

    desk.refuse(write(desk, text), "JSON-NUMBER", "5,000 digits")


def test_c07_a_byte_order_mark_does_not_matter(desk: Desk) -> None:
    desk.accept(write(desk, b"\xef\xbb\xbf" + collection(feature("T1")).encode()), rows=1)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("Oak", "Café").encode("latin-1"),
        lambda text: text.encode().replace(b"Oak", b"O\xc1\xa1k"),  # "a" in two bytes
    ],
    ids=["utf-16", "latin-1", "overlong"],
)
def test_c07_other_encodings_are_refused(encode: Callable[[str], bytes], desk: Desk) -> None:
    text = json.dumps(json.loads(collection(feature("T1"))), ensure_ascii=False)

    desk.refuse(write(desk, encode(text)), "TEXT-ENCODING")


def test_c07_half_a_character_keeps_its_row_out(desk: Desk) -> None:
    text = collection(feature("T1"), feature("T2", name="\ud800"))

    desk.accept(write(desk, text), rows=2, quarantined={2: "TEXT-INVALID"})


def test_c07_a_nul_is_taken_out_and_that_is_told(desk: Desk) -> None:
    desk.accept(write(desk, collection(feature("T1", name="O\0ak"))), "TEXT-NUL", rows=1)

    assert desk.features()[0].properties["name"] == "Oak"


def test_c08_a_key_that_stands_twice_is_refused_with_its_feature(desk: Desk) -> None:
    text = collection(feature("T1"), feature("T2")).replace('"T2",', '"T2", "A": 2, "ref": "T3",')

    desk.refuse(write(desk, text), "JSON-DUPLICATE-KEY", "Feature 2", "“ref”")


def test_c08_keys_that_differ_in_capitals_are_two(desk: Desk) -> None:
    desk.accept(write(desk, collection(feature("T1", a=1, A=2))), rows=1)


def test_c09_of_two_features_with_one_key_the_first_is_kept_and_both_are_named(desk: Desk) -> None:
    """The key is the catalogue's to choose, so a twin is a fault of its row and not of the file."""
    one, two = ({**feature("T1"), "id": 1} for _ in range(2))
    fields = (field_entry("id", "integer"), field_entry("ref"), field_entry("name"))

    desk.accept(
        write(desk, collection(one, two)),
        rows=2,
        quarantined={2: "KEY-DUPLICATE"},
        fields=fields,
        key=("id",),
    )

    assert "also in row 1" in desk.issues("KEY-DUPLICATE")[0].message


def test_c12_swapped_degrees_are_refused_with_where_they_lie(desk: Desk) -> None:
    features = [
        feature(f"T{n}", {"type": "Point", "coordinates": [LATITUDE, LONGITUDE + n / 1000]})
        for n in range(5)
    ]

    desk.refuse(
        write(desk, collection(*features)), "AXIS-SWAPPED", "5 of 5", "near Somalia", "5 are inside"
    )


AREAS = {"geometry_type": "Polygon"}


@pytest.mark.parametrize(
    "shape",
    [
        polygon([(0, 0), (100, 0), (0, 0)]),
        polygon([(0, 0), (0, 0), (0, 0), (0, 0)]),
        polygon([(0, 0), (100, 100), (100, 0), (0, 100), (0, 0)]),
        polygon(SQUARE, [(200, 200), (300, 200), (300, 300), (200, 200)]),
        {"type": "MultiPolygon", "coordinates": [[ring(*SQUARE)], [ring(*SQUARE)]]},
    ],
    ids=["3-positions", "one-point", "bow-tie", "hole-outside", "twice-the-same"],
)
def test_c15_a_shape_that_cannot_be_mended_keeps_its_row_out_with_its_reason(
    shape: Any, desk: Desk
) -> None:
    path = write(desk, collection(feature("T1", polygon(SQUARE)), feature("T2", shape)))

    desk.accept(path, rows=2, quarantined={2: "GEOM-INVALID"}, **AREAS)

    assert desk.issues("GEOM-INVALID")[0].row == 2


@pytest.mark.parametrize(
    "shape",
    [
        polygon([(0, 0), (100, 0), (100, 0), (100, 100), (0, 100), (0, 0)]),
        polygon(SQUARE, [(0, 50), (50, 25), (100, 50), (50, 75), (0, 50)]),
        polygon([(0, 0), (50, 0), (50, 200), (50, 0), (100, 0), (100, 100), (0, 100), (0, 0)]),
    ],
    ids=["repeated-point", "hole-touches-twice", "spike"],
)
def test_c15_a_shape_that_can_be_mended_is_and_its_area_stays(shape: Any, desk: Desk) -> None:
    desk.accept(write(desk, collection(feature("T1", shape))), rows=1, **AREAS)

    for issue in desk.issues("GEOM-MENDED"):
        assert "area changed by 0.0" in issue.message


def test_c16_rings_are_turned_as_the_standard_has_them(desk: Desk) -> None:
    desk.accept(write(desk, collection(feature("T1", polygon(SQUARE[::-1])))), rows=1, **AREAS)

    (stored,) = desk.features()
    assert (
        stored.geom_4326[0].is_counterclockwise
        if stored.geom_4326.geom_type == "Polygon"
        else (stored.geom_4326[0][0].is_counterclockwise)
    )


@pytest.mark.parametrize(
    ("geometry", "kind"),
    [
        ({"type": "Point", "coordinates": []}, "GEOM-EMPTY"),
        ({"type": "Polygon", "coordinates": [[]]}, "GEOM-EMPTY"),
        ({"type": "Polygon", "coordinates": [[[]]]}, "GEOM-INVALID"),
        ({"type": "Point", "coordinates": None}, "GEOM-EMPTY"),
        ({"type": "Point", "coordinates": "1,2"}, "COORD-TYPE"),
        ({"type": "Point", "coordinates": ["1", "2"]}, "COORD-TYPE"),
        ({"type": "Point", "coordinates": [1]}, "GEOM-INVALID"),
    ],
)
def test_c17_coordinates_that_are_none_keep_their_row_out(
    geometry: Any, kind: str, desk: Desk
) -> None:
    path = write(desk, collection(feature("T1"), feature("T2", geometry)))

    desk.accept(path, rows=2, quarantined={2: kind})


@pytest.mark.parametrize("more", [[7], [7, 8, 9]])
def test_c17_what_follows_x_and_y_is_left_out_and_that_is_told(more: list[int], desk: Desk) -> None:
    geometry = {"type": "Point", "coordinates": [LONGITUDE, LATITUDE, *more]}

    desk.accept(write(desk, collection(feature("T1", geometry))), "GEOM-Z", rows=1)


def test_c18_a_feature_without_a_place_is_kept_out_unless_allowed(desk: Desk) -> None:
    path = write(desk, collection(feature("T1"), feature("T2", None)))

    desk.accept(path, rows=2, quarantined={2: "NO-LOCATION"})


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": ["x", 1]}])
def test_c18_a_file_without_any_place_is_told_that_no_row_has_one(
    geometry: Any, desk: Desk
) -> None:
    path = write(desk, collection(feature("T1", geometry), feature("T2", geometry)))

    report = desk.refuse(
        path, "COORDINATES-MISSING", "No row has a geometry that can be used", "ref, name",
        source={"coordinates": ()},
    )  # fmt: skip

    assert "Looked for" not in report.reason


def test_c18_no_geometries_in_esri_json_are_told_too(desk: Desk) -> None:
    path = write(desk, esri(None, spatialReference={"wkid": 27700}), name="trees.json")

    desk.refuse(path, "COORDINATES-MISSING", "No row has a geometry that can be used")


def test_c18_places_in_columns_count_where_geometries_are_null(desk: Desk) -> None:
    path = write(desk, collection(feature("T1", None, Easting=405_001, Northing=285_000)))

    desk.accept(path, rows=1)


def test_c18_a_feature_without_a_geometry_member_is_kept_out(desk: Desk) -> None:
    """One such feature among thousands is a fault of its row, and does not hold up the others."""
    bad = feature("T2")
    del bad["geometry"]

    desk.accept(
        write(desk, collection(feature("T1"), bad)), rows=2, quarantined={2: "GEOM-MISSING"}
    )


def test_names_that_look_like_data_are_no_first_line_of_a_form_without_lines(desk: Desk) -> None:
    wards = collection({"type": "Feature", "geometry": POINT, "properties": {"WD22CD": "E1"}})

    desk.refuse(write(desk, wards), "COLUMN-MISSING", "no column for “Ref”", "WD22CD")


@pytest.mark.parametrize("properties", [{}, {"properties": None}])
def test_c18_missing_properties_are_none(properties: dict[str, Any], desk: Desk) -> None:
    bare = {"type": "Feature", "id": 7, "geometry": POINT, **properties}
    fields = (field_entry("id", "integer"), field_entry("name"))

    desk.accept(write(desk, collection(bare)), rows=1, fields=fields, key=("id",))


def test_c21_values_of_several_kinds_are_text_and_keep_their_digits(desk: Desk) -> None:
    values = [1, "x", {"b": 1}, [1], True, 10**30, None, 12345678901234567890123]
    features = [feature(f"T{n}", name=value) for n, value in enumerate(values)]

    desk.accept(write(desk, collection(*features)), "TYPE-MIXED", rows=len(values))

    read = [one.properties["name"] for one in desk.features()]
    assert read[0:2] == ["1", "x"]
    assert read[2:4] == ['{"b":1}', "[1]"]
    assert read[5:] == ["1" + "0" * 30, None, "12345678901234567890123"]


def test_c22_a_value_of_10_mb_is_refused(desk: Desk) -> None:
    desk.refuse(write(desk, collection(feature("T1", name="x" * 10_000_000))), "CELL-TOO-BIG")


def test_c22_5000_properties_are_refused(desk: Desk) -> None:
    many = {f"p{n}": n for n in range(5_000)}

    desk.refuse(write(desk, collection(feature("T1", **many))), "COL-TOO-MANY", "5,002")


@pytest.mark.parametrize("name", ["k" * 1_000, "__proto__", "constructor"])
def test_c22_any_name_of_a_property_is_plain_data(name: str, desk: Desk) -> None:
    desk.accept(write(desk, collection(feature("T1", **{name: 1}))), "COLUMN-UNUSED", rows=1)


@pytest.mark.parametrize("bbox", [[0, 0, 1, 1], [1, 2, 3, 4, 5, 6], "wrong", [None]])
def test_c23_a_bbox_is_ignored(bbox: Any, desk: Desk) -> None:
    desk.accept(write(desk, collection({**feature("T1"), "bbox": bbox}, bbox=bbox)), rows=1)


def test_c24_one_bad_line_of_a_sequence_spoils_itself(desk: Desk) -> None:
    lines = [json.dumps(feature(f"T{n}")) for n in range(1, 1001)]
    lines[499] = lines[499][:40]
    text = "\n\n".join(lines)

    desk.accept(
        write(desk, text, name="trees.geojsonl"), rows=1000, quarantined={500: "JSON-SYNTAX"}
    )


def test_c24_a_sequence_may_have_its_separators(desk: Desk) -> None:
    text = "".join(f"\x1e{json.dumps(feature(f'T{n}'))}\n" for n in range(3))

    desk.accept(write(desk, text, name="trees.geojsonl"), rows=3)


def esri(geometry: Any = None, **members: Any) -> str:
    features = [{"attributes": {"ref": "T1"}, "geometry": geometry}]
    return json.dumps({"geometryType": "esriGeometryPolyline", "features": features, **members})


def test_one_time_of_day_among_the_days_of_esri_json_keeps_no_row_out(desk: Desk) -> None:
    opened = [1_711_926_000_000, 1_705_276_800_000, 1_705_312_800_000]
    features = [
        {
            "attributes": {"ref": f"T{place}", "opened": moment},
            "geometry": {"x": 405_000 + place, "y": 285_000},
        }
        for place, moment in enumerate(opened)
    ]
    root = {
        "geometryType": "esriGeometryPoint",
        "spatialReference": {"wkid": 27700},
        "fields": [{"name": "opened", "type": "esriFieldTypeDate"}],
        "features": features,
    }
    fields = (field_entry("ref", required=True), field_entry("name"), field_entry("opened", "date"))

    desk.accept(
        write(desk, json.dumps(root), name="trees.json"), "DATE-MENDED", rows=3, fields=fields
    )

    days = [tree.properties["opened"] for tree in desk.features()]
    assert days == ["2024-04-01", "2024-01-15", "2024-01-15"]
    (issue,) = desk.issues("DATE-MENDED")
    assert (issue.severity, issue.row) == ("fixed", 3)


def test_c25_curves_of_esri_json_become_straight_lines_and_that_is_said(desk: Desk) -> None:
    geometry = {
        "curvePaths": [[[405_000, 285_000], {"c": [[405_020, 285_000], [405_010, 285_010]]}]]
    }
    grid = {"wkid": 27700}

    desk.accept(
        write(desk, esri(geometry, spatialReference=grid), name="trees.json"),
        "GEOM-CURVE",
        rows=1,
        geometry_type="LineString",
        fields=(field_entry("ref", required=True),),
        title_field="ref",
    )

    # Half a circle of 10 m around 405010, 285000.
    assert desk.features()[0].geom_27700.length == pytest.approx(31.4, abs=0.1)


@pytest.mark.parametrize(
    "text",
    [
        esri(exceededTransferLimit=True),
        collection(feature("T1"), exceededTransferLimit=True),
        collection(feature("T1"), properties={"exceededTransferLimit": True}),
    ],
)
def test_c25_a_page_that_is_not_all_is_refused(text: str, desk: Desk) -> None:
    desk.refuse(write(desk, text, name="trees.json"), "SOURCE-PARTIAL", "exceededTransferLimit")


def test_c27_a_script_around_json_is_refused(desk: Desk) -> None:
    desk.refuse(write(desk, f"callback({collection(feature('T1'))})"), "JSON-SYNTAX")


@pytest.mark.parametrize(
    "corners",
    [
        [[179, 52], [-179, 52], [-179, 53], [179, 53], [179, 52]],
        [[-180, 85], [180, 85], [180, 90], [-180, 90], [-180, 85]],
    ],
    ids=["antimeridian", "pole"],
)
def test_c28_shapes_on_the_other_side_of_the_earth_are_refused(corners: Any, desk: Desk) -> None:
    shape = {"type": "Polygon", "coordinates": [corners]}

    desk.refuse(write(desk, collection(feature("T1", shape))), "OUTSIDE-AREA", **AREAS)
