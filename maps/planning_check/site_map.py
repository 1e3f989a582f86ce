"""What the scripts of the check's maps are told: the site, and what of each finding is near it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import shapely
from django.utils.translation import gettext as _

from layers.query.registry import published_layers
from maps.backdrop import describe_backdrop, describe_ground, find_backdrop, find_ground
from planning.query.outlines import box_around, site_in_degrees
from planning.site import Site

if TYPE_CHECKING:
    from maps.planning_check.page import ListedFinding

_DECIMALS = 7


def describe_check_map(
    site: Site, margin_m: float, findings: Iterable["ListedFinding"]
) -> dict[str, Any]:
    """Return the settings of a check's map; its numbers are read from the page's own lists."""
    return {
        "label": _("Map of the site. Arrow keys move it; plus and minus zoom."),
        "box": box_around(site, margin_m),
        "site": as_geojson(site_in_degrees(site)),
        "findings": [
            {"symbol": each.symbol, "geometry": as_geojson(each.outline.shape)}
            for each in findings
            if each.outline is not None
        ],
        **_surroundings(),
        "texts": {
            "inView": _("The site is outlined. Features found that are in view: {count} of {all}."),
            "none": _("The site is outlined. Nothing that was found lies here."),
        },
    }


def describe_drawing_map(box_4326: tuple[float, ...]) -> dict[str, Any]:
    """Return the settings of the map on which a site is drawn."""
    return {
        "label": _(
            "Map to draw the site on. Arrow keys move it; plus and minus zoom. The buttons below "
            "add a corner at its middle."
        ),
        "box": box_4326,
        **_surroundings(),
        "texts": {
            "start": _(
                "Click the corners of the site, or move the map and add corners at its middle."
            ),
            "one": _("1 corner. A site has at least three; one alone is a point."),
            "few": _("{count} corners. A site has at least three."),
            "enough": _(
                "{count} corners. Close the shape when it is whole, or click its first corner."
            ),
            "closed": _("The shape is closed, with {count} corners. Press “Check this site”."),
            "unreadable": _(
                "What is written in the text field is not one list of corners in degrees, so the "
                "map does not show it. Press “Check this site”, or “Start again” to draw instead."
            ),
        },
    }


def as_geojson(shape: shapely.Geometry) -> dict[str, Any]:
    """Return a geometry in EPSG:4326 as a GeoJSON object, to a centimetre."""
    return shapely.geometry.mapping(shapely.transform(shape, lambda each: each.round(_DECIMALS)))


def _surroundings() -> dict[str, Any]:
    layers = published_layers()
    ground = find_ground(layers)
    return {
        "backdrop": describe_backdrop(find_backdrop(layers)),
        "ground": describe_ground(ground),
        "colour": ground.style.get("colour") if ground else None,
    }
