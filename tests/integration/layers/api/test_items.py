"""A collection's features: by box, by time and by page, against working it out by hand."""

import json
import re
from math import nextafter

import numpy as np
import pytest
import shapely

from layers import crs
from tests.factories import MadeFeature

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SCHOOLS = "/collections/schools/items"
AREAS = "/collections/areas/items"
WHOLE_CITY = "-2.2,52.2,-1.6,52.7"


def degrees(features: list[MadeFeature]) -> dict[str, shapely.Geometry]:
    """Return the features' shapes in EPSG:4326 by key, each vertex shifted on its own."""
    shapes = np.array([feature.shape_27700 for feature in features], dtype=object)
    return dict(zip((f.key for f in features), crs.to_4326(shapes), strict=True))


def ids(answer: dict) -> list[str]:
    return [feature["id"] for feature in answer["features"]]


@pytest.mark.parametrize("slug", ["schools", "areas", "lakes"])
def test_a_box_gives_exactly_what_touches_it(city, read, slug):
    shapes = degrees(city.features[slug])
    random = np.random.default_rng(3)

    for _ in range(20):
        west, east = sorted(random.uniform(-1.97, -1.82, 2).round(6))
        south, north = sorted(random.uniform(52.42, 52.51, 2).round(6))
        answer = read(
            f"/collections/{slug}/items", bbox=f"{west},{south},{east},{north}", limit=1000
        )

        box = shapely.box(west, south, east, north)
        assert ids(answer) == [key for key, shape in shapes.items() if shape.intersects(box)]


def test_a_box_beside_a_slanting_edge_does_not_take_the_shape_for_its_own_box(city, read):
    # The grid is turned against the meridians: just inside the western area's box in
    # degrees, at its south-west corner, lies a sliver that the area itself does not cover.
    shape = degrees(city.features["areas"])["west"]
    west, south, east, north = shape.bounds
    corners = [(west, south), (west, north), (east, south), (east, north)]
    sizes = [(e, n) for e in (-1, 1) for n in (-1, 1)]
    slivers = [
        shapely.box(*sorted((x, x + e * 1e-6)), *sorted((y, y + n * 1e-6)))
        for x, y in corners
        for e, n in sizes
    ]
    outside = [box for box in slivers if not box.intersects(shape) and box.within(shape.envelope)]

    for box in outside:
        answer = read(AREAS, bbox=",".join(f"{number:.9f}" for number in box.bounds))
        assert "west" not in ids(answer)


def test_a_box_inside_a_hole_finds_what_is_in_the_hole_and_not_the_area(city, read):
    [centre] = crs.to_4326(np.array([shapely.Point(406500, 285500)], dtype=object))
    bbox = f"{centre.x - 1e-5},{centre.y - 1e-5},{centre.x + 1e-5},{centre.y + 1e-5}"

    assert ids(read(AREAS, bbox=bbox)) == []
    assert ids(read("/collections/lakes/items", bbox=bbox)) == ["lake"]


def test_a_box_that_ends_on_a_point_takes_it_in(city, read):
    point = degrees(city.features["schools"])["s7"]

    touching = read(
        SCHOOLS, bbox=f"{point.x!r},{point.y!r},{point.x + 0.001!r},{point.y + 0.001!r}"
    )
    beside = nextafter(point.x, 180)
    missing = read(SCHOOLS, bbox=f"{beside!r},{point.y!r},{point.x + 0.001!r},{point.y + 0.001!r}")

    assert "s7" in ids(touching)
    assert "s7" not in ids(missing)


def test_a_box_without_width_is_a_line_and_without_both_a_point(city, read):
    point = degrees(city.features["schools"])["s7"]
    x, y = repr(point.x), repr(point.y)

    assert ids(read(SCHOOLS, bbox=f"{x},{y},{x},{y}")) == ["s7"]
    assert "s7" in ids(read(SCHOOLS, bbox=f"{x},52.2,{x},52.7"))
    assert ids(read(AREAS, bbox="-1.92,52.465,-1.92,52.47")) == ["west"]


def test_a_box_of_six_numbers_is_used_without_its_heights(city, read):
    assert ids(read(AREAS, bbox="-2.2,52.2,0,-1.6,52.7,100")) == ["west", "east"]


def test_a_box_across_the_antimeridian_misses_the_city(city, read):
    for slug in ("schools", "areas"):
        answer = read(f"/collections/{slug}/items", bbox="170,-80,-170,80")
        assert (answer["features"], answer["numberReturned"]) == ([], 0)


