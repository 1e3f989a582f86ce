"""Features that a format could get wrong, and what each of them must be read back as.

::

    1  a polygon with a hole     everything there is in a field
    2  a polygon of two parts    every field null, and texts that mean something to a format
    3  no shape                  a date without its day, a whole number beyond 64 bits
    4  a polygon                 a restricted value beside the public ones
"""

from typing import Any

import shapely

from tests.factories import MadeFeature, make_field, make_layer, publish_features

SECRET = "Ms Keyholder, 0121 496 0000"
LONG_TEXT = "Ÿ" * 300
_HOLED = shapely.box(405000, 285000, 405100, 285100) - shapely.box(405040, 285040, 405060, 285060)
_PARTS = shapely.union_all(
    [shapely.box(406000, 286000, 406010, 286010), shapely.box(406020, 286000, 406030, 286010)]
)
_PLAIN = shapely.box(407000, 287000.125, 407000.5, 287100)

FEATURES: list[tuple[Any, dict[str, Any]]] = [
    (
        _HOLED,
        {
            "name": 'Llŷn & "Sons" <Ltd>, a\nsecond line',
            "homes": 2**53 + 1,
            "share": 0.1,
            "is_open": True,
            "opened_on": "2024-05-31",
            "seen_at": "2024-05-31T10:30:00+01:00",
            "web": "https://example.org/?a=1&b=2",
            "very_long_field_name": "one",
            "very_long_field_number": 7,
            "note": LONG_TEXT,
        },
    ),
    (
        _PARTS,
        {
            "name": "=HYPERLINK(1)",
            "homes": -5,
            "share": -0.5,
            "is_open": False,
            "opened_on": None,
            "seen_at": None,
            "web": None,
            "very_long_field_name": "",
            "very_long_field_number": None,
            "note": "-1",
        },
    ),
    (
        None,
        {
            "name": None,
            "homes": 2**63,
            "share": None,
            "is_open": None,
            "opened_on": "2024-05",
            "seen_at": "2024-01-01T00:00:00",
            "web": None,
            "very_long_field_name": None,
            "very_long_field_number": None,
            "note": "ctrl\u0001\ttab 😀",
        },
    ),
    (_PLAIN, {"name": "plain"}),
]
FIDS = ["1", "2", "3", "4"]


def publish_hard_layer() -> None:
    fields = [
        make_field("name"),
        make_field("homes", "integer", is_queryable=True),
        make_field("share", "number"),
        make_field("is_open", "boolean"),
        make_field("opened_on", "date"),
        make_field("seen_at", "datetime"),
        make_field("web", "url"),
        make_field("very_long_field_name"),
        make_field("very_long_field_number", "integer"),
        make_field("note"),
        make_field("keyholder", is_public=False),
    ]
    layer = make_layer("hard", "Polygon", fields=fields)
    publish_features(
        layer,
        [
            MadeFeature(fid, shape, properties, restricted={"keyholder": SECRET})
            for fid, (shape, properties) in zip(FIDS, FEATURES, strict=True)
        ],
    )
