"""An area that somebody drew on the map, as it stands in an address."""

from collections.abc import Callable

from django.utils.translation import gettext as _

_LEAST_CORNERS, _MOST_CORNERS = 3, 60
Corners = tuple[tuple[float, float], ...]


def read_corners(text: str, note: Callable[[str, str], None]) -> Corners:
    """Return corners (longitude, latitude; EPSG:4326) of “-1.9,52.4 -1.8,52.4 -1.8,52.5”.

    What cannot be read is noted of ``shape``, and gives none.
    """
    if not text:
        return ()
    corners = [_corner(pair) for pair in text.split()]
    known = tuple(corner for corner in corners if corner is not None)
    if len(known) < len(corners) or not _LEAST_CORNERS <= len(corners) <= _MOST_CORNERS:
        note(
            "shape",
            _(
                "Give %(least)s to %(most)s corners as longitude,latitude with spaces between them,"
                " such as -1.91,52.47 -1.88,52.47 -1.88,52.49"
            )
            % {"least": _LEAST_CORNERS, "most": _MOST_CORNERS},
        )
        return ()
    return known


def _corner(pair: str) -> tuple[float, float] | None:
    longitude, _comma, latitude = pair.partition(",")
    try:
        position = float(longitude), float(latitude)
    except ValueError:
        return None
    # Also what is not a number is nowhere.
    return position if -180 <= position[0] <= 180 and -90 <= position[1] <= 90 else None
