"""Which council's area a place is in, for places that are not in ours."""

import re
from dataclasses import dataclass

from layers.models import Organisation
from layers.query.containing import features_at
from layers.query.found import title_of
from layers.query.registry import layer_for_role
from layers.query.web_address import web_address

# Boundary-Line says of what kind an area is behind its name: "Reigate and Banstead District (B)".
_KIND = re.compile(r"(\s+(District|London Boro(ugh)?))?(\s+\([A-Z]{1,2}\))?$")


@dataclass(frozen=True, slots=True)
class CouncilArea:
    """The area of a council. ``place`` is such as "Solihull".

    ``council`` is what the council calls itself and ``website`` where it is found; empty
    where the layer does not know.
    """

    code: str
    place: str
    council: str
    website: str


def neighbour_at(easting: float, northing: float) -> CouncilArea | None:
    """Return which other council's area a point is in, by the layer of role ``council``.

    None where no such layer is published or the point is in no area of it. So too on the edge
    of two, where nobody can say, and in an area that is ours.

    Parameters
    ----------
    easting, northing
        EPSG:27700, metres.
    """
    layer = layer_for_role("council")
    if layer is None:
        return None
    areas = features_at([layer], easting, northing)[layer.slug]
    if len(areas) != 1:
        return None
    properties = areas[0].properties
    code = str(properties.get("code") or "")
    # Wards and councils come from two sources, whose lines differ by some metres.
    if Organisation.objects.using("read").filter(gss_code=code).exists():
        return None
    return CouncilArea(
        code=code,
        place=place_name(title_of(layer, properties, areas[0].fid)),
        council=str(properties.get("council") or ""),
        website=web_address(properties.get("website")),
    )


def place_name(name: str) -> str:
    """Return "Reigate and Banstead" for "Reigate and Banstead District (B)"."""
    return _KIND.sub("", name.strip())
