"""What the script of the map of all layers is told: where to ask, and what to say."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from maps.backdrop import box_around, describe_backdrop
from maps.web_map.asked import MapAsked

_GREAT_BRITAIN = (-8.2, 49.9, 1.8, 60.9)


def describe_map(
    layers: Mapping[str, PublishedLayer], backdrop: PublishedLayer | None, asked: MapAsked
) -> dict[str, Any]:
    extents = [each.layer.extent_4326 for each in asked.layers]
    around = (
        backdrop.extent_4326
        if backdrop
        else box_around(*(layer.extent_4326 for layer in layers.values()))
    )
    return {
        "label": _(
            "Map of the layers that are switched on. Arrow keys move it; plus and minus zoom."
        ),
        "box": around or box_around(*extents) or _GREAT_BRITAIN,
        "backdrop": describe_backdrop(backdrop),
        "addresses": {
            "map": "/map",
            "card": "/map/layers/",
            "here": "/map/at",
            "list": "/map/list",
            "measure": "/map/measure",
            "square": "/map/square",
            "places": "/api/places",
        },
        "texts": _texts(),
    }


def _texts() -> dict[str, str]:
    return {
        "loading": _("Loading {layers}…"),
        "ready": _("The map shows all layers that are switched on."),
        "empty": _("No layer is switched on. Choose some under “Add layers”."),
        "tooFar": _("Zoom in to see: {layers}."),
        "failedTiles": _("Parts of the map are missing: {layers}. The list has everything."),
        "failedLayer": _("This layer could not be loaded."),
        "failedBackdrop": _(
            "The background of the map could not be loaded. The layers are shown without it."
        ),
        "clusters": _("Circles with a number stand for that many features. Zoom in to see each."),
        "hiddenCells": _(
            "There are too many to filter at this zoom: zoom in to see what you filter for. The "
            "list is filtered already."
        ),
        "asking": _("Looking up what is here…"),
        "foundHere": _("Features found here: {count}."),
        "failedHere": _("What is here could not be looked up. Try again."),
        "nothingChosen": _("Switch on a layer first: then you can ask what is at a place."),
        "failedList": _("The list could not be loaded. Try again, or move the map."),
        "about": _("About {reference}, to 10 m"),
        "exact": _("{reference} (easting {easting}, northing {northing})"),
        "measureStart": _(
            "Click the map for each corner, or move the map and press “Add corner at the middle”."
        ),
        "measureMore": _("Add one more corner."),
        "failedMeasure": _("The measurement could not be made. Try again."),
        "corners": _("Corners: {references}"),
        "moved": _("Map moved to {place}."),
        "noPlace": _("No place of that name was found."),
        "added": _("{layer} added to the map."),
        "removed": _("{layer} taken off the map."),
        "above": _("{layer} is now number {place} from the top."),
        "isTop": _("{layer} is on top already."),
        "isBottom": _("{layer} is at the bottom already."),
        "details": _("All details"),
        "fullScreen": _("Full screen"),
        "leaveFullScreen": _("Leave full screen"),
    }
