"""How a layer is drawn, whoever draws it: scripts, tiles' styles, legends and printed maps."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from layers.query.registry import PublishedLayer

Mark = Literal["point", "line", "area"]

_COLOUR = "#1d70b8"


@dataclass(frozen=True, slots=True)
class SymbolClass:
    """How features with one ``value`` are drawn, and what a legend calls them."""

    value: str
    title: str
    colour: str
    line: str = "solid"
    fill: str = "plain"
    symbol: str = "circle"


@dataclass(frozen=True, slots=True)
class Symbology:
    """How a layer is drawn.

    ``mark`` is what its features are. ``line`` (solid, dashed, dotted) is of lines and of the
    outlines of areas, ``fill`` (plain, hatched, crossed, dotted, none) of areas, ``symbol``
    (circle, square, triangle, diamond, star, cross) of points. ``label`` is the field written
    beside features, or "". Below ``min_zoom`` of a web map it is not drawn. Features whose field
    ``by`` has the value of one of the ``classes`` are drawn as that says.
    """

    mark: Mark
    colour: str = _COLOUR
    line: str = "solid"
    fill: str = "plain"
    symbol: str = "circle"
    width_px: float = 2.0
    label: str = ""
    min_zoom: int = 0
    by: str = ""
    classes: tuple[SymbolClass, ...] = ()

    def as_settings(self) -> dict[str, Any]:
        """Return the same for a script, as JSON has it."""
        return asdict(self)


def symbology_of(layer: PublishedLayer) -> Symbology:
    """Return how a layer is drawn, from what its catalogue entry says."""
    said = {name: value for name, value in layer.style.items() if name != "classes"}
    classes = tuple(SymbolClass(**each) for each in layer.style.get("classes", ()))
    return Symbology(mark=mark_of(layer.geometry_type), classes=classes, **said)


def mark_of(geometry_type: str) -> Mark:
    """Return what a geometry type looks like: dots, lines or areas."""
    if geometry_type.endswith("Polygon"):
        return "area"
    return "line" if geometry_type.endswith("LineString") else "point"