def test_a_box_across_the_antimeridian_may_come_all_the_way_round(city, read):
    # From just inside the city eastwards round the globe to just inside it again.
    shapes = degrees(city.features["schools"])
    expected = [key for key, point in shapes.items() if point.x >= -1.87 or point.x <= -1.92]

    answer = read(SCHOOLS, bbox="-1.87,-90,-1.92,90", limit=1000)

    assert ids(answer) == expected
    assert 0 < len(expected) < len(shapes)


def test_a_box_across_the_antimeridian_takes_areas_on_either_side(city, read):
    assert ids(read(AREAS, bbox="-1.909,-90,-1.95,90")) == ["east"]
    assert ids(read(AREAS, bbox="-1.80,-90,-1.92,90")) == ["west"]


def test_latitude_before_longitude_finds_nothing_and_does_not_fail(city, read):
    assert read(AREAS, bbox="52.4,-1.95,52.5,-1.85")["features"] == []


def test_the_whole_world_is_a_box(city, read):
    assert ids(read(AREAS, bbox="-180,-90,180,90")) == ["west", "east"]


def test_pages_give_every_feature_once_in_the_order_of_the_file(city, client):
    seen, url = [], f"http://testserver/api{SCHOOLS}?limit=37"

    while url:
        answer = json.loads(client.get(url).content)
        assert answer["numberReturned"] == len(answer["features"]) <= 37
        seen += ids(answer)
        url = next((link["href"] for link in answer["links"] if link["rel"] == "next"), None)

    assert seen == [feature.key for feature in city.features["schools"]]


def test_pages_keep_to_the_box_and_the_dates_of_the_first(city, client, read):
    asked = {"bbox": "-1.95,52.4,-1.85,52.5", "datetime": "2010-01-01/2020-12-31"}
    whole = ids(read(SCHOOLS, limit=1000, **asked))
    seen, answer = [], read(SCHOOLS, limit=10, **asked)

    while True:
        seen += ids(answer)
        url = next((link["href"] for link in answer["links"] if link["rel"] == "next"), None)
        if url is None:
            break
        answer = json.loads(client.get(url).content)

    assert seen == whole
    assert len(whole) > 20


def test_the_last_full_page_has_no_next_link(city, read):
    answer = read(AREAS, limit=2)

    assert len(answer["features"]) == 2
    assert "next" not in {link["rel"] for link in answer["links"]}


def test_the_next_page_and_the_page_for_people_are_in_the_headers_too(ask):
    response = ask(SCHOOLS, limit=10)
    links = {link["rel"]: link["href"] for link in json.loads(response.content)["links"]}

    in_header = dict(re.findall(r'<([^>]+)>; rel="([^"]+)"', response["Link"]))
    assert {rel: href for href, rel in in_header.items()} == {
        "next": links["next"],
        "alternate": links["alternate"].removeprefix("http://testserver"),
    }


def test_links_that_a_proxy_would_not_let_through_are_in_the_body_alone(ask):
    response = ask(SCHOOLS, limit=1, filter="pupils > 0 OR " * 80 + "pupils > 0")

    rels = {link["rel"] for link in json.loads(response.content)["links"]}
    assert {"next", "alternate"} <= rels
    assert "Link" not in response


def test_every_page_of_the_whole_says_how_many_there_are(city, client, read):
    first = read(SCHOOLS, limit=390)
    [following] = [link["href"] for link in first["links"] if link["rel"] == "next"]
    second = json.loads(client.get(following).content)

    assert first["numberMatched"] == second["numberMatched"] == 400


def test_a_page_of_some_says_how_many_match_where_it_holds_them_all(city, read):
    assert read(AREAS, limit=2, bbox=WHOLE_CITY)["numberMatched"] == 2
    assert "numberMatched" not in read(AREAS, limit=1, bbox=WHOLE_CITY)


@pytest.mark.parametrize("limit", [1001, 10**17])
def test_a_limit_above_the_most_is_answered_with_the_most(city, read, limit):
    page = read("/collections/bring-banks/items", limit=limit)

    assert page["numberReturned"] == len(page["features"]) == 1000
    assert "next" in {link["rel"] for link in page["links"]}


def test_without_a_limit_there_are_a_hundred(city, read):
    assert len(read(SCHOOLS)["features"]) == 100


def test_a_cursor_beyond_the_end_is_an_empty_page(city, read):
    edition = city.layers["schools"].published_edition_id

    answer = read(SCHOOLS, cursor=f"{edition}-999999999999999")

    assert answer["features"] == []
    assert "next" not in {link["rel"] for link in answer["links"]}


