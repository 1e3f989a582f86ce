"""What a basemap is made of: its parts in drawing order, their classes, and from which zoom on.

A layer takes part by its role, "basemap-road" and so on. Its field ``class`` says which of the
part's classes a feature is of; a feature of none, or of one that is not known here, is of the class
"". Zooms are those of web maps: at 10 a city fills the screen, at 17 a street.
"""

from dataclasses import dataclass, field
from typing import Literal

PartName = Literal[
    "foreshore", "green", "water", "building", "boundary", "rail", "road", "name"
]  # fmt: skip

ROLE_PREFIX = "basemap-"
# Below this zoom a council is smaller than a hand; nothing is drawn.
MIN_ZOOM = 8
# There are tiles for this zoom; beyond, scripts enlarge them. A unit is 7 cm on the ground.
MAX_ZOOM = 17
# A tile covers so many pixels of a screen, so that one of 15 is what a map at 16 shows.
TILE_SIDE_PX = 512
MIN_TILE_ZOOM, MAX_TILE_ZOOM = MIN_ZOOM - 1, MAX_ZOOM - 1


@dataclass(frozen=True, slots=True)
class Part:
    """One part. ``from_zoom`` is by class; that of "" holds for every class that is not named.

    ``names_from_zoom`` likewise says from where on names are in the tiles; a class without a zoom
    there has none. ``min_area_px`` is what an area must measure on the screen to be drawn,
    and ``is_merged_below`` the zoom under which lines of one class and name are joined.
    """

    name: PartName
    from_zoom: dict[str, int]
    names_from_zoom: dict[str, int] = field(default_factory=dict)
    min_area_px: float = 4.0
    is_merged_below: int = 0

    @property
    def role(self) -> str:
        """The role of the layers that it is drawn from."""
        return f"{ROLE_PREFIX}{self.name}"

    def first_zoom(self, class_: str) -> int:
        """Return from which zoom on features of a class are drawn."""
        return self.from_zoom.get(class_, self.from_zoom[""])

    def first_zoom_of_names(self, class_: str) -> int | None:
        """Return from which zoom on a class has its names, or None."""
        return self.names_from_zoom.get(class_, self.names_from_zoom.get(""))


# In drawing order, the first undermost: a lake lies in its park.
PARTS: tuple[Part, ...] = (
    Part("foreshore", {"": 10}),
    Part("green", {"wood": 9, "park": 11, "": 12}, {"wood": 15, "park": 14, "": 15}),
    Part(
        "water",
        {"tidal": 8, "river": 9, "canal": 11, "stream": 14, "": 9},
        {"river": 14, "canal": 15, "stream": 16, "": 14},
        is_merged_below=14,
    ),
    Part("building", {"important": 14, "": 15}, {"important": 17}, min_area_px=6.0),
    Part("boundary", {"": 10}, is_merged_below=13),
    Part(
        "rail",
        {"rail": 10, "station": 12, "tram": 13, "tunnel": 14, "": 13},
        {"station": 14},
        is_merged_below=14,
    ),
    Part(
        "road",
        {"motorway": 8, "primary": 8, "a-road": 10, "b-road": 11, "minor": 12, "local": 13}
        | {"access": 15, "path": 16, "": 13},
        {"motorway": 12, "primary": 13, "a-road": 13, "b-road": 14, "minor": 15, "local": 15}
        | {"": 16},
        is_merged_below=14,
    ),
    Part(
        "name",
        {"city": 8, "town": 9, "suburb": 12, "village": 12, "hamlet": 14, "water": 14}
        | {"wood": 14, "landform": 15, "site": 16, "": 15},
        {"": 8},
    ),
)

ROLES = frozenset(part.role for part in PARTS)
