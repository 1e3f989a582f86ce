"""What lies under a drawn map: the basemap of our own layers, by the rules that screens follow.

Features of a class are defined once as a path and used by every paint that is for them, so that a
street and its casing cost one drawing.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from django.conf import settings
from django.db import OperationalError
from django.utils.translation import gettext as _

from layers.query.basemap.find import BasemapPart, find_basemap
from layers.query.basemap.parts import Part
from layers.query.condition import Condition
from layers.query.drawn import EVERYTHING, Budget, DrawnFeatures, Label, draw_features, draw_labels
from layers.query.registry import PublishedLayer, standing_layers
from layers.query.symbology import mark_of
from maps.backdrop import find_backdrop
from maps.basemap_palettes import PALETTES
from maps.basemap_style import LABELS, PAINTS, Paint, at_zoom
from maps.basemap_style import Label as LabelRule
from maps.drawn.frame import MM_PER_PX, Frame
from maps.drawn.lettering import Lettering, Word
from maps.drawn.markup import Value, element
from maps.drawn.paint import GROUND, PAPER, Palette
from maps.drawn.symbols import symbol_path

_BUDGET = Budget(features=40_000, path_bytes=4_000_000)
# Where a part is too much for a sheet, it is drawn as on a map of so many zooms less.
_ZOOMS_LESS = 3
_CLASS = "class"
# How far below its point a word stands that is not on it.
_BESIDE_MM = 2.4
_OUTLINE = {"print": "#b5b5b5", "light": "#97a1b1", "dark": "#5c6778"}


@dataclass
class Ground:
    """The basemap of one sheet. ``definitions`` belong into its `defs`, ``svg`` undermost."""

    colour: str
    definitions: list[str] = field(default_factory=list)
    svg: str = ""
    layers: list[PublishedLayer] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parts: list[BasemapPart] = field(default_factory=list)
    _paths: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)


def plain_ground(palette: Palette) -> Ground:
    """Return a ground with nothing on it."""
    return Ground(GROUND[palette])


def draw_ground(frame: Frame, palette: Palette) -> Ground:
    """Return the basemap of a sheet, or a plain ground where there is none.

    Another host's pictures are never asked for: a sheet is drawn from our own layers or not at all.
    """
    basemap = find_basemap() if settings.BASEMAP is not None else None
    if basemap is None:
        return _outlines(frame, palette)
    ground = Ground(PALETTES[palette]["land"], parts=list(basemap.parts))
    for part in basemap.parts:
        for layer in part.layers:
            _read(part.part, layer, frame, ground)
    ground.svg = "".join(_painted(paint, frame, palette, ground) for paint in PAINTS)
    return ground


def _outlines(frame: Frame, palette: Palette) -> Ground:
    """Return the council's own areas: without a basemap they say where one is."""
    ground = plain_ground(palette)
    backdrop = find_backdrop(standing_layers().public)
    if backdrop is not None:
        drawn = draw_features(backdrop, frame.sheet, budget=_BUDGET)
        ground.layers.append(backdrop)
        ground.svg = "".join(
            element(
                "path",
                d=each.path,
                fill=PAPER[palette],
                stroke=_OUTLINE[palette],
                stroke_width=0.2,
                stroke_linejoin="round",
            )
            for each in drawn.classes
        )
    return ground


def letter_ground(ground: Ground, frame: Frame, palette: Palette, lettering: Lettering) -> None:
    """Write the basemap's names where there is room."""
    found: dict[tuple[str, str], list[Label]] = {}
    for rule in LABELS:
        if frame.zoom < rule.from_zoom:
            continue
        for layer in _layers_of(rule, ground):
            key = (layer.slug, rule.text)
            if key not in found:
                found[key] = _labels(rule, layer, frame, ground)
            for label in found[key]:
                if label.value in rule.classes:
                    lettering.write(_word(label, rule, frame, palette))


def _read(part: Part, layer: PublishedLayer, frame: Frame, ground: Ground) -> None:
    for zoom in (frame.zoom - less for less in range(_ZOOMS_LESS + 1)):
        shown = _classes_shown(part, layer, zoom)
        if not shown:
            return
        try:
            features = _features(part, layer, shown, frame)
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg.errors.QueryCanceled):
                raise
            break
        if not features.is_crowded:
            _define(part, layer, features, frame, ground)
            return
    ground.notes.append(
        _("“%(layer)s” of the basemap is not drawn: there is too much of it for this sheet.")
        % {"layer": layer.title}
    )


def _classes_shown(part: Part, layer: PublishedLayer, zoom: float) -> set[str]:
    """Return the classes of a layer that something is painted of at a zoom."""
    mark = mark_of(layer.geometry_type)
    return {
        value
        for paint in PAINTS
        if paint.part == part.name and paint.mark == mark and paint.from_zoom <= zoom
        for value in paint.classes
        if part.first_zoom(value) <= zoom
    }


