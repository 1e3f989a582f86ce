"""A feature as an item of a list, and of the map beside it."""

from dataclasses import dataclass

from maps.field_values import FieldValue
from maps.opening_hours.describe import Hours


@dataclass(frozen=True, slots=True)
class ListedFeature:
    """A feature in the list and on the map, under one number.

    ``hours`` are None where its layer has none, ``facts`` what else residents ask about.
    ``note`` is what is true of it for this place, such as that it lies in a school's catchment.
    ``longitude`` and ``latitude`` are EPSG:4326, where its marker goes.
    """

    number: int
    symbol: int
    fid: str
    title: str
    hours: Hours | None
    facts: tuple[FieldValue, ...]
    distance: str
    distance_m: float
    longitude: float
    latitude: float
    note: str = ""
