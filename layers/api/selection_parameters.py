"""Which features a request means: the same parameters wherever features are given."""

from collections.abc import Iterable

from django.http import QueryDict

from layers.api.box_parameters import read_bbox
from layers.api.filter_parameters import FILTER_NAMES, read_filter
from layers.api.parameters import point_27700, read_interval, read_number
from layers.errors import ParameterInvalid
from layers.query.area import find_area
from layers.query.condition import Condition
from layers.query.filters import equality_conditions, parameter_names
from layers.query.registry import PublishedLayer
from layers.query.selection import Area, Circle, Selection

SELECTION_PARAMETERS = FILTER_NAMES | {"bbox", "bbox-crs", "datetime", "within", "area"}
LEAST_RADIUS_M, MOST_RADIUS_M = 1, 5000


def read_selection(
    query: QueryDict, layer: PublishedLayer, others: Iterable[str] = (), *, edition_id: int | None
) -> Selection:
    """Return which features a request means.

    Parameters
    ----------
    others
        The parameters of the address that choose no features: they win over a property of
        the same name, as `SELECTION_PARAMETERS` do.
    edition_id
        Another edition than the published one.

    Raises
    ------
    ParameterInvalid
        A parameter has a value that cannot be used.
    NotFound
        `area` names a feature that is not there.
    """
    return Selection(
        bbox=read_bbox(query),
        circle=_read_circle(query),
        interval=read_interval(query),
        area=_read_area(query),
        filter=read_filter(query, layer),
        equalities=_read_equalities(query, layer, SELECTION_PARAMETERS.union(others)),
        edition_id=edition_id,
    )


def read_place(text: str, name: str) -> tuple[float, float]:
    """Return the easting and northing in metres of "longitude,latitude"."""
    parts = text.split(",")
    if len(parts) != 2:
        raise ParameterInvalid(
            f"“{name}” needs 2 numbers: longitude,latitude in degrees, such as -1.8985,52.4793.",
            name,
        )
    longitude = read_number(parts[0], name, -180, 180)
    latitude = read_number(parts[1], name, -90, 90)
    return point_27700(longitude, latitude, name, f"{name}={longitude:g},{latitude:g}")


def _read_circle(query: QueryDict) -> Circle | None:
    if "within" not in query:
        return None
    place, _, radius = str(query["within"]).rpartition(",")
    if place.count(",") != 1:
        raise ParameterInvalid(
            "“within” needs 3 numbers: longitude and latitude in degrees and a radius in metres, "
            "such as -1.8985,52.4793,500.",
            "within",
        )
    easting, northing = read_place(place, "within")
    return Circle(easting, northing, read_number(radius, "within", LEAST_RADIUS_M, MOST_RADIUS_M))


def _read_area(query: QueryDict) -> Area | None:
    if "area" not in query:
        return None
    slug, _, fid = str(query["area"]).partition("/")
    if not slug or not fid:
        raise ParameterInvalid(
            "“area” needs a collection and the id of one of its features, such as wards/E05011118.",
            "area",
        )
    return find_area(slug, fid)


def _read_equalities(
    query: QueryDict, layer: PublishedLayer, reserved: frozenset[str]
) -> Condition | None:
    if query.keys() <= reserved:
        return None
    names = parameter_names(layer) - reserved
    return equality_conditions(
        {name: str(query[name]) for name in sorted(names) if name in query}, layer
    )
