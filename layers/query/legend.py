"""Legends: each way that features of a layer are drawn, as a small drawing with words beside it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from layers.query.symbology import Mark, SymbolClass, Symbology, symbology_of

# As `assets/js/rendering/symbols.js` has them, in a box from -1 to 1.
SHAPES = {
    "circle": "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
    "square": "M-.85 -.85H.85V.85H-.85Z",
    "triangle": "M0 -1L1 .8H-1Z",
    "diamond": "M0 -1.1L1.1 0L0 1.1L-1.1 0Z",
    "star": "M0 -1.15L.33 -.4L1.15 -.35L.52 .17L.72 .98L0 .55L-.72 .98L-.52 .17L-1.15 -.35L-.33 -.4Z",  # noqa: E501 - one path
    "cross": "M-.35 -1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z",
}
_DASHES = {"dashed": "6 3", "dotted": "2 3"}
# In the dark, colours are mixed with white as the style sheet and the scripts do it.
_SHARE_KEPT_IN_THE_DARK = 0.45


@dataclass(frozen=True, slots=True)
class Swatch:
    """One line of a legend. ``colour`` is for light screens, ``dark_colour`` for dark ones."""

    title: str
    mark: Mark
    colour: str
    dark_colour: str
    line: str
    fill: str
    path: str

    @property
    def dashes(self) -> str:
        return _DASHES.get(self.line, "")


def legend_of(layer: PublishedLayer) -> list[Swatch]:
    """Return the lines of a layer's legend: its classes, and whatever belongs to none of them."""
    symbology = symbology_of(layer)
    rest = _("Others") if symbology.classes else layer.title
    looks: list[tuple[str, SymbolClass | Symbology]] = [
        *((each.title, each) for each in symbology.classes),
        (rest, symbology),
    ]
    return [
        Swatch(
            title,
            symbology.mark,
            look.colour,
            _in_the_dark(look.colour),
            look.line,
            look.fill,
            SHAPES[look.symbol],
        )
        for title, look in looks
    ]


def _in_the_dark(colour: str) -> str:
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    mixed = (
        round(part * _SHARE_KEPT_IN_THE_DARK + 255 * (1 - _SHARE_KEPT_IN_THE_DARK))
        for part in parts
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)