def _features(part: Part, layer: PublishedLayer, shown: set[str], frame: Frame) -> DrawnFeatures:
    by = _CLASS if _CLASS in _fields(layer) else ""
    known = _known(part)
    condition = EVERYTHING
    if by and "" not in shown:
        condition = Condition(
            "properties ->> %(class_field)s = ANY(%(classes_shown)s::text[])",
            {"class_field": by, "classes_shown": sorted(shown)},
        )
    return draw_features(
        layer,
        frame.sheet,
        by=by,
        values=known,
        symbols={value: _dot(part, value, frame) for value in ("", *known)},
        condition=condition,
        budget=_BUDGET,
    )


def _fields(layer: PublishedLayer) -> set[str]:
    """Return the names of a layer's fields: those that rules read are called alike everywhere."""
    return {field.name for field in layer.fields}


def _dot(part: Part, value: str, frame: Frame) -> str:
    """Return the symbol of points of a class, as wide as its paint says."""
    for paint in PAINTS:
        if (paint.part, paint.mark) == (part.name, "point") and value in paint.classes:
            return symbol_path("circle", at_zoom(paint.width_px, frame.zoom) * MM_PER_PX / 2)
    return ""


def _known(part: Part) -> list[str]:
    painted = {value for paint in PAINTS if paint.part == part.name for value in paint.classes}
    lettered = {value for rule in LABELS if rule.part == part.name for value in rule.classes}
    return sorted((painted | lettered | part.from_zoom.keys()) - {""})


def _define(
    part: Part, layer: PublishedLayer, features: DrawnFeatures, frame: Frame, ground: Ground
) -> None:
    ground.layers.append(layer)
    sheet = f"{zlib.crc32(repr(frame).encode()):x}"
    for number, each in enumerate(features.classes):
        id_ = f"ground-{layer.slug}-{number}-{sheet}"
        ground.definitions.append(element("path", d=each.path, id=id_))
        key = (part.name, mark_of(layer.geometry_type), each.value)
        ground._paths.setdefault(key, []).append(id_)


def _painted(paint: Paint, frame: Frame, palette: Palette, ground: Ground) -> str:
    if paint.from_zoom > frame.zoom:
        return ""
    ids = [
        id_
        for value in paint.classes
        for id_ in ground._paths.get((paint.part, paint.mark, value), ())
    ]
    uses = "".join(element("use", href=f"#{id_}") for id_ in ids)
    return element("g", uses, **_attributes(paint, frame, palette)) if uses else ""


def _attributes(paint: Paint, frame: Frame, palette: Palette) -> dict[str, Value]:
    colours = PALETTES[palette]
    if paint.mark == "area":
        has_edge = bool(paint.edge) and frame.zoom >= paint.edge_from_zoom
        return {
            "fill": colours[paint.colour],
            "stroke": colours[paint.edge] if has_edge else None,
            "stroke_width": 0.12 if has_edge else None,
        }
    if paint.mark == "point":
        return {"fill": colours[paint.colour], "stroke": colours["land"], "stroke_width": 0.2}
    ends = "round" if paint.is_round else "butt"
    return {
        "fill": "none",
        "stroke": colours[paint.colour],
        "stroke_width": at_zoom(paint.width_px, frame.zoom) * MM_PER_PX,
        "stroke_dasharray": " ".join(f"{each * MM_PER_PX:.2f}" for each in paint.dash) or None,
        "stroke_linejoin": "round",
        "stroke_linecap": ends,
    }


def _layers_of(rule: LabelRule, ground: Ground) -> Iterator[PublishedLayer]:
    for part in ground.parts:
        if part.part.name == rule.part:
            yield from (layer for layer in part.layers if mark_of(layer.geometry_type) == rule.mark)


def _labels(rule: LabelRule, layer: PublishedLayer, frame: Frame, ground: Ground) -> list[Label]:
    fields = _fields(layer)
    part = next(each.part for each in ground.parts if each.part.name == rule.part)
    if rule.text not in fields:
        return []
    try:
        return draw_labels(
            layer,
            frame.sheet,
            name=rule.text,
            by=_CLASS if _CLASS in fields else "",
            values=_known(part),
            condition=_lettered(rule, fields, frame),
        )
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise
        return []


def _lettered(rule: LabelRule, fields: set[str], frame: Frame) -> Condition:
    """Return which features have a word at this scale: of a city most streets have none."""
    shown = {
        value
        for each in LABELS
        if (each.part, each.text) == (rule.part, rule.text) and each.from_zoom <= frame.zoom
        for value in each.classes
    }
    if _CLASS not in fields or "" in shown:
        return EVERYTHING
    return Condition(
        "properties ->> %(class_field)s = ANY(%(classes_shown)s::text[])",
        {"class_field": _CLASS, "classes_shown": sorted(shown)},
    )


def _word(label: Label, rule: LabelRule, frame: Frame, palette: Palette) -> Word:
    colours = PALETTES[palette]
    return Word(
        label.text,
        label.x_mm,
        label.y_mm + (_BESIDE_MM if getattr(rule, "is_beside", False) else 0),
        at_zoom(rule.size_px, frame.zoom) * MM_PER_PX,
        colours[rule.colour],
        colours[rule.halo],
        angle=label.angle if rule.mark == "line" else 0,
        length_mm=label.length_mm if rule.mark == "line" else 0,
        is_bold=rule.is_bold,
        is_italic=rule.is_italic,
        apart_mm=rule.apart_px * MM_PER_PX,
    )
