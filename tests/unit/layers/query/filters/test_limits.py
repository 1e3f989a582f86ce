"""No filter within the limits brings the parser, which is recursive, to the end of a stack."""

import subprocess
import sys

import pytest

from layers.errors import FilterInvalid
from layers.query.filters import limits

# The web's threads have 2 MB. Python itself has used some of it when a filter is read.
STACK_KB = 1024
_PARSE = f"""
import sys, threading, cql2
text = sys.stdin.read()
threading.stack_size({STACK_KB} * 1024)
def parse():
    try:
        cql2.parse_text(text).to_json()
    except Exception:
        pass
thread = threading.Thread(target=parse)
thread.start()
thread.join()
"""

SHAPES = {
    "brackets": lambda n: "(" * n + "a=1" + ")" * n,
    "not": lambda n: "NOT " * n + "a=1",
    "minus": lambda n: "a = " + "-" * n + "b",
    "plus": lambda n: "a = " + "+".join(["b"] * n),
    "power": lambda n: "a = " + "^".join(["b"] * n),
    "calls": lambda n: "f(" * n + "a" + ")" * n,
    "equal": lambda n: "a" + " = a" * n,
    "like": lambda n: "a" + " like 'x'" * n,
    "between": lambda n: "a" + " between 1 and 2" * n,
    "in": lambda n: "a" + " in (1)" * n,
    "null": lambda n: "a" + " is null" * n,
    "and": lambda n: " AND ".join(["a"] * n),
    "or of and": lambda n: " OR ".join(["a=1 AND b=2"] * n),
    "intervals": lambda n: "a = " + "INTERVAL(" * n + "1" + ")" * n,
    "lists": lambda n: "a IN " + "(" * n + "1,2" + ")" * n,
    "not in brackets": lambda n: ("NOT " * 8 + "(") * n + "a=1" + ")" * n,
    "minus in calls": lambda n: ("- " * 8 + "f(") * n + "1" + ")" * n,
    "collections": lambda n: "GEOMETRYCOLLECTION(" * n + "POINT(1 1)" + ")" * n,
    "points": lambda n: "S_WITHIN(g,POINT(" + "1 -1 " * n + "))",
    "names": lambda n: '"' + '""' * n + '"' + " = a" * n,
    "strings": lambda n: "'" + "''" * n + "'" + " = a" * n,
    "backslashes": lambda n: "'\\' NOT" + " NOT" * n + "'",
    "commas": lambda n: "a IN (" + ",".join(["-" * 9 + "b"] * n) + ")",
}  # fmt: skip


def largest(shape) -> str:
    """Return the deepest text of a shape that the limits let through."""
    deepest = ""
    for n in (*range(1, 300), 1_000, 5_000, 20_000):
        text = shape(n)
        try:
            limits.refuse_long(text)
            limits.refuse_deep_text(text)
        except FilterInvalid:
            continue
        deepest = text
    return deepest


@pytest.mark.parametrize("name", SHAPES)
def test_the_deepest_text_that_is_let_through_is_parsed_in_half_a_stack(name):
    parsed = subprocess.run(
        [sys.executable, "-c", _PARSE], input=largest(SHAPES[name]), text=True, timeout=60
    )

    assert parsed.returncode == 0


def test_without_the_limits_the_parser_would_end_the_process():
    parsed = subprocess.run(
        [sys.executable, "-c", _PARSE], input="NOT " * 16_000 + "a=1", text=True, timeout=60
    )

    assert parsed.returncode < 0


@pytest.mark.parametrize(
    "text",
    [
        "a = '" + "(" * 1_000 + "'",
        "a = '" + "NOT " * 1_000 + "it''s " * 100 + "'",
        '"' + "(" * 1_000 + '" = 1',
        "S_WITHIN(geometry, POLYGON((" + ",".join(["-1.9 -52.4"] * 1_000) + ")))",
        "a IN (" + ",".join(["-1"] * 1_000) + ")",
    ],
)
def test_what_stands_in_strings_and_lists_does_not_count_as_depth(text):
    limits.refuse_deep_text(text)


def test_a_list_may_be_long_and_a_tree_may_not():
    listed = {"op": "in", "args": [{"property": "a"}, ["x"] * limits.MOST_LISTED]}
    wide = {"op": "and", "args": [{"op": "isNull", "args": [{"property": "a"}]}] * 400}

    limits.refuse_large_tree(listed)
    with pytest.raises(FilterInvalid, match=r"more than 1,000 parts"):
        limits.refuse_large_tree(wide)
    listed["args"][1].append("x")
    with pytest.raises(FilterInvalid, match=r"1,001 values"):
        limits.refuse_large_tree(listed)


def test_json_may_be_as_deep_as_a_tree_may_and_no_deeper():
    deep = True
    for _ in range(limits.MOST_LEVELS - 1):
        deep = {"op": "not", "args": [deep]}

    limits.refuse_large_tree(deep)
    limits.refuse_deep_json(str(deep).replace("'", '"'))
    with pytest.raises(FilterInvalid, match="nested too deep"):
        limits.refuse_deep_json("[" * 200)
    with pytest.raises(FilterInvalid, match="50 levels"):
        limits.refuse_large_tree({"op": "not", "args": [{"op": "not", "args": [deep]}]})
