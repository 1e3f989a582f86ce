"""Queryables as parameters of their own."""

import pytest

from layers.query.filters import equality_conditions
from layers.query.run import fetch_rows

pytestmark = pytest.mark.django_db(databases=["default", "read"])


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        ({"species": "Oak"}, {"oak"}),
        ({"species": "oak"}, set()),
        ({"species": 'O\'Yew \\ "old"'}, {"yew"}),
        ({"species": "x" * 250 + "a"}, {"bay"}),
        ({"species": "x" * 250 + "b"}, set()),
        ({"species": "%"}, set()),
        ({"height_m": "21.50"}, {"oak"}),
        ({"height_m": "-3"}, {"bay"}),
        ({"height_m": "2.15e1"}, {"oak"}),
        ({"height_m": "1e999"}, set()),
        ({"height_m": "-1e-999"}, set()),
        ({"height_m": "9" * 400}, set()),
        ({"age": "9007199254740993"}, {"ivy"}),
        ({"age": "9007199254740992"}, set()),
        ({"protected": "true"}, {"oak", "ash", "yew"}),
        ({"protected": "true", "girth_m": "2"}, {"ash"}),
        ({"planted": "2020-02-29"}, {"box"}),
        ({"planted": "2024"}, {"bay", "ivy"}),
        ({"inspected": "2026-03-31T09:00:00+01:00"}, {"oak"}),
        ({"inspected": "2026-03-31"}, {"oak", "ash"}),
    ],
)
def test_it_finds_what_has_each_value(trees, values, keys):
    condition = equality_conditions(values, trees)
    rows = fetch_rows(
        f"SELECT fid FROM layers_feature WHERE edition_id = %(edition)s AND {condition.text}",
        {"edition": trees.edition_id, **condition.values},
    )

    assert {fid for (fid,) in rows} == keys
