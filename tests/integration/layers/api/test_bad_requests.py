"""Requests that cannot be answered: each says what is wrong with which parameter."""

import json

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


def refused(ask, path: str, status: int = 400, **parameters: str) -> dict:
    """Return the problem that a request is answered with."""
    response = ask(path, **parameters)
    assert response.status_code == status, response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    problem = json.loads(response.content)
    assert problem["status"] == status
    assert problem["type"].startswith("/api/problems#")
    assert problem["title"]
    assert len(problem["detail"]) < 500
    return problem


@pytest.mark.parametrize(
    "bbox",
    [
        "badbbox",
        "",
        "1,2,3",
        "1,2,3,4,5",
        "1,2,3,4,5,6,7",
        "1,2,3,4,",
        "nan,nan,nan,nan",
        "inf,1,2,3",
        "1e400,2,3,4",
        "１,２,３,４",
        "0x1,2,3,4",
        "1_0,2,3,4",
        " 1 ,2,3,4",
        "1,2;3,4",
        "1, 2,3,4",
        "-1.9,52.5,-1.8,52.4",
        "-181,52,-1,53",
        "-2,52,181,53",
        "-2,-91,-1,53",
        "-2,52,-1,90.1",
        "400000,280000,410000,290000",
        "1,2,3\0,4",
        LONG,
    ],
)
def test_it_refuses_a_box_that_is_none(city, ask, bbox):
    problem = refused(ask, ITEMS, bbox=bbox)

    assert problem["parameter"] == "bbox"
    assert "bbox" in problem["detail"]


def test_a_box_of_too_few_numbers_is_told_what_it_needs(city, ask):
    detail = refused(ask, ITEMS, bbox="1,2,3")["detail"]

    assert "needs 4 numbers: west,south,east,north" in detail


def test_a_box_upside_down_is_told_so(city, ask):
    detail = refused(ask, ITEMS, bbox="-1.9,52.5,-1.8,52.4")["detail"]

    assert "south (52.5) above its north (52.4)" in detail


@pytest.mark.parametrize(
    "limit", ["0", "-1", "", "ten", "1.5", "1e3", "+5", " 5", "５", "1_0", LONG]
)
def test_it_refuses_a_limit_that_is_no_number_of_features(city, ask, limit):
    problem = refused(ask, ITEMS, limit=limit)

    assert problem["parameter"] == "limit"
    assert "limit" in problem["detail"]


@pytest.mark.parametrize(
    "datetime",
    [
        "",
        "..",
        "now",
        "2025-02-30",
        "2025/2024",
        "2025-13",
        "2025-12-31/2025-01-01",
        "2025-01-01/2025-02-01/2025-03-01",
        "//",
        "../../..",
        "2025-03-30T01:30:00",
        "2025-03-30 01:30:00Z",
        "20250330",
        "2025-W01-1",
        "2025-01-01T25:00:00Z",
        "2025-01-01T00:00:00Z/..x",
        "２０２５-01-01",
        "2025-01-01\0",
        LONG,
    ],
)
def test_it_refuses_a_time_that_is_none(city, ask, datetime):
    problem = refused(ask, ITEMS, datetime=datetime)

    assert problem["parameter"] == "datetime"
    assert "datetime" in problem["detail"]


@pytest.mark.parametrize(
    "cursor",
    ["", "1", "1-", "-1-2", "1-2-3", "abc", "1-x", "１-２", "9" * 20 + "-1", "1-2\0", LONG],
)
def test_it_refuses_a_cursor_that_is_not_its_own(city, ask, cursor):
    problem = refused(ask, ITEMS, cursor=cursor)

    assert problem["parameter"] == "cursor"
    assert "next link" in problem["detail"]


@pytest.mark.parametrize("edition", ["0", "999999999", "999999999999999"])
def test_a_cursor_of_no_edition_is_gone(city, ask, edition):
    problem = refused(ask, ITEMS, status=410, cursor=f"{edition}-1")

    assert "first page" in problem["detail"]


@pytest.mark.parametrize("name", ["offset", "foo", "utm_source", "_", "bbox[]", LONG, "\0", "‮"])
def test_it_refuses_a_parameter_that_it_does_not_know(city, ask, name):
    problem = refused(ask, ITEMS, **{name: "1"})

    assert problem["parameter"] == name[:100]
    assert "not a parameter" in problem["detail"]


@pytest.mark.parametrize(
    ("name", "meant"), [("BBOX", "bbox"), ("Limit", "limit"), ("datetim", "datetime")]
)
def test_a_parameter_nearly_right_is_told_its_name(city, ask, name, meant):
    assert f"Did you mean “{meant}”?" in refused(ask, ITEMS, **{name: "1"})["detail"]


