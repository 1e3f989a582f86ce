"""CQL2 1.0.0, classes "cql2-text" and "cql2-json"; "validate" is every other test of CQL2."""

import json

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "read"])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("'O''Brien'", "O'Brien"),
        (r"'O\'Brien'", "O'Brien"),
        (r"'tab\tand\nline'", "tab\tand\nline"),
        ("'tab\tand\nline'", "tab\tand\nline"),
        (r"""'a "b" \\ c'""", 'a "b" \\ c'),
        ("'中文'", "中文"),
        ("''", ""),
    ],
)
def test_conf_cql2_text_escaping(filter_site, written, name):
    """/conf/cql2-text/escaping: quotes and control characters come back from their escapes."""
    keys = filter_site.found("places", f"name = {written}")

    assert keys
    assert keys == filter_site.expected("places", lambda properties, _: properties["name"] == name)


@pytest.mark.parametrize("letter", list("abtnvfr"))
def test_conf_cql2_text_escaping_of_each_control_character(filter_site, letter):
    """/conf/cql2-text/escaping: each sequence is one character, before and after others."""
    assert filter_site.found("papers", rf"'x\{letter}y' LIKE 'x_y'")
    assert not filter_site.found("papers", rf"'x\{letter}y' = 'x{letter}y'")


@pytest.mark.parametrize(
    "document",
    [
        {"op": "=", "args": [{"property": "status"}, "open"]},
        {"op": "and", "args": [{"op": "=", "args": [{"property": "status"}, "open"]}, True]},
        {"op": "in", "args": [{"property": "status"}, ["open", "shut"]]},
        {
            "op": "not",
            "args": [
                {
                    "op": "or",
                    "args": [
                        {"op": "<>", "args": [{"property": "status"}, "open"]},
                        {"op": "isNull", "args": [{"property": "status"}]},
                    ],
                }
            ],
        },
        {"op": "like", "args": [{"op": "casei", "args": [{"property": "status"}]},
                                {"op": "casei", "args": ["OP%"]}]},
    ],
)  # fmt: skip
def test_conf_cql2_json_validate(filter_site, document):
    """/conf/cql2-json/validate: what the schema allows, written by hand."""
    answer = filter_site.read(
        "collections/places/items",
        **{"filter": json.dumps(document), "filter-lang": "cql2-json", "limit": 1000},
    )

    keys = {feature["id"] for feature in answer.json["features"]}
    assert keys == filter_site.expected("places", lambda p, _: p["status"] == "open")
