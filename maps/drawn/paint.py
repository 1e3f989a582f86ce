"""How a class of features looks: the attributes of its path, from what its layer's style says."""

from dataclasses import dataclass
from typing import Literal

from layers.query.symbology import Mark, SymbolClass, Symbology
from maps.drawn.frame import MM_PER_PX
from maps.drawn.markup import Value, element
from maps.drawn.symbols import CASING_MM

Palette = Literal["print", "light", "dark"]

INK = {"print": "#000000", "light": "#15181e", "dark": "#eceef2"}
PAPER = {"print": "#ffffff", "light": "#ffffff", "dark": "#10141a"}
GROUND = {"print": "#ffffff", "light": "#f4f3ef", "dark": "#181d25"}
SITE = {"print": "#d4141c", "light": "#d4141c", "dark": "#ff6b6b"}

_TINT = 0.2
_DASHES = {"dashed": "2.2 1.2", "dotted": "0.01 1"}
_HATCH_STEP_MM = 1.8
_HATCH_MM = 0.25
_DOT_MM = 0.35
# As maps on screens do it: a layer's colour is chosen to be read on white.
_KEPT_IN_THE_DARK = 0.45


@dataclass(frozen=True, slots=True)
class Look:
    """How some features of one class are drawn."""

    mark: Mark
    colour: str
    line: str
    fill: str
    symbol: str
    width_mm: float

    @property
    def pattern_id(self) -> str:
        """What the pattern of its fill is called; "" for a fill without any."""
        is_patterned = self.mark == "area" and self.fill in ("hatched", "crossed", "dotted")
        return f"{self.fill}-{self.colour[1:]}" if is_patterned else ""


def looks_of(symbology: Symbology, palette: Palette) -> dict[str, Look]:
    """Return how each class looks by its value, and under "" how all others do."""
    width_mm = symbology.width_px * MM_PER_PX
    drawn: list[tuple[str, Symbology | SymbolClass]] = [("", symbology)]
    drawn += [(each.value, each) for each in symbology.classes]
    return {
        value: Look(
            mark=symbology.mark,
            colour=shown_colour(how.colour, palette),
            line=how.line,
            fill=how.fill,
            symbol=how.symbol,
            width_mm=width_mm,
        )
        for value, how in drawn
    }


def shown_colour(colour: str, palette: Palette) -> str:
    """Return a layer's colour (#rrggbb) as it is drawn in a palette."""
    if palette != "dark":
        return colour
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    mixed = (part * _KEPT_IN_THE_DARK + 255 * (1 - _KEPT_IN_THE_DARK) for part in parts)
    return "#" + "".join(f"{round(part):02x}" for part in mixed)


def paint_path(path: str, look: Look, palette: Palette) -> str:
    """Return the path of some features, painted."""
    if look.mark == "point":
        return element(
            "path",
            d=path,
            fill=look.colour,
            stroke=PAPER[palette],
            stroke_width=CASING_MM,
            stroke_linejoin="round",
        )
    stroke: dict[str, Value] = {
        "stroke": look.colour,
        "stroke_width": look.width_mm,
        "stroke_linejoin": "round",
        "stroke_linecap": "butt" if look.line == "dashed" else "round",
        "stroke_dasharray": _DASHES.get(look.line),
    }
    if look.mark == "line":
        return element("path", d=path, fill="none", **stroke)
    return element("path", d=path, **_fill(look), **stroke)


def pattern_of(look: Look) -> str:
    """Return the definition of a patterned fill, or nothing."""
    if not look.pattern_id:
        return ""
    step = _HATCH_STEP_MM
    if look.fill == "dotted":
        drawing = element("circle", cx=step / 2, cy=step / 2, r=_DOT_MM, fill=look.colour)
    else:
        lines = f"M{step / 2} 0V{step}"
        if look.fill == "crossed":
            lines += f"M0 {step / 2}H{step}"
        drawing = element("path", d=lines, stroke=look.colour, stroke_width=_HATCH_MM)
    return element(
        "pattern",
        drawing,
        id=look.pattern_id,
        width=step,
        height=step,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _fill(look: Look) -> dict[str, Value]:
    if look.fill == "none":
        return {"fill": "none"}
    if look.pattern_id:
        return {"fill": f"url(#{look.pattern_id})"}
    return {"fill": look.colour, "fill_opacity": _TINT}
