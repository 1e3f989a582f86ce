"""Whatever is sent as a filter, the database can answer it, or it is refused with a reason."""

import json
import os

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from layers.errors import FilterInvalid
from layers.query.filters.crs import FILTER_CRS

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SEED = int(os.environ.get("FILTER_SEED", "20260404"))
EXAMPLES = int(os.environ.get("FILTER_EXAMPLES", "250"))

PROPERTIES = st.sampled_from(
    ["species", "nickname", "height_m", "girth_m", "age", "protected", "planted", "felled",
     "inspected", "reviewed", "geometry", "unasked", "nothing", '"species"']
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["0", "-0", "1e308", "1e-308", "2.5e-3", "9007199254740993", "0.1"]),
)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "%", "_", "\\", "\\%", "%%", "x＼", "２０２４", "2024", "2024-02", "2024-02-30",
         "2024-02-29T12:00:00Z", "..", "true", "ﬁ", "İ", "ß", "é", "e\u0301", "%s", "{}", "$1"]
    ),
).map(lambda text: "'" + text.replace("'", "''") + "'")  # fmt: skip
TIMES = st.one_of(
    st.dates().map(lambda day: f"DATE('{day.isoformat()}')"),
    st.datetimes().map(lambda moment: f"TIMESTAMP('{moment.isoformat()}Z')"),
    st.tuples(TEXTS | PROPERTIES, TEXTS | PROPERTIES).map(
        lambda ends: f"INTERVAL({','.join(ends)})"
    ),
    st.sampled_from(["DATE('2024')", "TIMESTAMP('2024-06-30T23:59:60Z')", "DATE(species)"]),
)
POSITIONS = st.tuples(
    st.floats(-181, 181, width=32) | st.integers(-2, 2),
    st.floats(-91, 91, width=32) | st.integers(50, 53),
).map(lambda pair: f"{pair[0]} {pair[1]}")
RINGS = st.lists(POSITIONS, min_size=1, max_size=6).map(
    lambda some: f"({','.join([*some, some[0]])})"
)
GEOMETRIES = st.recursive(
    st.one_of(
        POSITIONS.map(lambda one: f"POINT({one})"),
        st.lists(POSITIONS, min_size=1, max_size=5).map(
            lambda some: f"LINESTRING({','.join(some)})"
        ),
        st.lists(POSITIONS, min_size=1, max_size=5).map(
            lambda some: f"MULTIPOINT({','.join(some)})"
        ),
        st.lists(RINGS, min_size=1, max_size=3).map(lambda some: f"POLYGON({','.join(some)})"),
        st.lists(RINGS.map("({})".format), min_size=1, max_size=3).map(
            lambda some: f"MULTIPOLYGON({','.join(some)})"
        ),
        st.lists(NUMBERS, min_size=3, max_size=7).map(lambda some: f"BBOX({','.join(some)})"),
        st.sampled_from(["POINT EMPTY", "POLYGON EMPTY", "geometry"]),
    ),
    lambda inner: st.lists(inner, max_size=3).map(
        lambda some: f"GEOMETRYCOLLECTION({','.join(some)})"
    ),
    max_leaves=4,
)
SCALARS = st.recursive(
    PROPERTIES | NUMBERS | TEXTS | TIMES | st.sampled_from(["true", "FALSE", "NULL"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([*"+-*/%^", " div "]), inner).map(
            lambda three: f"({''.join(three)})"
        ),
        st.tuples(st.sampled_from(["CASEI", "ACCENTI", "foo", "-"]), inner).map(
            lambda call: f"{call[0]}({call[1]})"
        ),
    ),
    max_leaves=6,
)  # fmt: skip
PREDICATES = st.one_of(
    st.tuples(SCALARS, st.sampled_from(["=", "<>", "<", ">", "<=", ">="]), SCALARS).map(" ".join),
    st.tuples(SCALARS, st.sampled_from([" LIKE ", " not like "]), SCALARS).map("".join),
    st.tuples(SCALARS, SCALARS, SCALARS).map(lambda three: "{} BETWEEN {} AND {}".format(*three)),
    st.tuples(SCALARS, st.lists(SCALARS, max_size=4)).map(
        lambda two: f"{two[0]} IN ({','.join(two[1])})"
    ),
    SCALARS.map("{} IS NULL".format),
    st.tuples(
        st.sampled_from(["INTERSECTS", "DISJOINT", "WITHIN", "CONTAINS", "TOUCHES", "CROSSES",
                         "OVERLAPS", "EQUALS"]),
        GEOMETRIES | SCALARS,
        GEOMETRIES,
    ).map(lambda call: "S_{}({},{})".format(*call)),
    st.tuples(
        st.sampled_from(["AFTER", "BEFORE", "DURING", "EQUALS", "DISJOINT", "MEETS", "OVERLAPS",
                         "STARTEDBY"]),
        TIMES | SCALARS,
        TIMES | SCALARS,
    ).map(lambda call: "T_{}({},{})".format(*call)),
    SCALARS,
)  # fmt: skip
EXPRESSIONS = st.recursive(
    PREDICATES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " or "]), inner).map("".join).map("({})".format),
        inner.map("NOT {}".format),
    ),
    max_leaves=5,
)
OPERATIONS = ["=", "<", "and", "or", "not", "in", "between", "like", "isNull", "casei", "accenti",
              "+", "/", "^", "s_intersects", "t_during"]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8)
    | st.sampled_from([{"property": "age"}, {"property": "species"}, {"property": "planted"},
                       {"property": "geometry"}, {"date": "2024-02-29"}, {"bbox": [-2, 52, -1, 53]},
                       {"timestamp": "2024-02-29T00:00:00Z"}, {"interval": ["..", "2024-01-01"]},
                       {"type": "Point", "coordinates": [-1.9, 52.48]}]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.fixed_dictionaries(
            {
                "op": st.sampled_from(OPERATIONS),
                "args": st.lists(inner, max_size=3),
            }
        ),
        st.dictionaries(
            st.sampled_from(["op", "args", "property", "date", "timestamp", "interval", "type",
                             "coordinates", "geometries", "bbox"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


# Of one kind each, so that most of these reach the database.
WHOLE = st.integers(-1000, 1000).map(str)
NUMERIC = st.recursive(
    st.sampled_from(["height_m", "girth_m", "age"]) | WHOLE | st.sampled_from(["0.5", "1e-100"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/%^") | st.just(" div "), inner).map(
        lambda three: f"({''.join(three)})"
    ),
    max_leaves=8,
)
TEXTUAL = st.recursive(
    st.sampled_from(["species", "nickname"]) | TEXTS,
    lambda inner: st.tuples(st.sampled_from(["CASEI", "ACCENTI"]), inner).map(
        lambda call: f"{call[0]}({call[1]})"
    ),
    max_leaves=3,
)
DATES = st.sampled_from(["planted", "felled", "'2024'", "'2024-02'"]) | st.dates().map(
    lambda day: f"DATE('{day.isoformat()}')"
)
INSTANTS = st.sampled_from(["inspected", "reviewed", "DATE('9999-12-31')"]) | st.datetimes().map(
    lambda moment: f"TIMESTAMP('{moment.isoformat()}Z')"
)
SIGNS = st.sampled_from(["=", "<>", "<", ">", "<=", ">="])


def alike(kind: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return predicates that compare values of one kind."""
    return st.one_of(
        st.tuples(kind, SIGNS, kind).map(" ".join),
        st.tuples(kind, kind, kind).map(lambda three: "{} BETWEEN {} AND {}".format(*three)),
        st.tuples(kind, st.lists(kind, min_size=1, max_size=4)).map(
            lambda two: f"{two[0]} IN ({','.join(two[1])})"
        ),
        kind.map("{} IS NULL".format),
    )


def spans(kind: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return temporal predicates over intervals of one kind."""
    ends = st.tuples(kind, kind | st.just("'..'")).map(lambda two: f"INTERVAL({two[0]},{two[1]})")
    names = st.sampled_from(["AFTER", "EQUALS", "DISJOINT", "DURING", "OVERLAPPEDBY", "METBY"])
    return st.tuples(names, ends | kind, ends).map(lambda call: "T_{}({},{})".format(*call))


BOXES = st.tuples(st.floats(-3, 0), st.floats(51, 52.5), st.floats(0, 3), st.floats(0, 1)).map(
    lambda box: f"BBOX({box[0]:f},{box[1]:f},{box[0] + box[2]:f},{box[1] + box[3]:f})"
)
RELATIONS = st.sampled_from(
    ["INTERSECTS", "DISJOINT", "WITHIN", "CONTAINS", "TOUCHES", "CROSSES", "OVERLAPS", "EQUALS"]
)
SENSIBLE = st.recursive(
    st.one_of(
        alike(NUMERIC),
        alike(TEXTUAL),
        alike(DATES),
        alike(INSTANTS),
        st.tuples(TEXTUAL, TEXTS).map(" LIKE ".join),
        spans(DATES),
        spans(INSTANTS),
        st.tuples(RELATIONS, BOXES).map(lambda call: "S_{}(geometry,{})".format(*call)),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " or "]), inner).map("".join).map("({})".format),
        inner.map("NOT ({})".format),
    ),
    max_leaves=6,
)


@st.composite
def mutated(draw) -> str:
    """Return a filter with some of its characters taken out, doubled, moved or replaced."""
    text = draw(EXPRESSIONS)
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 8)))
        put = draw(
            st.sampled_from(
                [
                    "",
                    "'",
                    '"',
                    "(",
                    ")",
                    ",",
                    "-",
                    "\\",
                    "''",
                    "NOT ",
                    "%",
                    "\0",
                    text[start:end] * 2,
                ]
            )
        )
        text = text[:start] + put + text[end:]
    return text  # fmt: skip