@pytest.mark.parametrize(
    "path",
    ["/", "/conformance", "/openapi", "/collections", "/collections/schools", f"{ITEMS}/s1",
     "/problems", "/nearest", "/at"],
)  # fmt: skip
def test_every_address_refuses_a_parameter_that_it_does_not_know(city, ask, path):
    assert "not a parameter" in refused(ask, path, foo="1")["detail"]


@pytest.mark.parametrize("name", ["bbox", "limit", "datetime", "cursor", "f"])
def test_it_refuses_a_parameter_given_twice(city, client, name):
    response = client.get(f"/api{ITEMS}?{name}=1&{name}=2")

    assert response.status_code == 400
    assert json.loads(response.content)["detail"] == f"“{name}” is given 2 times. Give it once."


@pytest.mark.parametrize("form", ["exe", "../../etc/passwd", "html", "", "JSON", LONG])
def test_it_refuses_a_format_that_it_does_not_have(city, ask, form):
    problem = refused(ask, ITEMS, f=form)

    assert problem["parameter"] == "f"
    assert "json or geojson" in problem["detail"]


@pytest.mark.parametrize(
    "fid",
    ["nobody", "1 or 1=1", "s1'", "😀", "s1 ", "%ff", "..%2f..", "%00", "s1%00", "%E2%80%AEs1",
     "a" * 10_000],
)  # fmt: skip
def test_a_feature_that_is_not_there_is_not_found(city, client, fid):
    response = client.get(f"/api{ITEMS}/{fid}")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert len(response.content) < 1000


@pytest.mark.parametrize("tail", ["", "/items", "/items/s1"])
def test_every_collection_that_is_not_there_gets_one_and_the_same_answer(city, client, tail):
    bodies = {}
    for slug in ("missing-1", "addresses", "pg_authid"):
        response = client.get(f"/api/collections/{slug}{tail}")
        assert response.status_code == 404
        bodies[slug] = response.content.decode().replace(slug, "…")

    assert len(set(bodies.values())) == 1, bodies


def test_collections_that_are_not_public_are_in_no_answer(city, read, client):
    for path in ("/", "/collections", "/openapi"):
        assert "addresses" not in json.dumps(read(path))
    at_point = {"lon": "-1.9", "lat": "52.45"}
    for path in ("/nearest", "/at"):
        secret = client.get(f"/api{path}", {**at_point, "collections": "addresses"})
        missing = client.get(f"/api{path}", {**at_point, "collections": "missing-1"})
        assert secret.status_code == missing.status_code == 404
        assert secret.content.replace(b"addresses", b"") == missing.content.replace(
            b"missing-1", b""
        )


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"lon": "-1.9"}, "lat"),
        ({"lat": "52.5"}, "lon"),
        ({}, "lon"),
        ({"lon": "-1.9", "lat": "91"}, "lat"),
        ({"lon": "181", "lat": "52.5"}, "lon"),
        ({"lon": "-1.9", "lat": "52,5"}, "lat"),
        ({"lon": "nan", "lat": "52.5"}, "lon"),
        ({"lon": "", "lat": "52.5"}, "lon"),
        ({"lon": "-1.9", "lat": "inf"}, "lat"),
        ({"lon": "52.5", "lat": "-1.9"}, "lon"),
        ({"lon": "2.35", "lat": "48.85"}, "lon"),
        ({"lon": "-1.9\0", "lat": "52.5"}, "lon"),
    ],
)
@pytest.mark.parametrize("path", ["/nearest", "/at"])
def test_it_refuses_a_place_that_is_none(city, ask, path, parameters, named):
    problem = refused(ask, path, **parameters)

    assert problem["parameter"] == named
    assert named in problem["detail"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_distance_m", "-1"),
        ("max_distance_m", "1e9"),
        ("max_distance_m", "nan"),
        ("max_distance_m", ""),
        ("limit", "0"),
        ("collections", ""),
        ("collections", "schools,"),
        ("collections", ",".join(f"layer-{n}" for n in range(51))),
    ],
)
def test_it_refuses_a_search_that_makes_no_sense(city, ask, name, value):
    problem = refused(ask, "/nearest", lon="-1.9", lat="52.45", **{name: value})

    assert problem["parameter"] == name
    assert name in problem["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", "/collections", ITEMS, f"{ITEMS}/s1", "/nearest"])
def test_it_can_only_be_read(city, client, method, path):
    response = getattr(client, method)(f"/api{path}")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/nothing", "/collections/schools/nothing", "/collections/"])
def test_an_address_that_is_not_there_is_a_problem_too(city, client, path):
    response = client.get(f"/api{path}")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "accept", ["*/*;q=x", "text/html," * 5000, "image/png", "../../etc/passwd"]
)
def test_an_odd_accept_header_is_no_fault_of_ours(city, client, accept):
    response = client.get(f"/api{ITEMS}", headers={"accept": accept})

    assert response.status_code in (200, 406)
