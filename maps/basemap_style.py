"""How each part of the basemap is drawn: the one place for its rules, for screens and for paper.

`PAINTS` are put on one after another, the first undermost: all features of all tiles (or of the
sheet) that a paint is for, then the next. That way streets that meet share one casing. `LABELS`
come last; of two that would touch, the one that stands earlier in the list is written.

Widths and sizes are in CSS pixels at a zoom of web maps, and grow evenly in between (`at_zoom`).
Colours are names of `maps.basemap_palettes`.
"""

import hashlib
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import orjson

from layers.query.basemap.parts import PARTS, PartName
from layers.query.symbology import Mark
from maps.basemap_palettes import PALETTES

Stops = tuple[tuple[float, float], ...]

_PART = {part.name: part for part in PARTS}


@dataclass(frozen=True, slots=True)
class Paint:
    """One fill, stroke or symbol. ``classes`` are those it is for; "" stands for every other one.

    An area is filled with ``colour`` and, from ``edge_from_zoom`` on, has an outline of ``edge``.
    A line is ``width_px`` wide; its ``dash`` is in pixels, drawn and left out by turns. Only lines
    are: the outline of an area is its own. A point is a dot, ``width_px`` across.
    """

    part: PartName
    classes: tuple[str, ...]
    mark: Mark
    colour: str
    from_zoom: float
    width_px: Stops = ()
    dash: tuple[float, ...] = ()
    edge: str = ""
    edge_from_zoom: float = 0
    is_round: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """Names along lines, in the middle of areas, and on points or beside them.

    ``text`` is the property. ``apart_px`` is how far apart two of the same text are at least.
    """

    part: PartName
    classes: tuple[str, ...]
    mark: Mark
    colour: str
    size_px: Stops
    from_zoom: float
    text: str = "name"
    is_bold: bool = False
    is_italic: bool = False
    is_spaced: bool = False
    is_beside: bool = False
    apart_px: float = 250.0

    @property
    def halo(self) -> str:
        """The colour around its letters."""
        return f"{self.colour}-halo"


def at_zoom(stops: Stops, zoom: float) -> float:
    """Return what ``stops`` (zoom, pixels) come to at a zoom: the ends hold beyond them."""
    if zoom <= stops[0][0]:
        return stops[0][1]
    for (below, small), (above, large) in zip(stops, stops[1:], strict=False):
        if zoom <= above:
            return small + (large - small) * (zoom - below) / (above - below)
    return stops[-1][1]


def _area(
    part: PartName, classes: tuple[str, ...], colour: str, edge: str = "", edge_from: float = 0
) -> Paint:
    from_zoom = min(_PART[part].first_zoom(each) for each in classes)
    return Paint(part, classes, "area", colour, from_zoom, edge=edge, edge_from_zoom=edge_from)


def _line(
    part: PartName,
    classes: tuple[str, ...],
    colour: str,
    width_px: Stops,
    *,
    dash: tuple[float, ...] = (),
    from_zoom: float = 0,
    is_round: bool = True,
) -> Paint:
    first = min(_PART[part].first_zoom(each) for each in classes)
    zoom = max(first, from_zoom)
    return Paint(part, classes, "line", colour, zoom, width_px, dash, is_round=is_round)


# Class, colour, width, and from where on it has a casing. The least important first.
_STREETS: tuple[tuple[tuple[str, ...], str, Stops, float], ...] = (
    (("access",), "street", ((15, 1.2), (16, 2.5), (18, 8), (20, 22)), 15),
    (("local", ""), "street", ((13, 0.9), (14, 1.8), (16, 5.5), (18, 14), (20, 40)), 13.5),
    (("minor",), "street", ((12, 0.9), (13, 1.5), (14, 2.6), (16, 7), (18, 17), (20, 46)), 12.5),
    (("b-road",), "b-road", ((11, 1.2), (13, 2.2), (14, 3.4), (16, 8.5), (18, 19), (20, 50)), 11.5),
    (("a-road",), "a-road", ((10, 1.3), (12, 2.2), (14, 4.4), (16, 10), (18, 22), (20, 56)), 11),
    (("primary",), "a-road", ((8, 1.1), (12, 2.8), (14, 5), (16, 11), (18, 24), (20, 60)), 10),
    (("motorway",), "motorway", ((8, 1.4), (12, 3.4), (14, 6), (16, 13), (18, 27), (20, 66)), 9),
)
_CASING_PX = ((8, 0.5), (14, 0.8), (18, 1.2))


def _casing(classes: tuple[str, ...], colour: str, width_px: Stops, from_zoom: float) -> Paint:
    wider = tuple((zoom, width + 2 * at_zoom(_CASING_PX, zoom)) for zoom, width in width_px)
    return _line("road", classes, f"{colour}-casing", wider, from_zoom=from_zoom)


