"""A place that somebody looked up, as a point."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "postcode", "postcode-district", "postcode-sector", "address", "property", "street", "place",
    "ward", "grid-reference",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
_UPRN = "uprn-"


@dataclass(frozen=True, slots=True)
class Part:
    """The feature of a layer, such as a ward, that a part of ``postcode`` lies in."""

    postcode: str
    layer: str
    edition_id: int
    fid: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search leads.

    ``slug`` is the last part of its page's address: ``B11BB``, ``uprn-100070000001``,
    ``street-oak-road_moseley-birmingham``, ``place-osgb4000000074564391``, ``ward-E05011118``,
    ``grid-SP066868``, ``B29``, ``B29-6``. Easting and northing are EPSG:27700 metres, longitude
    and latitude EPSG:4326 degrees.

    ``detail`` is what the source calls it ("Suburban Area"); ``ended_on`` the day from which a
    postcode is no longer in use, as the source writes it. ``is_exact`` says that the search
    named this place in full; others are near it, or the text is only their beginning.
    ``part`` is set where only that much of a postcode is meant; the point is then in it.
    """

    kind: Kind
    label: str
    slug: str
    easting: float
    northing: float
    longitude: float
    latitude: float
    is_inside_council: bool
    detail: str = ""
    ended_on: str = ""
    is_exact: bool = True
    part: Part | None = None

    @property
    def uprn(self) -> str:
        """The number of an address or property; empty for any other place."""
        return self.slug.removeprefix(_UPRN) if self.slug.startswith(_UPRN) else ""

    @property
    def source_role(self) -> str:
        """The role of the layer that knows the place; empty of a position, which none does."""
        if self.kind == "street":
            # Of the addresses, or where there are none, of the names of places and streets.
            return "place" if self.slug.startswith("place-") else "address"
        if self.kind in ("postcode-district", "postcode-sector"):
            return "postcode"
        return "" if self.kind == "grid-reference" else self.kind
