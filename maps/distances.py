"""Straight-line distances in words, in the units that people in the UK use."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

_METRES_IN_A_MILE = 1609.344
_SHORTEST_IN_MILES_M = 0.05 * _METRES_IN_A_MILE
_METRES_IN_A_KILOMETRE = 1000


def describe_length(distance_m: float) -> str:
    """Return a length such as “0.4 miles (640 m)”, for a page that says once how it measures."""
    metric = describe_metres(distance_m)
    if distance_m < _SHORTEST_IN_MILES_M:
        return metric
    miles = round(distance_m / _METRES_IN_A_MILE, 1)
    if miles == 1:
        return _("1 mile (%(metric)s)") % {"metric": metric}
    return _("%(miles)s miles (%(metric)s)") % {
        "miles": number_format(miles, 1),
        "metric": metric,
    }


def describe_metres(distance_m: float) -> str:
    """Return a distance such as “640 m” or “1.2 km”."""
    # What a resident can use: nobody walks to the metre, and geocodes are not that exact.
    tens = max(10, round(distance_m / 10) * 10)
    if tens < _METRES_IN_A_KILOMETRE:
        return _("%(metres)s m") % {"metres": tens}
    kilometres = number_format(round(distance_m / _METRES_IN_A_KILOMETRE, 1), 1)
    return _("%(kilometres)s km") % {"kilometres": kilometres}
