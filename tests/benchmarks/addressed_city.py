"""A seeded city of 450,000 addresses: 8,000 names of streets, some of them in many localities."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import shapely

from layers.models import Layer
from sample_city.wards import WARDS, Ward
from tests.factories import MadeFeature, make_field, make_layer, publish_features

SEED = 20261127
ADDRESS_COUNT = 450_000
NAME_COUNT = 8_000
STREET_COUNT = 10_500


def _words(text: str) -> list[str]:
    return text.split()


_STARTS = _words(
    """
Ab Al Ash Ayl Bag Bal Bar Bas Beck Beech Bel Ber Black Blake Bor Brad Bram Bran Brent Brook Broom
Buck Bur Cal Car Chad Charl Chat Chel Chil Clay Clif Cold Col Cot Cran Crom Dal Dar Dean Den Dor
Dray Dun East Ed El Elm Ever Fair Farn Fern Fox Frank Gar Glas Gold Grim Hal Ham Hard Har Hart Has
Hather Hazel Head Hen High Hol Horn Hunt Kel Ken Kil King Kirk Lang Lark Leigh Lin Lock Long Lud
Mal Mar Mel Mill Mon Nether New Nor Oak Old Or Os Pem Pen Perry Pick Por Quin Rad Ran Red Rod Roth
Row Rush Sal Sand Sel Shel Sher Short Sil Som Stan Stock Ston Stour Sut Swan Tam Thorn Til Tim
Trent Turn Up Wal War Water Wed Wel Whit Wick Wil Win Wood Wor Wyn Yar York
"""
)
_ENDS = _words(
    """
acre beck borough bourne bridge bury by combe cote croft dale den don ey field ford gate grove ham
hay head hill hurst ing ington land leigh ley low mere mill mont more ness over ridge shaw stead
stoke thorpe ton view wall water way well wick wood worth
"""
)
_WHOLE = _words(
    """
Abbey Albert Alexandra Alfred Anne's Arthur Avenue Baker Bath Birch Bishop Bond Boundary Bridge
Bristol Brunswick Cambridge Canal Castle Cedar Chapel Charles Cherry Chestnut Church Clarence
Coventry Cross Duke Earl Edward Farm Forge Frederick George Gladstone Grange Green Grosvenor Hill
Holly Jubilee King's Lake Laurel Lime London Manor Maple Market Mary's Meadow Nelson Norfolk
Orchard Oxford Park Pine Poplar Priory Queen's Railway Rectory Regent Richmond River Rose Rowan
Salisbury School Shakespeare Spring Station Sycamore Tennyson Trinity Union Vicarage Victoria
Walnut Warwick Wellington Westminster William Willow Windsor Worcester
"""
)
_SAINTS = _words("Andrew's Anne's George's James John's Mary's Michael's Paul's Peter's Thomas")
_TYPES = _words(
    """
Road Road Road Road Road Road Street Street Street Avenue Avenue Avenue Close Close Close Drive
Drive Lane Lane Way Grove Grove Crescent Place Court Gardens Terrace Walk Hill Croft Rise Square
"""
)
_TRADES = ["Bakery", "Stores", "Motors", "Pharmacy", "Dental Practice", "Hardware", "Florist"]
_COMMON_NAMES = 250


@dataclass(frozen=True, slots=True)
class City:
    """The published layer, and each address's house number, street and locality by its UPRN."""

    layer: Layer
    addresses: dict[str, tuple[str, str, str]]


def publish_addresses(count: int = ADDRESS_COUNT) -> City:
    """Publish the addresses in the test's database, as AddressBase has them, in capitals."""
    chance = random.Random(SEED)
    names = _street_names(chance)
    streets = _streets(names, chance)
    return publish_city(_addresses(streets, count, chance))


def publish_city(addresses: Iterable[MadeFeature]) -> City:
    """Publish addresses in the test's database as the layer that has them."""
    layer = make_layer(
        "addresses",
        role="address",
        is_public=False,
        fields=[make_field("street", is_queryable=True), make_field("postcode", is_queryable=True)],
        title_field="street",
    )
    features = list(addresses)
    publish_features(layer, features)
    return City(
        layer,
        {
            one.key: (
                one.properties["pao_start_number"],
                one.properties["street"],
                one.properties.get("locality", ""),
            )
            for one in features
        },
    )


def _street_names(chance: random.Random) -> list[str]:
    stems = [*_WHOLE, *(f"St {saint}" for saint in _SAINTS)]
    stems += [start + end for start in _STARTS for end in _ENDS if not end.startswith(start[-1])]
    names = dict.fromkeys(f"{stem} {chance.choice(_TYPES)}" for stem in stems * 2)
    chosen = list(names)[: 2 * len(_WHOLE)] + chance.sample(list(names), NAME_COUNT)
    return list(dict.fromkeys(chosen))[:NAME_COUNT]


def _streets(names: list[str], chance: random.Random) -> list[tuple[str, Ward]]:
    """Return streets, of which the first names are in many wards, and never twice in one."""
    streets = {(name, chance.choice(WARDS)) for name in names}
    common = names[:_COMMON_NAMES]
    while len(streets) < STREET_COUNT:
        streets.add((chance.choice(common), chance.choice(WARDS)))
    return sorted(streets, key=lambda street: (street[1].code, street[0]))


def _addresses(
    streets: list[tuple[str, Ward]], count: int, chance: random.Random
) -> Iterator[MadeFeature]:
    lengths = [chance.lognormvariate(3.4, 0.7) for _ in streets]
    whole, uprn = sum(lengths), 100_070_000_000
    for (name, ward), length in zip(streets, lengths, strict=True):
        easting = ward.easting + chance.uniform(-900, 900)
        northing = ward.northing + chance.uniform(-900, 900)
        for number in range(1, max(2, round(count * length / whole) + 1)):
            uprn += 3
            house = _house(number, chance)
            sector, unit = divmod(number // 20 + len(name), 9)
            yield MadeFeature(
                str(uprn),
                shapely.Point(round(easting + 6 * number, 2), round(northing, 2)),
                {
                    "uprn": str(uprn),
                    **house,
                    "pao_start_number": str(number),
                    "street": name.upper(),
                    "locality": ward.name.upper(),
                    "town": "BIRMINGHAM",
                    "postcode": f"{ward.district} {unit + 1}{'ABDEFGHJLN'[sector % 10]}A",
                },
            )


def _house(number: int, chance: random.Random) -> dict[str, str]:
    """Return nothing for most, a firm or a building's name for every thirtieth or so."""
    lot = chance.random()
    stem = f"{chance.choice(_STARTS)}{chance.choice(_ENDS)}"
    if lot < 0.03:
        return {"organisation": f"{stem} {chance.choice(_TRADES)}".upper()}
    return {"pao_text": f"{stem} House".upper()} if lot < 0.05 else {}
