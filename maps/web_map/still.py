"""The map as a picture, for whoever has no script: the same layers, filters and area."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from maps.printed.layers_asked import KEPT_PREFIXES, MOST_LAYERS
from maps.web_map.asked import MapAsked


@dataclass(frozen=True, slots=True)
class StillMap:
    """``query`` is what the picture's address asks, encoded; ``alt`` what it shows."""

    query: str
    alt: str


def describe_still(asked: MapAsked, query: QueryDict, *, area_name: str = "") -> StillMap | None:
    """Return the picture of what is asked, or None where a part of it cannot be used.

    Parameters
    ----------
    area_name
        What the chosen area is called; empty for the whole council.
    """
    if asked.faults:
        return None
    drawn = asked.layers[:MOST_LAYERS]
    meant = QueryDict(mutable=True)
    meant.setlist("layer", [each.slug for each in drawn])
    kept = {prefix + each.slug for prefix in KEPT_PREFIXES for each in drawn}
    for name in query:
        if any(name == each or name.startswith(f"{each}.") for each in kept):
            meant.setlist(name, query.getlist(name))
    if area_name:
        meant["area"] = asked.area
    if not asked.has_basemap:
        meant["basemap"] = "off"
    return StillMap(meant.urlencode(), _describe(asked, area_name))


def _describe(asked: MapAsked, area_name: str) -> str:
    titles = ", ".join(each.layer.title for each in asked.layers[:MOST_LAYERS])
    where = area_name or _("the whole area of the council")
    if not titles:
        return _("Map of %s without any layer.") % where
    return _("Map of %(where)s with %(layers)s. The list has each of them.") % {
        "where": where,
        "layers": titles,
    }
