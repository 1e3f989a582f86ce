"""What the signs on a drawn map mean."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from layers.query.drawn import DrawnFeatures
from layers.query.symbology import Symbology
from maps.drawn.markup import element
from maps.drawn.paint import INK, PAPER, SITE, Look, Palette, paint_path, pattern_of
from maps.drawn.symbols import symbol_path

_WIDTH_MM, _HEIGHT_MM = 7.0, 4.4


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign (``swatch``, SVG 7 × 4.4 mm), what it stands for, and what else is to be said."""

    title: str
    swatch: str
    note: str = ""


def entries_of(
    title: str,
    symbology: Symbology,
    looks: dict[str, Look],
    drawn: DrawnFeatures,
    palette: Palette,
) -> list[LegendEntry]:
    """Return an entry for each class that is on the map, or one for a layer without classes."""
    if not symbology.classes or not drawn.count:
        return [LegendEntry(title, swatch(looks[""], palette), _note(drawn))]
    counts = {each.value: each.count for each in drawn.classes}
    entries = [
        LegendEntry(f"{title}: {each.title}", swatch(looks[each.value], palette))
        for each in symbology.classes
        if each.value in counts
    ]
    if "" in counts:
        entries.append(LegendEntry(_("%s: other") % title, swatch(looks[""], palette)))
    return entries


def counted_entry(title: str, look: Look, palette: Palette) -> LegendEntry:
    """Return the entry of a layer that has too many features to draw each."""
    disc = draw_count(_WIDTH_MM / 2, _HEIGHT_MM / 2, 1, look.colour, palette, text="n")
    note = _("Too many to draw each at this scale. The numbers say how many are near.")
    return LegendEntry(title, _framed(disc), note)


def failed_entry(title: str, palette: Palette) -> LegendEntry:
    """Return the entry of a layer that could not be read in time."""
    cross = element("path", d="M2 .8l3 2.8M5 .8l-3 2.8", stroke=INK[palette], stroke_width=0.5)
    return LegendEntry(title, _framed(cross), _("Not drawn: it could not be read in time."))


def site_entry(label: str, palette: Palette, *, is_point: bool) -> LegendEntry:
    """Return the entry of the site."""
    if is_point:
        sign = element(
            "circle",
            cx=_WIDTH_MM / 2,
            cy=_HEIGHT_MM / 2,
            r=1.7,
            fill="none",
            stroke=SITE[palette],
            stroke_width=0.7,
        )
    else:
        sign = element(
            "path", d=_BOX, fill=SITE[palette], fill_opacity=0.06, stroke=SITE[palette],
            stroke_width=0.7,
        )  # fmt: skip
    return LegendEntry(label, _framed(sign))


def swatch(look: Look, palette: Palette) -> str:
    """Return the sign of a class as an SVG of its own."""
    if look.mark == "point":
        x, y = _WIDTH_MM / 2, _HEIGHT_MM / 2
        return _framed(paint_path(f"M{x} {y}{symbol_path(look.symbol)}", look, palette))
    path = _BOX if look.mark == "area" else f"M.4 {_HEIGHT_MM / 2}h{_WIDTH_MM - 0.8}"
    return _framed(paint_path(path, look, palette), pattern_of(look))


def draw_count(x: float, y: float, share: float, colour: str, palette: Palette, text: str) -> str:
    """Return a disc with a number; ``share`` from 0 to 1 says how large it is."""
    radius = (1.2 if text == "n" else 1.7) + 0.5 * share * len(text) ** 0.5
    disc = element(
        "circle",
        cx=x,
        cy=y,
        r=radius,
        fill=colour,
        fill_opacity=0.9,
        stroke=PAPER[palette],
        stroke_width=0.3,
    )
    digits = element(
        "text",
        text,
        x=x,
        y=y + 0.65,
        font_size=1.8,
        text_anchor="middle",
        font_weight="700",
        fill=PAPER[palette],
    )
    return disc + digits


def _note(drawn: DrawnFeatures) -> str:
    if not drawn.count:
        return _("None on this map.")
    return ngettext("%s on this map.", "%s on this map.", drawn.count) % f"{drawn.count:,}"


def _framed(content: str, definitions: str = "") -> str:
    return element(
        "svg",
        (element("defs", definitions) if definitions else "") + content,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{_WIDTH_MM}mm",
        height=f"{_HEIGHT_MM}mm",
        viewBox=f"0 0 {_WIDTH_MM} {_HEIGHT_MM}",
        aria_hidden="true",
        focusable="false",
        class_="drawn__swatch",
    )


_BOX = f"M.5 .5h{_WIDTH_MM - 1}v{_HEIGHT_MM - 1}h{1 - _WIDTH_MM}z"
