"""A layer of trees with a field of each type, and gaps, partial dates and odd text in them."""

import shapely

from layers.query.registry import PublishedLayer, find_layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

# key: easting, northing (metres), species, nickname, height in metres, girth, age, protected,
# planted, felled, inspected, reviewed
_ROWS = {
    "oak": (405100, 285100, "Oak", "oak", 21.5, 0, 210, True, "1816-03-02", "2026-01-05",
            "2026-03-31T09:00:00+01:00", "2026-03-31T08:00:00Z"),
    "elm": (405200, 285900, "Élm", "Elm", 12, 4, 80, False, "1946", "1996-05-31",
            "2025-12-31T23:59:59.999999+00:00", "2026-01-01T00:00:00+00:00"),
    "ash": (405900, 285500, "ash", "ASH", 9.25, 2, 35, True, "1991-06", "1991-06-30",
            "2026-03-31T00:00:00", "2026-03-31T12:00:00-02:00"),
    "fir": (406100, 285100, "Fir 100%", "Fir_100%", 30, 3, 55, None, "1971-11-30", None,
            None, "2026-04-01T00:30:00+01:00"),
    "yew": (406500, 285500, "O'Yew \\ \"old\"", "yew", None, 7, 1200, True, None, "2030",
            # PostgreSQL knows no zone as far from UTC as this, and takes it for nothing.
            "2024-02-29T12:00:00Z", "2026-01-01T00:00:00+16:00"),
    "box": (406300, 285800, None, "København", 1.1, None, None, False, "2020-02-29", "2020-02-29",
            "1999-12-31T23:30:00-01:00", "1999-12-31T23:30:00Z"),
    "bay": (407500, 286500, "x" * 250 + "a", "x" * 250 + "b", -3, -2, -1, False, "2024-05",
            "2024-05-31", "2024-05-31T24:00:00Z"[:10] + "T23:00:00Z", "2024-06-01T00:00:00Z"),
    "ivy": (None, None, "STRASSE", "Straße", 0, 1, 9007199254740993, None, "2024", "2025-01-01",
            "2024-05-15T10:00:00Z", "2024-05-16T10:00:00Z"),
}  # fmt: skip
_FIELDS = (
    ("species", "text"), ("nickname", "text"), ("height_m", "number"), ("girth_m", "number"),
    ("age", "integer"), ("protected", "boolean"), ("planted", "date"), ("felled", "date"),
    ("inspected", "datetime"), ("reviewed", "datetime"),
)  # fmt: skip


def tree_features() -> list[MadeFeature]:
    """Return the features, in EPSG:27700; one has no location, and none `secret` in public."""
    return [
        MadeFeature(
            key,
            None if row[0] is None else shapely.Point(row[0], row[1]),
            dict(zip((name for name, _ in _FIELDS), row[2:], strict=True)) | {"unasked": key},
        )
        for key, row in _ROWS.items()
    ]


def publish_trees(slug: str = "trees") -> PublishedLayer:
    """Publish the layer; `unasked` is public but not queryable, and `secret` is not public."""
    layer = make_layer(
        slug,
        fields=[
            *(make_field(name, type_, is_queryable=True) for name, type_ in _FIELDS),
            make_field("unasked"),
            make_field("secret", is_public=False, is_queryable=True),
        ],
        title_field="species",
    )
    publish_features(layer, tree_features())
    return find_layer(slug)
