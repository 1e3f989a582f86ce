"""`/api/constraints`: a point by GET, a site by POST, and what is wrong with a request."""

import json
from typing import Any

import pytest
import shapely
from django.test import Client

from layers.crs import point_4326
from tests.factories import MadeFeature, make_field, make_layer, publish_features

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    pytest.mark.usefixtures("patient"),
]

# EPSG:27700, metres.
ZONE = shapely.box(405000, 285000, 405100, 285100)
CITY = [400000, 280000, 410000, 290000]


@pytest.fixture(autouse=True)
def zones() -> None:
    layer = make_layer(
        "zones",
        "Polygon",
        fields=[make_field("name"), make_field("rights")],
        is_constraint=True,
        coverage={"extent_27700": CITY},
        constraint={"rights_field": "rights", "category": "Heritage and conservation"},
    )
    publish_features(layer, [MadeFeature("z1", ZONE, {"name": "The green", "rights": "3L"})])


def _degrees(shape: shapely.Polygon) -> list[list[float]]:
    return [[round(each, 8) for each in point_4326(x, y)] for x, y in shape.exterior.coords]


def _post(document: Any, query: str = "") -> Any:
    body = document if isinstance(document, (str, bytes)) else json.dumps(document)
    return Client().post(f"/api/constraints{query}", body, content_type="application/geo+json")


def _polygon(shape: shapely.Polygon) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [_degrees(shape)]}


def test_a_point_is_told_what_applies() -> None:
    longitude, latitude = point_4326(405050, 285050)

    response = Client().get("/api/constraints", {"lon": longitude, "lat": latitude})

    [answer] = response.json()["answers"]
    assert (answer["verdict"], answer["category"]) == ("applies", "Heritage and conservation")
    assert answer["findings"][0]["title"] == "The green"
    assert "Part 3, Class L" in answer["findings"][0]["rights"][0]
    assert response["Cache-Control"] == "private, no-store"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("wrap", ["geometry", "feature", "collection"])
def test_a_site_is_measured(wrap: str) -> None:
    geometry = _polygon(shapely.box(405050, 285000, 405150, 285100))
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    sent = {
        "geometry": geometry,
        "feature": feature,
        "collection": {"type": "FeatureCollection", "features": [feature]},
    }[wrap]

    answer = _post(sent).json()

    assert answer["site"]["areaM2"] == pytest.approx(10_000, abs=0.05)
    [finding] = answer["answers"][0]["findings"]
    assert finding["how"] == "partly"
    assert finding["overlapM2"] == pytest.approx(5_000, abs=0.05)
    assert finding["overlapPercent"] == pytest.approx(50, abs=0.001)


def test_what_is_not_known_says_why_in_words() -> None:
    answer = _post(_polygon(shapely.box(450000, 285000, 450100, 285100))).json()

    [layer] = answer["answers"]
    assert (layer["verdict"], layer["reason"]) == ("not-known", "not-covered")
    assert layer["reasonText"] == "Our layer does not cover this site."


