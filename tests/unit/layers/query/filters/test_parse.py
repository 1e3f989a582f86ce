"""Either language becomes the same plain values."""

import pytest

from layers.errors import FilterInvalid
from layers.query.filters.parse import parse_filter


def literal(written: str) -> object:
    """Return the text that a literal of CQL2 text means."""
    return parse_filter(f"a = {written}", "cql2-text")["args"][1]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'it''s'", "it's"),
        (r"'it\'s'", "it's"),
        (r"'\\'", "\\"),
        (r"'\\n'", "\\n"),
        (r"'\a\b\t\n\v\f\r'", "\a\b\t\n\v\f\r"),
        (r"'\%\_'", r"\%\_"),
        (r"'\x'", r"\x"),
        ("'1e5'", "1e5"),
        ("'\"'", '"'),
        ("'--'", "--"),
        ("'%(x)s'", "%(x)s"),
    ],
)
def test_it_reads_escapes_in_text(written, text):
    assert literal(written) == text


@pytest.mark.parametrize(
    ("name", "written"),
    [("a1e5", "a1e5"), ("é1e5", "é1e5"), ("x:1e5", "x:1e5"), ("a 'b", '"a \'b"')],
)
def test_names_are_left_as_they_are(name, written):
    assert parse_filter(f"{written} = 1", "cql2-text")["args"][0] == {"property": name}


def test_numbers_in_geometries_may_have_exponents():
    document = parse_filter("S_WITHIN(g, LINESTRING(1.5e1 -2.5E-3, 1e0 2))", "cql2-text")

    assert document["args"][1]["coordinates"] == [[15.0, -0.0025], [1.0, 2.0]]


def test_both_languages_say_the_same():
    text = "name = 'x' AND NOT pupils IN (1, 2)"
    document = (
        '{"op":"and","args":[{"op":"=","args":[{"property":"name"},"x"]},'
        '{"op":"not","args":[{"op":"in","args":[{"property":"pupils"},[1,2]]}]}]}'
    )

    assert parse_filter(text, "cql2-text") == parse_filter(document, "cql2-json")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = 1\nAND b ==== 2", "at character 14, before “=== 2”"),
        ("a = 'x' b", "at character 9, before “b”"),
        ("a =", "at its end"),
        ("a = 'x", "quote that is not closed, at character 5"),
        ("a = '\0'", "character that no text can have, at character 6"),
        ("a = '\ud800'", "character that no text can have, at character 6"),
    ],
)
def test_it_says_where_it_cannot_read_on(text, says):
    with pytest.raises(FilterInvalid) as raised:
        parse_filter(text, "cql2-text")

    assert says in str(raised.value)
    assert raised.value.parameter == "filter"
