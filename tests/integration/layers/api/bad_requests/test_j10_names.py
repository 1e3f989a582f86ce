"""Parameters that the address does not know, or knows once."""

import json

import pytest

from tests.factories.problems import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


@pytest.mark.parametrize(
    "name",
    ["foo", "utm_source", "_", "pupil", "__class__", "opened_on", "key", "bbox[]", LONG, "\0", "‮"],
)
def test_j10_a_parameter_that_it_does_not_know(city, ask, name):
    problem = refused(ask, ITEMS, **{name: "1"})

    assert problem["parameter"] == name[:100]
    assert "not a parameter" in problem["detail"]


@pytest.mark.parametrize(
    ("name", "meant"), [("BBOX", "bbox"), ("Limit", "limit"), ("datetim", "datetime")]
)
def test_j10_a_parameter_nearly_right_is_told_its_name(city, ask, name, meant):
    assert f"Did you mean “{meant}”?" in refused(ask, ITEMS, **{name: "1"})["detail"]


@pytest.mark.parametrize(
    "name", ["bbox", "limit", "datetime", "cursor", "f", "sortby", "pupils", "crs"]
)
def test_j10_a_parameter_given_twice(city, client, name):
    response = client.get(f"/api{ITEMS}?{name}=1&{name}=2")

    assert response.status_code == 400
    assert json.loads(response.content)["detail"] == f"“{name}” is given 2 times. Give it once."


def test_j10_a_queryable_nearly_right_is_told_its_name(city, ask):
    assert "Did you mean “pupils”?" in refused(ask, ITEMS, Pupil="1")["detail"]


@pytest.mark.parametrize(
    "value", ["", "x", "seven", "0.5", "1;2", "nan", "1e999999", "0x7", "７", "\0", LONG]
)
def test_a_queryable_of_another_type(city, ask, value):
    problem = refused(ask, ITEMS, pupils=value)

    assert problem["parameter"] == "pupils"
