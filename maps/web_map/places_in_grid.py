"""Where a point of the map is, in the words of the National Grid."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from gazetteer.query import square_of
from layers.crs import point_27700
from layers.errors import ParameterInvalid


@dataclass(frozen=True, slots=True)
class GridPoint:
    """A point: degrees (EPSG:4326), metres by OSTN15 (EPSG:27700), and its reference to 1 m."""

    longitude: float
    latitude: float
    easting: float
    northing: float
    reference: str

    @property
    def slug(self) -> str:
        """What pages about this square metre have in their address."""
        return f"grid-{self.reference.replace(' ', '')}"


def read_grid_point(query: QueryDict) -> GridPoint:
    """Return the point that ``lon`` and ``lat`` of an address mean.

    Raises
    ------
    ParameterInvalid
        They are no numbers, or not in Great Britain.
    """
    return grid_point(_read_degrees(query, "lon", 180), _read_degrees(query, "lat", 90))


def grid_point(longitude: float, latitude: float) -> GridPoint:
    """Return a point given in degrees.

    Raises
    ------
    ParameterInvalid
        It is outside Great Britain, where the National Grid has no places.
    """
    easting, northing = point_27700(longitude, latitude)
    square = square_of(easting, northing) if easting == easting else None
    if square is None:
        raise ParameterInvalid(
            _("That place is outside Great Britain. Choose one on the map of the council."), "lon"
        )
    return GridPoint(longitude, latitude, easting, northing, square.label)


def _read_degrees(query: QueryDict, name: str, most: float) -> float:
    try:
        degrees = float(query.get(name, ""))
    except ValueError:
        degrees = float("nan")
    if abs(degrees) <= most:
        return degrees
    raise ParameterInvalid(
        _("The place has no “%(name)s” that can be used: a number of degrees is needed.")
        % {"name": name},
        name,
    )
