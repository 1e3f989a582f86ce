"""Pages that there are not: limits, offsets and cursors."""

import pytest

from tests.factories.problems import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


@pytest.mark.parametrize(
    "limit", ["0", "-1", "", "ten", "1.5", "1e3", "+5", " 5", "５", "1_0", LONG]
)
def test_j08_a_limit_that_is_no_number_of_features(city, ask, limit):
    problem = refused(ask, ITEMS, limit=limit)

    assert problem["parameter"] == "limit"
    assert "limit" in problem["detail"]


@pytest.mark.parametrize("limit", ["1001", "999999999999999999"])
def test_j08_more_than_the_most_is_answered_with_the_most(city, read, limit):
    page = read("/collections/bring-banks/items", limit=limit)

    assert len(page["features"]) == 1000
    assert [link["rel"] for link in page["links"]].count("next") == 1


@pytest.mark.parametrize("offset", ["10001", "-1", "9e18", "0"])
def test_j09_there_is_no_offset(city, ask, offset):
    problem = refused(ask, ITEMS, offset=offset)

    assert problem["parameter"] == "offset"
    assert "not a parameter" in problem["detail"]


@pytest.mark.parametrize(
    "cursor",
    ["", "1", "1-", "-1-2", "1-2-3", "abc", "1-x", "１-２", "9" * 20 + "-1", "1-2\0", LONG],
)
def test_j09_a_cursor_that_is_not_its_own(city, ask, cursor):
    problem = refused(ask, ITEMS, cursor=cursor)

    assert problem["parameter"] == "cursor"
    assert "next link" in problem["detail"]


@pytest.mark.parametrize("edition", ["0", "999999999", "999999999999999"])
def test_j09_a_cursor_of_no_edition_is_gone(city, ask, edition):
    problem = refused(ask, ITEMS, status=410, cursor=f"{edition}-1")

    assert "first page" in problem["detail"]


@pytest.mark.parametrize("slug", ["areas", "addresses"])
@pytest.mark.parametrize("asked", [{}, {"sortby": "pupils"}, {"near": "-1.9,52.45"}])
def test_j09_a_cursor_of_another_collection_is_gone(city, ask, slug, asked):
    other = city.layers[slug].published_edition_id

    problem = refused(ask, ITEMS, status=410, cursor=f"{other}-1", **asked)

    assert problem["parameter"] == "cursor"


@pytest.mark.parametrize("edition", ["", "x", "-1", "1.5", "１", "9" * 16, "1 or 1=1", LONG])
@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/s1"])
def test_an_edition_that_is_no_number(city, ask, path, edition):
    problem = refused(ask, path, edition=edition)

    assert problem["parameter"] == "edition"


@pytest.mark.parametrize("count", ["", "yes", "TRUE", "1", LONG])
def test_a_count_that_is_neither_yes_nor_no(city, ask, count):
    assert refused(ask, ITEMS, count=count)["parameter"] == "count"
