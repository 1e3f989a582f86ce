"""A postcode on the border of two wards, and what else a postcode may be, in EPSG:27700 metres.

::

    Moseley (405-406 km)   | King's Heath (406-407 km) | beyond the council
    o o o o o o o o o      | o o o o o o                |            B13 8AB
    o o o                  |                            | o o        B13 8CD
    o o                    |                            |            B13 8EF
                           |                            | o          B13 8GH

B13 8JK is a postcode without any address, 40 m west of the border of the two wards, and
B13 8LM another, far from any border.
"""

import shapely

from layers.models import Layer
from tests.factories import MadeFeature, make_field, make_layer, publish_features

MOSELEY = shapely.box(405000, 280000, 406000, 282000)
KINGS_HEATH = shapely.box(406000, 280000, 407000, 282000)
ADDRESSES = {
    "B13 8AB": [(405900 + 10 * n, 281000) for n in range(9)]
    + [(406010 + 10 * n, 281000) for n in range(6)],
    "B13 8CD": [(406990, 281100), (406980, 281100), (406970, 281100), (407020, 281100),
                (407030, 281100)],
    "B13 8EF": [(405500, 281500), (405510, 281500)],
    "B13 8GH": [(407300, 281000)],
}  # fmt: skip
MIDDLES = {
    **{
        postcode: (sum(x for x, _ in at) / len(at), sum(y for _, y in at) / len(at))
        for postcode, at in ADDRESSES.items()
    },
    "B13 8JK": (405960, 280500),
    "B13 8LM": (405500, 280500),
}


def publish_wards() -> Layer:
    layer = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    publish_features(
        layer,
        [
            MadeFeature("moseley", MOSELEY, {"name": "Moseley"}),
            MadeFeature("kings-heath", KINGS_HEATH, {"name": "King's Heath"}),
        ],
    )
    return layer


def publish_postcodes() -> Layer:
    layer = make_layer(
        "postcodes", role="postcode", title_field="postcode", fields=[make_field("postcode")]
    )
    publish_features(
        layer,
        [
            MadeFeature(code.replace(" ", ""), shapely.Point(at), {"postcode": code})
            for code, at in MIDDLES.items()
        ],
    )
    return layer


def publish_addresses(role: str = "address") -> Layer:
    """Return the layer of every address: with street and number, or as a lookup without them."""
    fields = [make_field("postcode", is_queryable=True), make_field("street", is_queryable=True)]
    is_list = role == "address"
    layer = make_layer("addresses", role=role, is_public=not is_list, fields=fields)
    homes = [(postcode, at) for postcode, all_at in ADDRESSES.items() for at in all_at]
    publish_features(
        layer,
        [
            MadeFeature(
                str(1000 + number),
                shapely.Point(at),
                {
                    "postcode": postcode,
                    **(
                        {"street": "OAK ROAD", "pao_start_number": str(number + 1)}
                        if is_list
                        else {}
                    ),
                },
            )
            for number, (postcode, at) in enumerate(homes)
        ],
    )
    return layer
