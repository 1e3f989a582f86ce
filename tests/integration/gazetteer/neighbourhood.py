"""Nine addresses in five streets, three postcodes and one ward, in EPSG:27700 metres."""

import shapely

from layers.models import Layer
from tests.factories import MadeFeature, make_field, make_layer, publish_features

POSTCODES = {
    "B13 9AA": (407500.0, 283000.0),
    "B6 5AA": (408000.0, 289000.0),
    "B90 1AA": (412000.0, 279000.0),  # beyond the ward
}
WARD = shapely.box(405000, 282000, 410000, 290000)

# UPRN, house, street, locality, postcode; as an LLPG gives them, in capitals.
_ROWS = [
    ("100070000001", {"pao_start_number": "12"}, "OAK ROAD", "MOSELEY", "B13 9AA"),
    ("100070000002", {"pao_start_number": "10"}, "OAK ROAD", "MOSELEY", "B13 9AA"),
    ("100070000003", {"pao_start_number": "2"}, "OAK ROAD", "MOSELEY", "B13 9AA"),
    (
        "100070000004",
        {"pao_start_number": "12", "pao_start_suffix": "A"},
        "OAK ROAD",
        "MOSELEY",
        "B13 9AA",
    ),
    ("100070000005", {"pao_text": "ROSE HOUSE"}, "OAK ROAD", "MOSELEY", "B13 9AA"),
    ("100070000006", {"pao_start_number": "1"}, "CHURCH LANE", "ASTON", "B6 5AA"),
    ("100070000007", {"pao_start_number": "4"}, "WHEELER STREET", "MOSELEY", "B13 9AA"),
    ("100070000008", {"pao_start_number": "9"}, "ST MARY'S ROW", "MOSELEY", "B13 9AA"),
    ("100070000009", {"pao_start_number": "1"}, "CHURCH LANE", "HANDSWORTH", "B20 2AA"),
]
ADDRESSES = {uprn: (407400.0 + 10 * n, 283000.0) for n, (uprn, *_) in enumerate(_ROWS)}


def publish_neighbourhood() -> dict[str, Layer]:
    """Return the published layers by slug."""
    return {
        "postcodes": _publish(
            "postcodes",
            "Point",
            "postcode",
            [
                MadeFeature(code.replace(" ", ""), shapely.Point(at), {"postcode": code})
                for code, at in POSTCODES.items()
            ],
        ),
        "addresses": _publish(
            "addresses",
            "Point",
            "address",
            [
                MadeFeature(
                    uprn,
                    shapely.Point(ADDRESSES[uprn]),
                    {
                        "uprn": uprn,
                        **house,
                        "street": street,
                        "locality": locality,
                        "town": "BIRMINGHAM",
                        "postcode": postcode,
                    },
                )
                for uprn, house, street, locality, postcode in _ROWS
            ],
        ),
        "wards": _publish(
            "wards", "Polygon", "ward", [MadeFeature("moseley", WARD, {"name": "Moseley"})]
        ),
    }


def _publish(slug: str, geometry_type: str, role: str, features: list[MadeFeature]) -> Layer:
    layer = make_layer(
        slug,
        geometry_type,
        role=role,
        is_public=role != "address",
        fields=[make_field("postcode"), make_field("street", is_queryable=True)],
    )
    publish_features(layer, features)
    return layer