quickly = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)


def ask(match, *question: str) -> bool:
    """Return whether a filter was answered; anything but an answer or a reason is a failure."""
    try:
        match(*question)
    except FilterInvalid as error:
        assert len(str(error)) < 500
        return False
    return True


@seed(SEED)
@quickly
@given(text=EXPRESSIONS, crs=st.sampled_from(list(FILTER_CRS)))
def test_a_filter_by_the_grammar_is_answered_or_refused(match, text, crs):
    ask(match, text, "cql2-text", crs)


@seed(SEED)
@quickly
@given(text=SENSIBLE)
def test_a_filter_of_values_that_go_together_is_answered(match, text):
    everything, found = match("true"), set()
    if ask(match, text):
        found = match(text)
        # What is true, what is not, and what is unknown: nothing is two of them.
        assert not found & match(f"NOT ({text})")
    assert found <= everything


@seed(SEED)
@quickly
@given(text=mutated())
def test_a_filter_with_mistakes_is_answered_or_refused(match, text):
    ask(match, text)


@seed(SEED)
@quickly
@given(document=JSON)
def test_any_json_is_answered_or_refused(match, document):
    ask(match, json.dumps(document), "cql2-json")


@seed(SEED)
@quickly
@given(text=st.text(max_size=200))
def test_any_text_is_answered_or_refused(match, text):
    ask(match, text)