PAINTS: tuple[Paint, ...] = (
    _area("foreshore", ("",), "foreshore"),
    _area("green", ("",), "open"),
    _area("green", ("park",), "park"),
    _area("green", ("wood",), "wood"),
    _area("water", ("", "tidal", "river", "canal", "stream"), "water"),
    _line("water", ("stream",), "water-line", ((14, 0.7), (16, 1.2), (18, 2.4))),
    _line("water", ("canal",), "water-line", ((11, 1), (14, 2.2), (16, 4.5), (18, 10))),
    _line("water", ("river", "", "tidal"), "water-line", ((9, 0.8), (12, 1.6), (16, 4), (18, 8))),
    _area("building", ("",), "building", "building-edge", 16),
    _area("building", ("important",), "important", "building-edge", 15),
    _line("boundary", ("",), "boundary", ((10, 1), (16, 2)), dash=(7, 3, 1.5, 3), is_round=False),
    _line("rail", ("tunnel",), "rail", ((14, 0.8), (18, 1.6)), dash=(4, 4), is_round=False),
    _line("rail", ("tram", ""), "rail", ((13, 0.7), (16, 1.2), (18, 1.8))),
    _line("rail", ("rail",), "rail", ((10, 0.8), (13, 1.4), (16, 2.8), (18, 4))),
    _line(
        "rail",
        ("rail",),
        "rail-sleepers",
        ((13, 0.7), (16, 1.6), (18, 2.4)),
        dash=(6, 6),
        from_zoom=13,
        is_round=False,
    ),
    _line("road", ("path",), "path", ((16, 1), (18, 1.6)), dash=(3, 3), is_round=False),
    *(_casing(classes, colour, width, zoom) for classes, colour, width, zoom in _STREETS),
    *(_line("road", classes, colour, width) for classes, colour, width, _ in _STREETS),
    Paint("rail", ("station",), "point", "station", 12, ((12, 4), (15, 7), (18, 10))),
)


def _label(
    part: PartName,
    classes: tuple[str, ...],
    mark: Mark,
    colour: str,
    size_px: Stops,
    **how: Any,
) -> Label:
    zooms = [_PART[part].first_zoom_of_names(each) for each in classes]
    drawn = min(_PART[part].first_zoom(each) for each in classes)
    from_zoom = max(drawn, min(zoom for zoom in zooms if zoom is not None))
    return Label(part, classes, mark, colour, size_px, from_zoom, **how)


LABELS: tuple[Label, ...] = (
    _label("name", ("city",), "point", "name", ((8, 14), (13, 22), (18, 24)), is_bold=True),
    _label("name", ("town",), "point", "name", ((9, 12), (14, 17), (18, 20)), is_bold=True),
    _label("name", ("suburb",), "point", "name", ((12, 11), (16, 15)), is_spaced=True),
    _label("name", ("village",), "point", "name", ((12, 11), (16, 15))),
    _label("name", ("hamlet",), "point", "name", ((14, 11), (17, 14))),
    _label(
        "road",
        ("motorway", "primary", "a-road"),
        "line",
        "road-name",
        ((12, 10), (18, 13)),
        text="number",
        is_bold=True,
        apart_px=420,
    ),
    _label("rail", ("station",), "point", "station", ((14, 11), (18, 13)), is_beside=True),
    _label(
        "water", ("river", "canal", ""), "line", "water-name", ((14, 11), (18, 14)), is_italic=True
    ),
    _label("water", ("", "tidal"), "area", "water-name", ((14, 11), (18, 14)), is_italic=True),
    _label("name", ("water",), "point", "water-name", ((14, 11), (18, 14)), is_italic=True),
    _label("green", ("park", "", "wood"), "area", "green-name", ((14, 10), (18, 14))),
    _label("name", ("wood",), "point", "green-name", ((14, 10), (18, 13))),
    _label("road", ("primary", "a-road", "b-road"), "line", "road-name", ((14, 10.5), (18, 14))),
    _label("road", ("minor", "local", ""), "line", "road-name", ((15, 10), (18, 13.5))),
    _label("road", ("access",), "line", "road-name", ((16, 10), (18, 12))),
    _label("name", ("landform", "site", ""), "point", "name", ((15, 10), (18, 12))),
    _label("building", ("important",), "area", "road-name", ((17, 10), (19, 13))),
)


@cache
def style_as_settings() -> dict[str, Any]:
    """Return everything for a script: rules, and the colours of screens."""
    return {
        "palettes": {theme: PALETTES[theme] for theme in ("light", "dark")},
        "paints": [_said(asdict(paint)) for paint in PAINTS],
        "labels": [_said(asdict(label)) | {"halo": label.halo} for label in LABELS],
    }


@cache
def style_as_json() -> bytes:
    """Return `style_as_settings` as it is sent."""
    return orjson.dumps(style_as_settings())


@cache
def style_digest() -> str:
    """Return what its address says of it: another style has another address."""
    return hashlib.sha256(style_as_json()).hexdigest()[:12]


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is not empty, in the names of scripts."""
    return {_camel(name): value for name, value in values.items() if value not in ((), "", False)}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
