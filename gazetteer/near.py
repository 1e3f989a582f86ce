"""From the position that a device gives to the addresses around it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gazetteer.address_label import address_label
from layers.crs import point_27700
from layers.query.found import FoundFeature
from layers.query.nearest import nearest_features
from layers.query.registry import PublishedLayer, layer_for_role

# A device that knows no more than this names a quarter of a city, and no list could be read.
WORST_ACCURACY_M = 1000.0
# West, south, east, north in degrees: Great Britain and the sea around it.
GREAT_BRITAIN_4326 = (-8.7, 49.8, 1.8, 60.9)

_SHORTEST_REACH_M = 100.0
_MOST_PLACES = 60


class Fault(StrEnum):
    """Why a position cannot be used."""

    UNREADABLE = "unreadable"
    OUTSIDE_GREAT_BRITAIN = "outside-great-britain"
    TOO_COARSE = "too-coarse"


class PositionUnusable(Exception):
    """Nothing can be said of a position; ``fault`` says why, for the page to say it in words."""

    def __init__(self, fault: Fault, accuracy_m: float | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.accuracy_m = accuracy_m


@dataclass(frozen=True, slots=True)
class Position:
    """Where a device thinks it is: EPSG:27700 metres, right to about ``accuracy_m``."""

    easting: float
    northing: float
    accuracy_m: float


@dataclass(frozen=True, slots=True)
class NearPlace:
    """An address near a position, or a postcode where no addresses are published."""

    label: str
    slug: str
    distance_m: float


def read_position(values: Mapping[str, str]) -> Position:
    """Return the position in ``lon`` and ``lat``, degrees, with ``accuracy`` in metres.

    Raises
    ------
    PositionUnusable
        They are no numbers, not in Great Britain, or too inexact to choose an address by.
    """
    longitude, latitude, accuracy_m = (
        _number(values.get(name, "")) for name in ("lon", "lat", "accuracy")
    )
    if accuracy_m < 0:
        raise PositionUnusable(Fault.UNREADABLE)
    west, south, east, north = GREAT_BRITAIN_4326
    if not (west <= longitude <= east and south <= latitude <= north):
        raise PositionUnusable(Fault.OUTSIDE_GREAT_BRITAIN)
    if accuracy_m > WORST_ACCURACY_M:
        raise PositionUnusable(Fault.TOO_COARSE, accuracy_m)
    easting, northing = point_27700(longitude, latitude)
    if not (math.isfinite(easting) and math.isfinite(northing)):
        # Within the box, and beyond the grid: in the ocean.
        raise PositionUnusable(Fault.OUTSIDE_GREAT_BRITAIN)
    return Position(easting, northing, accuracy_m)


def places_near(position: Position) -> list[NearPlace]:
    """Return the addresses within the position's accuracy, 100 m at least, nearest first.

    Postcodes where no address layer is published; nothing where neither is.
    """
    layer = layer_for_role("address") or layer_for_role("postcode")
    if layer is None:
        return []
    found = nearest_features(
        [layer],
        position.easting,
        position.northing,
        limit=_MOST_PLACES,
        max_distance_m=max(_SHORTEST_REACH_M, position.accuracy_m),
    )
    return [_near_place(layer, feature) for feature in found[layer.slug]]


def _near_place(layer: PublishedLayer, feature: FoundFeature) -> NearPlace:
    if layer.role == "address":
        label, slug = address_label(feature.properties), f"uprn-{feature.fid}"
    else:
        label, slug = str(feature.properties.get("postcode") or feature.fid), feature.fid
    return NearPlace(label, slug, feature.distance_m)


def _number(text: str) -> float:
    try:
        number = float(text) if len(text) <= 40 else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise PositionUnusable(Fault.UNREADABLE)
    return number