CROSSED = shapely.Polygon(
    [(405000, 285000), (405100, 285100), (405100, 285000), (405000, 285100), (405000, 285000)]
)
FAULTS: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", "is not JSON"),
    "a list": ([], "must be one GeoJSON geometry"),
    "a line": ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "is “LineString”"),
    "nothing": ({"type": "Polygon"}, "no “coordinates”"),
    "two features": (
        {"type": "FeatureCollection", "features": [{}, {}]},
        "must hold one feature",
    ),
    "open": ({"type": "Polygon", "coordinates": [_degrees(ZONE)[:-1]]}, "must repeat the first"),
    "short": ({"type": "Polygon", "coordinates": [_degrees(ZONE)[:2]]}, "there are 2 positions"),
    "metres": (
        {"type": "Polygon", "coordinates": [[list(each) for each in ZONE.exterior.coords]]},
        "Eastings and northings",
    ),
    "swapped": (
        {"type": "Polygon", "coordinates": [[each[::-1] for each in _degrees(ZONE)]]},
        "The two look swapped",
    ),
    "one corner elsewhere": (
        {
            "type": "Polygon",
            "coordinates": [[_degrees(ZONE)[0], [2.35, 48.86], *_degrees(ZONE)[2:]]],
        },
        "it has 2.35, 48.86.",
    ),
    "crossed": (_polygon(CROSSED), "self-intersection, at -1.9"),
    "text": ({"type": "Point", "coordinates": ["-1.9", "52.4"]}, "no pair of numbers"),
    "not a number": ('{"type":"Point","coordinates":[NaN,52]}', "is not JSON"),
    "too large": (_polygon(shapely.box(400000, 280000, 410000, 290000)), "hectares"),
    "many corners": (_polygon(ZONE.centroid.buffer(50, quad_segs=6_000)), "corners"),
    "another system": (
        {**_polygon(ZONE), "crs": {"properties": {"name": "EPSG:27700"}}},
        "another reference system",
    ),
    "another system with a like number": (
        {**_polygon(ZONE), "crs": {"properties": {"name": "EPSG:14326"}}},
        "another reference system",
    ),
    "a feature in features": (
        '{"type":"Feature","geometry":' * 1_000 + "null" + "}" * 1_000,
        "is “Feature”",
    ),
    "a collection in a collection": (
        {"type": "FeatureCollection", "features": [{"type": "FeatureCollection", "features": []}]},
        "is “FeatureCollection”",
    ),
    "an empty polygon among others": (
        {"type": "MultiPolygon", "coordinates": [[_degrees(ZONE)], []]},
        "In polygon 2 there is no ring",
    ),
    "second polygon": (
        {"type": "MultiPolygon", "coordinates": [[_degrees(ZONE)], [_degrees(ZONE)[:3]]]},
        "In polygon 2, the outer ring",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_site_that_cannot_be_read_is_refused_with_what_and_where(fault: str) -> None:
    document, complaint = FAULTS[fault]

    response = _post(document)

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert complaint in response.json()["detail"]


def test_no_link_leads_to_the_page_of_what_was_sent() -> None:
    """The address alone does not say where the site is."""
    assert "Link" not in _post(_polygon(ZONE))
    assert 'rel="alternate"' in Client().get("/api/constraints?lon=-1.9&lat=52.4")["Link"]


def test_a_body_that_is_too_large_is_refused() -> None:
    assert "1,000,000 bytes" in _post(" " * 1_000_001).json()["detail"]


@pytest.mark.parametrize(
    ("query", "status", "complaint"),
    [
        ("?lon=-1.9", 400, "“lat” is missing"),
        ("?lon=0&lat=0", 400, "not in Great Britain"),
        ("?lon=-1.9&lat=52.4&as-at=yesterday", 400, "must be a day"),
        ("?lon=-1.9&lat=52.4&as-at=2026-W01-1", 400, "must be a day"),
        ("?lon=-1.9&lat=52.4&as-at=2999-01-01", 400, "has not been yet"),
        ("?lon=-1.9&lat=52.4&collections=schools", 404, "no constraint layer called"),
        ("?lon=-1.9&lat=52.4&asat=2026-01-01", 400, "Did you mean “as-at”"),
    ],
)
def test_a_wrong_question_is_refused(query: str, status: int, complaint: str) -> None:
    response = Client().get(f"/api/constraints{query}")

    assert response.status_code == status
    assert complaint in response.json()["detail"]


def test_a_place_beside_a_site_that_is_sent_is_refused() -> None:
    assert "is for GET" in _post(_polygon(ZONE), "?lon=-1.9").json()["detail"]


def test_the_page_shows_the_answer_to_people() -> None:
    response = Client().get("/api/constraints", {"lon": -1.9, "lat": 52.4, "f": "html"})

    assert response["Content-Type"].startswith("text/html")
    assert "What applies to this site" in response.content.decode()
