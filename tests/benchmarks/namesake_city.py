"""A seeded city of namesakes: 450,000 addresses in 40,000 streets of 2,464 names, no localities.

Harder than any there is. Each of 154 first words comes with all of 16 kinds of street, so that the
kind decides, and each name is of some sixteen streets that nothing but the postcode tells apart.
"""

import random
from collections.abc import Iterator

import shapely

from tests.benchmarks.addressed_city import City, publish_city
from tests.factories import MadeFeature

SEED = 20261128
ADDRESS_COUNT = 450_000
STREET_COUNT = 40_000
_FIRST_WORDS = """
Abbey Albany Albert Alexandra Alma Anchor Argyle Arthur Ash Bank Barn Bath Beacon Beech Bell
Bird Birch Bishop Bowling Bridge Bristol Brunswick Burton Cambridge Canal Cannon Castle Cedar
Chapel Charlotte Chatham Cherry Chester Church Clarence Cliff Clifton Cobden Copper Crown Dale
Derby Devon Dove Duke Eagle Earl East Eldon Ellis Elm Ely Exeter Fairfield Falcon Farm Fern
Field Fir Forge Fox Foundry Garden George Glebe Gordon Grange Green Grove Hall Hazel Heath Henry
High Hill Holly Hope Howard Iris Ivy John Kent Kings Lake Larch Lea Leicester Lime Lincoln
Linden London Lower Manor Maple Market Mary Mill Milton Moor Mount Nelson New Norfolk North Oak
Old Orchard Oxford Park Peel Pine Poplar Portland Pound Primrose Priory Queens Railway Rectory
Regent Ridge River Robin Rose Rowan Royal Salisbury School Somerset South Spring Station Stone
Surrey Swan Temple Thorn Tudor Union Upper Vale Vicar Victoria Wakefield Walnut Water West Wood
York
"""
_SAINTS = ["St Annes", "St Georges", "St Johns", "St Marys", "St Pauls"]
_KINDS = """
Avenue Close Court Crescent Croft Drive Gardens Grove Hill Lane Place Road Street Terrace Walk Way
"""


def publish_namesakes(count: int = ADDRESS_COUNT) -> City:
    """Publish the addresses in the test's database, each street with about eleven."""
    return publish_city(_addresses(count, random.Random(SEED)))


def _addresses(count: int, chance: random.Random) -> Iterator[MadeFeature]:
    words, kinds = [*_SAINTS, *_FIRST_WORDS.split()], _KINDS.split()
    lengths = [chance.lognormvariate(0, 0.3) for _ in range(STREET_COUNT)]
    whole, uprn = sum(lengths), 100_071_000_000
    for place, length in enumerate(lengths):
        street = f"{chance.choice(words)} {chance.choice(kinds)}"
        easting, northing = chance.uniform(399_000, 417_000), chance.uniform(275_000, 299_000)
        unit = f"{1 + place // 400 % 9}{'ABDEFGHJLN'[place % 10]}{'PQRSTUWXYZ'[place // 10 % 10]}"
        for number in range(1, max(2, round(count * length / whole) + 1)):
            uprn += 3
            yield MadeFeature(
                str(uprn),
                shapely.Point(round(easting + 6 * number, 2), round(northing, 2)),
                {
                    "uprn": str(uprn),
                    "pao_start_number": str(number),
                    "street": street,
                    "town": "Birmingham",
                    "postcode": f"B{1 + place % 48} {unit}",
                },
            )
