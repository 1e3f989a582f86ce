"""A place that somebody looked up: a postcode, an address or a street, as a point."""

from dataclasses import dataclass
from typing import Literal


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

    ``slug`` is the last part of its page's address: ``B11BB``, ``uprn-100070000001``;
    empty for a street, which has no page of its own. Easting and northing are
    EPSG:27700 metres, longitude and latitude EPSG:4326 degrees. ``part`` is set
    where only that much of a postcode is meant; the point is then in it.
    """

    kind: Literal["postcode", "address", "street"]
    label: str
    slug: str
    easting: float
    northing: float
    longitude: float
    latitude: float
    is_inside_council: bool
    part: Part | None = None
