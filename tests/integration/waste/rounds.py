"""Two round areas side by side around a few homes, in EPSG:27700 metres.

::

    R1  404-406 km east: refuse fortnightly on Mondays, food every Monday
    R2  406-408 km east: refuse fortnightly on Tuesdays
    both 284-286 km north; they share the edge at 406,000

    homes  10 and 11 in R1 (B1 1AA), 12 in R1 and 13 in R2 (B2 2BB), 14 on the edge,
           15 outside both areas, 16 outside the ward
"""

from collections.abc import Sequence
from typing import Any

import shapely

from layers.models import Layer
from tests.factories import MadeFeature, make_field, make_layer, publish_features

HOMES = {
    "10": (404500, 285000, "B1 1AA"),
    "11": (404600, 285000, "B1 1AA"),
    "12": (405900, 285000, "B2 2BB"),
    "13": (406100, 285000, "B2 2BB"),
    "14": (406000, 285000, "B3 3CC"),
    "15": (404500, 289000, "B4 4DD"),
    "16": (420000, 289000, "B5 5EE"),
}
AREAS = {
    "R1": shapely.box(404000, 284000, 406000, 286000),
    "R2": shapely.box(406000, 284000, 408000, 286000),
}
_WARD = shapely.box(400000, 280000, 410000, 290000)

GREY_BIN = {
    "service": "Grey bin",
    "service_kind": "refuse",
    "container": "grey wheelie bin",
    "put_out_by": "6am",
    "every_weeks": 2,
}
ROUNDS = [
    {"round": "R1", **GREY_BIN, "weekday": "Monday", "starts_on": "2026-11-02"},
    {"round": "R1", "service": "Food", "service_kind": "food", "weekday": "Monday"},
    {"round": "R2", **GREY_BIN, "weekday": "Tuesday", "starts_on": "2026-11-03"},
]
FLATS = {"round": "F1", **GREY_BIN, "weekday": "Friday", "starts_on": "2026-11-06"}


def publish_places() -> None:
    """Publish the homes, their postcodes and the ward."""
    _publish(
        "addresses",
        "address",
        [
            MadeFeature(
                uprn, shapely.Point(x, y), {"uprn": uprn, "street": "OAK ROAD", "postcode": p}
            )
            for uprn, (x, y, p) in HOMES.items()
        ],
        "Point",
        ["postcode"],
        is_public=False,
    )
    _publish(
        "postcodes",
        "postcode",
        [
            MadeFeature(p.replace(" ", ""), shapely.Point(x, y), {"postcode": p})
            for x, y, p in HOMES.values()
            if p not in ("B1 1AA", "B2 2BB")
        ]
        + [
            MadeFeature("B11AA", shapely.Point(404550, 285000), {"postcode": "B1 1AA"}),
            MadeFeature("B22BB", shapely.Point(406000, 285000), {"postcode": "B2 2BB"}),
        ],
        "Point",
    )
    _publish("wards", "ward", [MadeFeature("w", _WARD, {"name": "Ward"})], "Polygon")


def publish_rounds(rows: Sequence[dict[str, Any]] = ROUNDS, slug: str = "rounds") -> Layer:
    """Publish rounds; those of `AREAS` lie in their area."""
    return _publish(
        slug,
        "collection-round",
        [
            MadeFeature(f"{row['round']}-{n}", AREAS.get(row["round"]), row)
            for n, row in enumerate(rows)
        ],
        "Polygon",
        ["round"],
    )


def publish_premises(*rows: dict[str, Any], is_public: bool = False) -> Layer:
    return _table("premises", "collection-premises", rows, ["uprn"], is_public=is_public)


def publish_dates(*rows: dict[str, Any]) -> Layer:
    return _table("dates", "collection-date", rows, ["uprn", "round"])


def publish_changes(*rows: dict[str, Any]) -> Layer:
    return _table("changes", "collection-change", rows)


def publish_notices(*rows: tuple[shapely.Geometry | None, dict[str, Any]]) -> Layer:
    features = [MadeFeature(str(n), shape, row) for n, (shape, row) in enumerate(rows)]
    return _publish("notices", "service-notice", features, "Polygon")


def _table(
    slug: str,
    role: str,
    rows: Sequence[dict[str, Any]],
    queryables: Sequence[str] = (),
    **changes: Any,
) -> Layer:
    features = [MadeFeature(str(n), None, row) for n, row in enumerate(rows)]
    return _publish(slug, role, features, "None", queryables, **changes)


def _publish(
    slug: str,
    role: str,
    features: list[MadeFeature],
    geometry_type: str,
    queryables: Sequence[str] = (),
    **changes: Any,
) -> Layer:
    layer = make_layer(
        slug,
        geometry_type,
        role=role,
        fields=[make_field(name, is_queryable=True) for name in queryables],
        theme="waste",
        **changes,
    )
    publish_features(layer, features)
    return layer
