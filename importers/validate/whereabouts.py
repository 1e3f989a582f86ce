"""Says where on earth a position lies, roughly, so that a person sees what went wrong."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians

NOWHERE = "nowhere on earth"
_KM_PER_DEGREE = 111.2
_COMPASS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


@dataclass(frozen=True, slots=True)
class _Region:
    """A rough box in degrees: west, south, east, north."""

    name: str
    box: tuple[float, float, float, float]

    def holds(self, longitude: float, latitude: float) -> bool:
        west, south, east, north = self.box
        return west <= longitude <= east and south <= latitude <= north


# The small before the large that they lie in. Rough on purpose: "near" is all that is said.
_REGIONS = tuple(
    _Region(name, box)
    for name, box in (
        ("latitude 0, longitude 0, where empty coordinates end up", (-0.1, -0.1, 0.1, 0.1)),
        ("the Isles of Scilly", (-6.6, 49.8, -6.1, 50.1)),
        ("the Channel Islands", (-2.8, 49.1, -1.9, 49.8)),
        ("the Isle of Man", (-4.9, 54.0, -4.3, 54.5)),
        ("Northern Ireland", (-8.2, 54.0, -5.4, 55.4)),
        ("Shetland", (-2.0, 59.8, -0.7, 60.9)),
        ("Orkney", (-3.5, 58.7, -2.3, 59.4)),
        ("Wales", (-5.4, 51.35, -2.9, 53.5)),
        ("Scotland", (-7.8, 54.9, -1.7, 58.8)),
        ("London", (-0.52, 51.28, 0.34, 51.7)),
        ("the south-west of England", (-6.0, 49.9, -2.5, 51.5)),
        ("the south-east of England", (-2.5, 50.5, 1.5, 52.0)),
        ("the east of England", (-0.5, 51.5, 1.8, 53.0)),
        ("the Midlands", (-3.2, 51.9, -0.3, 53.5)),
        ("the north of England", (-3.7, 53.2, 0.2, 55.85)),
        ("Ireland", (-10.7, 51.4, -6.0, 55.4)),
        ("Portugal", (-9.6, 36.9, -6.2, 42.2)),
        ("Spain", (-9.4, 35.9, 3.4, 43.8)),
        ("France", (-5.2, 42.3, 8.3, 51.1)),
        ("the Netherlands and Belgium", (2.5, 49.5, 7.2, 53.6)),
        ("Denmark", (8.0, 54.5, 12.7, 57.8)),
        ("Germany", (5.9, 47.3, 15.0, 55.1)),
        ("Italy", (6.6, 36.6, 18.6, 47.1)),
        ("Norway", (4.5, 57.9, 31.2, 71.2)),
        ("Sweden", (11.0, 55.3, 24.2, 69.1)),
        ("Iceland", (-24.6, 63.3, -13.4, 66.6)),
        ("the North Sea", (-2.0, 51.0, 8.0, 61.0)),
        ("Greece", (19.3, 34.8, 28.3, 41.8)),
        ("Turkey", (26.0, 35.8, 44.8, 42.1)),
        ("Egypt", (24.7, 22.0, 36.9, 31.7)),
        ("Ethiopia", (33.0, 3.4, 41.5, 14.9)),
        ("Somalia", (40.9, -5.0, 56.0, 12.5)),
        ("Kenya and Tanzania", (29.3, -11.7, 41.9, 5.0)),
        ("the Seychelles", (52.0, -11.0, 57.5, -3.5)),
        ("Madagascar", (43.2, -25.6, 50.5, -11.9)),
        ("the Arabian peninsula", (34.5, 12.1, 59.9, 32.2)),
        ("Iran", (44.0, 25.0, 63.3, 39.8)),
        ("India", (68.1, 6.7, 97.4, 35.5)),
        ("West Africa", (-17.6, 4.0, 15.0, 23.0)),
        ("the Gulf of Guinea", (-10.0, -6.0, 10.0, 6.0)),
        ("Central Africa", (9.0, -13.5, 31.3, 13.0)),
        ("southern Africa", (11.7, -34.9, 40.8, -8.0)),
        ("North Africa", (-17.1, 19.0, 25.0, 37.4)),
        ("the eastern United States", (-92.0, 24.5, -66.9, 49.0)),
        ("North America", (-168.0, 15.0, -52.0, 72.0)),
        ("Brazil", (-74.0, -33.8, -34.7, 5.3)),
        ("South America", (-81.4, -55.1, -34.7, 12.5)),
        ("China", (73.5, 18.0, 134.8, 53.6)),
        ("Japan", (128.5, 30.0, 146.0, 45.6)),
        ("Australia", (112.9, -43.7, 153.7, -10.6)),
        ("New Zealand", (166.3, -47.4, 178.7, -34.3)),
        ("Russia", (27.3, 50.0, 180.0, 77.8)),
        ("Antarctica", (-180.0, -90.0, 180.0, -60.0)),
        ("the Arctic", (-180.0, 72.0, 180.0, 90.0)),
        ("the Indian Ocean", (40.0, -60.0, 110.0, 25.0)),
        ("the Atlantic Ocean", (-70.0, -60.0, 15.0, 70.0)),
        ("the Pacific Ocean", (-180.0, -60.0, -70.0, 65.0)),
    )
)


def name_region(longitude: float, latitude: float) -> str:
    """Return the place that a position in degrees is in or near, "nowhere on earth" for none."""
    if abs(longitude) > 180 or abs(latitude) > 90:
        return NOWHERE
    for region in _REGIONS:
        if region.holds(longitude, latitude):
            return f"near {region.name}"
    return "far from Britain"


def describe_way(east_m: float, north_m: float) -> str:
    """Return a way in metres as a person says it: ``5,200 km south-east``."""
    distance_km = hypot(east_m, north_m) / 1000
    eighth = round(degrees(atan2(east_m, north_m)) / 45) % len(_COMPASS)
    shown = f"{distance_km:,.0f}" if distance_km >= 10 else f"{distance_km:.1f}"
    return f"{shown} km {_COMPASS[eighth]}"


def way_in_degrees(
    from_4326: tuple[float, float], to_4326: tuple[float, float]
) -> tuple[float, float]:
    """Return how far east and north in metres, well enough to be told in words."""
    (west, south), (east, north) = from_4326, to_4326
    shrink = cos(radians((south + north) / 2))
    return (
        (east - west) * shrink * _KM_PER_DEGREE * 1000,
        (north - south) * _KM_PER_DEGREE * 1000,
    )
