"""The page on which a site is given, with what was given and what is wrong with it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from maps.planning_check.council_area import council_extent
from maps.planning_check.site_map import describe_drawing_map
from planning.boundary import example_corner
from planning.query.outlines import box_around, box_in_degrees
from planning.site import LONGEST_LABEL, Site

_MARGIN_M = 60.0
_FIELDS = {"boundary": "boundary", "day": "as_at", "file": "file", "place": "place"}


def describe_form(
    *,
    way: str = "",
    faults: Sequence[str] = (),
    boundary: str = "",
    label: str = "",
    given_as: str = "typed",
    place: str = "",
    as_at: str = "",
    around: Site | None = None,
) -> dict[str, Any]:
    """Return the page's context.

    ``way`` is the form, or the field of it, that ``faults`` are about. ``boundary``, ``label``,
    ``given_as``, ``place`` and the day ``as_at`` are what the fields hold; the map begins
    ``around`` a site.
    """
    extent = council_extent()
    box = box_around(around, _MARGIN_M) if around else box_in_degrees(extent) if extent else None
    return {
        "example_corner": example_corner(extent) if extent else "",
        "way": way,
        "faults": faults,
        "faulty_field": _FIELDS.get(way, "main-content"),
        "boundary": boundary,
        "label": label,
        "given_as": given_as,
        "text": place,
        "as_at": as_at,
        "longest_label": LONGEST_LABEL,
        "most_megabytes": settings.SITE_FILE_MAX_BYTES // 1_000_000,
        "web_map": describe_drawing_map(box) if box else None,
        "no_council": ""
        if extent
        else _("No council is set up here yet, so nothing can be checked."),
    }
