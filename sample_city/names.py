"""Words that the sample city's streets, schools, parks and firms are named with."""

from random import Random

_STEMS = """
Oakfield Larch Hazelmere Thornbury Willowbrook Ashgrove Beechcroft Elmhurst Rowan Holly Hawthorn
Maple Chestnut Sycamore Alder Juniper Laburnum Briar Heather Bracken Fernleigh Meadow Orchard
Brook Spring Well Mill Forge Anvil Foundry Canal Wharf Lock Bridge Ford Quarry Hillside Ridge
Summit Dale Valley Coppice Spinney Warren Badger Heron Kingfisher Lapwing Skylark Swallow
Nightingale Wren Linnet Robin Falcon Albert Victoria Clarence Regent Windsor Sandringham Balmoral
Gladstone Wellington Nelson Trafalgar Waterloo Stanley Alexandra Edith Florence Harriet Clara
Georgiana Arden Avon Severn Teme Malvern Clent Lickey Cotswold Chiltern Mendip Pennine Cheviot
Ludlow Bewdley Evesham Pershore Alcester Tamworth Lichfield Stafford Shrewsbury Hereford Worcester
Warwick Kenilworth Stratford Bromyard Ledbury Tenbury Cleobury Wenlock Priory Abbey Chapel Rectory
Vicarage Grange Manor Park Castle Tower Beacon Observatory Market Station
"""
STEMS = tuple(_STEMS.split())
STREET_TYPES = (
    "Road",
    "Street",
    "Avenue",
    "Lane",
    "Close",
    "Grove",
    "Drive",
    "Crescent",
    "Way",
    "Gardens",
    "Terrace",
)
REPEATED_STREETS = ("High Street", "Church Road", "Station Road", "Victoria Road", "Park Road")
SAINTS = (
    "Mary",
    "Joseph",
    "Peter",
    "Paul",
    "Anne",
    "Francis",
    "Augustine",
    "Bernadette",
    "Patrick",
    "Edmund",
    "Clare",
)
TRADES = (
    "Bakery",
    "Stores",
    "Motors",
    "Pharmacy",
    "Dental Practice",
    "Café",
    "Hardware",
    "Florist",
    "Takeaway",
)


def street_names(count: int, random: Random) -> list[str]:
    """Return ``count`` names, all different but for the few that every town repeats."""
    unusual = [f"{stem} {kind}" for stem in STEMS for kind in STREET_TYPES]
    unusual = [name for name in unusual if name not in REPEATED_STREETS]
    repeated = [name for name in REPEATED_STREETS for _ in range(4)]
    names = repeated + random.sample(unusual, count - len(repeated))
    random.shuffle(names)
    return names


def distinct_names(count: int, endings: tuple[str, ...], random: Random) -> list[str]:
    """Return ``count`` different names made of a stem and an ending."""
    names = [f"{stem} {ending}" for stem in STEMS for ending in endings if stem != ending]
    return random.sample(names, count)
