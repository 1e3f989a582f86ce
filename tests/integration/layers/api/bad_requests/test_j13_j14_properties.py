"""Properties that cannot be shown or sorted by."""

import pytest

from tests.factories.problems import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


@pytest.mark.parametrize(
    "names",
    ["secret_col", "__class__", "geom__dwithin", "a;drop", "*", "name,", ",", "name,,pupils",
     "Name", "name ", "fid", "key", "restricted", "geometry", "\0",
     ",".join(f"p{n}" for n in range(5000))],
)  # fmt: skip
@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/s1"])
def test_j13_a_property_that_is_none_is_told_which_there_are(city, ask, path, names):
    problem = refused(ask, path, properties=names)

    assert problem["parameter"] == "properties"
    assert "name, opened_on, pupils" in problem["detail"]


def test_j13_a_property_twice_is_shown_once(city, read):
    [feature] = read(ITEMS, limit=1, properties="name,name")["features"]

    assert list(feature["properties"]) == ["name"]


@pytest.mark.parametrize(
    "keys",
    ["", "-", "+", "--pupils", "-pg_sleep(5)", "(select 1)", "pupils;drop table layers_feature",
     "pupils desc", "name", "opened_on", "1", "id", "geometry", "pupils,", "pupils -", "\0", LONG,
     "restricted->>'owner'", "__class__"],
)  # fmt: skip
def test_j14_an_order_by_what_is_no_queryable(city, ask, keys):
    problem = refused(ask, ITEMS, sortby=keys)

    assert problem["parameter"] == "sortby"
    assert "pupils" in problem["detail"]


@pytest.mark.parametrize("keys", ["pupils,pupils", "pupils,-pupils", ",".join(["pupils"] * 100)])
def test_j14_an_order_by_one_property_twice(city, ask, keys):
    problem = refused(ask, ITEMS, sortby=keys)

    assert "each once" in problem["detail"]


@pytest.mark.parametrize("written", ["+pupils", "%2Bpupils", "%20pupils", "pupils", "-pupils"])
def test_j14_a_plus_or_a_minus_may_stand_in_front(city, client, written):
    assert client.get(f"/api{ITEMS}?sortby={written}").status_code == 200


def test_two_orders_contradict_each_other(city, ask):
    assert "two orders" in refused(ask, ITEMS, sortby="pupils", near="-1.9,52.45")["detail"]
