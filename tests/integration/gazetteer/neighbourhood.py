"""A dozen addresses, postcodes, places, properties and a ward, in EPSG:27700 metres."""

import shapely

from layers.models import Layer
from tests.factories import MadeFeature, make_field, make_layer, publish_features

POSTCODES = {
    "B13 9AA": (407500.0, 283000.0),
    "B6 5AA": (408000.0, 289000.0),
    "B13 9AB": (407600.0, 283100.0),
    "B90 1AA": (412000.0, 279000.0),  # beyond the ward
    "B6 5ZZ": (408050.0, 289050.0),  # ended
    "B9 0AA": (409000.0, 286000.0),  # not in B90
}
WARD = shapely.box(405000, 282000, 410000, 290000)

# UPRN, house, street, locality, postcode; as an LLPG gives them, in capitals.
_ROWS: list[tuple[str, dict[str, str], str, str, str]] = [
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
    (
        "100070000010",
        {"sao_text": "FLAT 1", "pao_text": "OAK COURT", "pao_start_number": "14"},
        "ELM GROVE",
        "MOSELEY",
        "B13 9AB",
    ),
    (
        "100070000011",
        {"sao_text": "FLAT 2", "pao_text": "OAK COURT", "pao_start_number": "14"},
        "ELM GROVE",
        "MOSELEY",
        "B13 9AB",
    ),
    (
        "100070000012",
        {"organisation": "O'BRIEN & SONS", "pao_start_number": "20", "pao_end_number": "24"},
        "ELM GROVE",
        "MOSELEY",
        "B13 9AB",
    ),
]
# Name, OS Open Names' type and kind, the place that it is in, outcode, where.
_NAMES = [
    (
        "osgb4000000000000001",
        "Moseley",
        "populatedPlace",
        "Suburban Area",
        None,
        "B13",
        407500,
        283500,
    ),
    (
        "osgb4000000000000002",
        "Ŵyddfa Green",
        "populatedPlace",
        "Village",
        None,
        "B14",
        407600,
        283600,
    ),
    (
        "osgb4000000000000003",
        "Oak Road",
        "transportNetwork",
        "Named Road",
        "Moseley",
        "B13",
        407500,
        283000,
    ),
    (
        "osgb4000000000000004",
        "Sand Lane",
        "transportNetwork",
        "Named Road",
        "Moseley",
        "B13",
        407700,
        283000,
    ),
    ("osgb4000000000000005", "B13 9AA", "other", "Postcode", None, "B13", 407500, 283000),
]
# What no address layer has: a point, and the postcode that it is in.
PROPERTIES = {"100070000099": ("B6 5AA", (408100.0, 289100.0)), "77": (None, (408200.0, 289200.0))}
ADDRESSES = {uprn: (407400.0 + 10 * n, 283000.0) for n, (uprn, *_) in enumerate(_ROWS)}


def _of_postcode(code: str) -> dict[str, str]:
    return {"postcode": code, **({"terminated": "2019-05-01"} if code == "B6 5ZZ" else {})}


def publish_neighbourhood() -> dict[str, Layer]:
    """Return the published layers by slug."""
    return {
        "postcodes": _publish(
            "postcodes",
            "Point",
            "postcode",
            [
                MadeFeature(code.replace(" ", ""), shapely.Point(at), _of_postcode(code))
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
        "places": _publish(
            "places",
            "Point",
            "place",
            [
                MadeFeature(
                    fid,
                    shapely.Point(easting, northing),
                    {
                        "name": name,
                        "type": type_,
                        "kind": kind,
                        "place": place,
                        "postcode_district": outcode,
                        "district": "Birmingham",
                    },
                )
                for fid, name, type_, kind, place, outcode, easting, northing in _NAMES
            ],
        ),
        "properties": _publish(
            "properties",
            "Point",
            "property",
            [
                MadeFeature(uprn, shapely.Point(at), {"uprn": uprn, "postcode": postcode})
                for uprn, (postcode, at) in PROPERTIES.items()
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
        fields=[make_field("postcode", is_queryable=True), make_field("street", is_queryable=True)],
    )
    publish_features(layer, features)
    return layer