def test_a_cursor_of_another_collection_is_gone(city, ask):
    other = city.layers["areas"].published_edition_id

    response = ask(SCHOOLS, cursor=f"{other}-1")

    assert response.status_code == 410


def test_a_cursor_of_a_layer_that_is_not_public_is_gone(city, ask):
    secret = city.layers["addresses"].published_edition_id

    response = ask(SCHOOLS, cursor=f"{secret}-0")

    assert response.status_code == 410
    assert json.loads(response.content)["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2010-03-31", "2010-03-31", "2010-03-31"),
        ("2010-03-31T00:00:00Z", "2010-03-31", "2010-03-31"),
        ("2010-03-31t00:00:00z", "2010-03-31", "2010-03-31"),
        ("2010-01-01/2012-12-31", "2010-01-01", "2012-12-31"),
        ("2010-03-31/2012-03-31", "2010-03-31", "2012-03-31"),
        ("2010-04-01/2012-03-30", "2010-04-01", "2012-03-30"),
        ("2015-01-01/..", "2015-01-01", "9999"),
        ("2015-01-01/", "2015-01-01", "9999"),
        ("../2015-01-01", "0000", "2015-01-01"),
        ("/2015-01-01", "0000", "2015-01-01"),
        ("../..", "0000", "9999"),
        ("2030-01-01/2031-01-01", "2030-01-01", "2031-01-01"),
        ("2010-01-01T00:00:00+01:00/2012-12-31T23:59:59Z", "2009-12-31", "2012-12-31"),
        ("2010-03-31T09:00:00Z", "2010-03-31", "2010-03-31"),
        ("2010-03-31T09:00:00Z/2010-03-31T17:00:00Z", "2010-03-31", "2010-03-31"),
        ("2010-03-30T22:00:00Z/2010-03-31T00:00:00Z", "2010-03-30", "2010-03-31"),
        ("2010-03-31T23:59:59Z/..", "2010-03-31", "9999"),
        ("../2010-03-31T00:00:00Z", "0000", "2010-03-31"),
    ],
)
def test_a_time_gives_what_lies_in_it_and_what_has_none(city, read, asked, first, last):
    expected = [
        feature.key
        for feature in city.features["schools"]
        if not (opened := feature.properties.get("opened_on")) or first <= opened <= last
    ]

    assert ids(read(SCHOOLS, limit=1000, datetime=asked)) == expected


def test_a_layer_without_times_gives_everything_at_any_time(city, read):
    assert ids(read(AREAS, datetime="1066-10-14")) == ["west", "east"]


def test_a_feature_without_location_has_a_null_geometry(city, read):
    answer = read("/collections/licences/items")

    assert [feature["geometry"] for feature in answer["features"]] == [None] * 3


def test_one_feature_is_what_its_page_shows(city, read):
    page = read(SCHOOLS, limit=1000)

    for shown in page["features"][::50]:
        alone = read(f"{SCHOOLS}/{shown['id']}")
        assert {name: alone[name] for name in shown} == shown


def test_odd_characters_come_through(city, read):
    feature = read(f"{SCHOOLS}/s7")

    assert feature["properties"]["name"] == "Nº 7 “quoted” \\ school"


def test_coordinates_are_where_ostn15_puts_them_within_two_centimetres(city, read):
    metres_per_degree = 111_320
    expected = degrees(city.features["schools"])

    for feature in read(SCHOOLS, limit=1000)["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        point = expected[feature["id"]]
        off_m = metres_per_degree * np.hypot(longitude - point.x, latitude - point.y)
        assert off_m <= 0.02, f"{feature['id']} is {off_m:.3f} m off"


def test_outer_rings_run_anticlockwise_and_holes_clockwise(city, read):
    for feature in read(AREAS)["features"]:
        shell, *holes = feature["geometry"]["coordinates"]
        assert shapely.LinearRing(shell).is_ccw
        assert not any(shapely.LinearRing(hole).is_ccw for hole in holes)
        assert shell[0] == shell[-1]


def test_the_answer_says_that_its_coordinates_are_longitude_and_latitude(city, ask):
    response = ask(AREAS)

    assert response["Content-Type"] == "application/geo+json"
    assert response["Content-Crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    [longitude, latitude] = json.loads(response.content)["features"][0]["geometry"]["coordinates"][
        0
    ][0]
    assert -2 < longitude < -1.8
    assert 52 < latitude < 53
