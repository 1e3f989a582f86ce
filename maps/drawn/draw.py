"""A whole map as one SVG: layers in their order, the site, words, scale bar and north arrow."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg
from django.contrib.gis.geos import GEOSGeometry
from django.db import OperationalError
from django.utils.translation import gettext as _

from layers.query.condition import Condition
from layers.query.drawn import (
    EVERYTHING,
    Budget,
    Cell,
    DrawnFeatures,
    count_cells,
    draw_features,
    draw_labels,
)
from layers.query.registry import PublishedLayer
from layers.query.symbology import Symbology, symbology_of
from maps.drawn.frame import Frame
from maps.drawn.furniture import (
    draw_coordinates,
    draw_credit,
    draw_north,
    draw_scale_bar,
    scale_bar,
)
from maps.drawn.ground import Ground, draw_ground, letter_ground, plain_ground
from maps.drawn.legend import (
    LegendEntry,
    counted_entry,
    draw_count,
    entries_of,
    failed_entry,
    site_entry,
)
from maps.drawn.lettering import FONT, Lettering, Word
from maps.drawn.markers import Numbered, draw_numbered, draw_site
from maps.drawn.markup import Value, element, words
from maps.drawn.paint import INK, PAPER, Look, Palette, looks_of, paint_path, pattern_of
from maps.drawn.symbols import symbol_path

_LABEL_MM = 2.4
_MOST_CELLS = 2_000
_EDGE_MM = 5.5
# Points that would cover each other say less than their numbers do.
_POINTS = Budget(features=5_000)
_SHAPES = Budget()


@dataclass(frozen=True, slots=True)
class DrawnLayer:
    """A layer as somebody wants it drawn.

    ``condition`` says which of its features are meant; that not all are, where ``is_filtered``,
    is said in the legend.
    """

    layer: PublishedLayer
    opacity: float = 1.0
    condition: Condition = EVERYTHING
    is_filtered: bool = False

    @property
    def title(self) -> str:
        """What the legend calls it."""
        return _("%s (some of them)") % self.layer.title if self.is_filtered else self.layer.title


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map as an SVG of its exact size, with what stands beside it.

    ``legend`` explains its signs; ``layers``, and ``ground_layers`` of the basemap, are those it
    was drawn from (for editions, sources and licences); ``notes`` say what could not be shown.
    """

    frame: Frame
    svg: str
    legend: tuple[LegendEntry, ...]
    layers: tuple[PublishedLayer, ...]
    ground_layers: tuple[PublishedLayer, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Painted:
    """What has been put on the sheet so far."""

    body: list[str] = field(default_factory=list)
    patterns: dict[str, str] = field(default_factory=dict)
    legend: list[LegendEntry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def draw_map(
    frame: Frame,
    drawn_layers: Sequence[DrawnLayer],
    *,
    title: str,
    site: GEOSGeometry | None = None,
    site_label: str = "",
    numbered: Sequence[Numbered] = (),
    has_basemap: bool = True,
    palette: Palette = "print",
    has_coordinates: bool = True,
    has_credit: bool = False,
) -> DrawnMap:
    """Return a map of some layers, the first undermost.

    Parameters
    ----------
    frame
        The ground that is shown, in EPSG:27700, and how large.
    title
        What the picture shows, for people who do not see it.
    site
        A Point, Polygon or MultiPolygon in EPSG:27700, outlined in red; ``site_label`` is what
        the legend calls it.
    numbered
        Places with the numbers that they have in the page's list.
    has_basemap
        Whether our own basemap lies under it, where there is one.
    has_coordinates
        Whether eastings and northings stand along the edges.
    has_credit
        Whether sources stand in a corner: for a picture that goes without a page around it.

    Raises
    ------
    LayerMoved
        A layer is no longer as it was remembered: `layers.query.cache.read_through_many`.
    """
    painted = _Painted()
    ground = draw_ground(frame, palette) if has_basemap else plain_ground(palette)
    lettering = _lettering(frame, numbered, has_coordinates=has_coordinates)
    for drawn in drawn_layers:
        _paint_layer(drawn, frame, palette, painted)
    if site is not None:
        painted.body.append(draw_site(site, frame, palette))
        label = site_label or _("The site")
        entry = site_entry(label, palette, is_point=site.geom_type == "Point")
        painted.legend.insert(0, entry)
    for drawn in reversed(drawn_layers):
        _write_labels(drawn, frame, palette, lettering)
    letter_ground(ground, frame, palette, lettering)
    furniture = (
        (draw_coordinates(frame, palette) if has_coordinates else "")
        + draw_scale_bar(frame, palette)
        + draw_north(frame, palette)
    )
    layers = tuple(drawn.layer for drawn in drawn_layers)
    if has_credit:
        shown = (*layers, *ground.layers)
        furniture += draw_credit([layer.attribution for layer in shown], frame, palette)
    return DrawnMap(
        frame=frame,
        svg=_document(
            frame,
            title,
            palette,
            ground,
            painted,
            lettering.svg + draw_numbered(numbered, frame, palette) + furniture,
        ),
        legend=tuple(painted.legend),
        layers=layers,
        ground_layers=tuple(ground.layers),
        notes=(*painted.notes, *ground.notes),
    )


def _paint_layer(drawn: DrawnLayer, frame: Frame, palette: Palette, painted: _Painted) -> None:
    symbology = symbology_of(drawn.layer)
    looks = looks_of(symbology, palette)
    try:
        features = _read_features(drawn, symbology, frame)
        if features.is_crowded:
            cells = count_cells(drawn.layer, frame.sheet, condition=drawn.condition)
            painted.body.append(_grouped(_cells(cells, looks[""], palette), drawn.opacity))
            painted.legend.append(counted_entry(drawn.title, looks[""], palette))
            return
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise
        painted.legend.append(failed_entry(drawn.title, palette))
        painted.notes.append(
            _("“%(layer)s” is not on this map: it could not be read in time.")
            % {"layer": drawn.layer.title}
        )
        return
    _paint_features(features, looks, drawn.opacity, palette, painted)
    painted.legend += entries_of(drawn.title, symbology, looks, features, palette)


def _read_features(drawn: DrawnLayer, symbology: Symbology, frame: Frame) -> DrawnFeatures:
    is_point = symbology.mark == "point"
    return draw_features(
        drawn.layer,
        frame.sheet,
        by=symbology.by,
        values=[each.value for each in symbology.classes],
        symbols={
            "": symbol_path(symbology.symbol),
            **{each.value: symbol_path(each.symbol) for each in symbology.classes},
        },
        condition=drawn.condition,
        budget=_POINTS if is_point else _SHAPES,
    )


def _paint_features(
    features: DrawnFeatures,
    looks: dict[str, Look],
    opacity: float,
    palette: Palette,
    painted: _Painted,
) -> None:
    paths = []
    # In the order of the legend, so that a class stands over those before it.
    found = {each.value: each for each in features.classes}
    for value, look in looks.items():
        if value in found:
            painted.patterns[look.pattern_id] = pattern_of(look)
            paths.append(paint_path(found[value].path, look, palette))
    painted.body.append(_grouped("".join(paths), opacity))


def _cells(cells: Sequence[Cell], look: Look, palette: Palette) -> str:
    largest = max((cell.count for cell in cells), default=1)
    return "".join(
        draw_count(
            cell.x_mm,
            cell.y_mm,
            cell.count / largest,
            look.colour,
            palette,
            text=f"{cell.count:,}",
        )
        for cell in cells[:_MOST_CELLS]
    )


def _write_labels(drawn: DrawnLayer, frame: Frame, palette: Palette, lettering: Lettering) -> None:
    symbology = symbology_of(drawn.layer)
    if not symbology.label:
        return
    looks = looks_of(symbology, palette)
    labels = draw_labels(
        drawn.layer,
        frame.sheet,
        name=symbology.label,
        by=symbology.by,
        values=[each.value for each in symbology.classes],
        condition=drawn.condition,
    )
    for label in labels:
        is_point = symbology.mark == "point"
        lettering.write(
            Word(
                label.text,
                label.x_mm,
                label.y_mm + (_LABEL_MM if is_point else 0),
                _LABEL_MM,
                colour=looks[label.value].colour,
                halo=PAPER[palette],
                angle=label.angle,
                length_mm=label.length_mm,
            )
        )


def _lettering(frame: Frame, numbered: Sequence[Numbered], *, has_coordinates: bool) -> Lettering:
    """Return where words may stand: not over what the map has in its corners and at its edges."""
    lettering = Lettering(frame.width_mm, frame.height_mm)
    if has_coordinates:
        lettering.keep_free(0, frame.height_mm - _EDGE_MM, frame.width_mm, _EDGE_MM)
        lettering.keep_free(0, 0, _EDGE_MM, frame.height_mm)
    lettering.keep_free(0, frame.height_mm - 16, scale_bar(frame).length_mm + 20, 16)
    lettering.keep_free(frame.width_mm - 15, 0, 15, 22)
    for place in numbered:
        if frame.holds(place.easting, place.northing):
            x, y = frame.on_sheet(place.easting, place.northing)
            lettering.keep_free(x - 2.5, y - 2.5, 5, 5)
    return lettering


def _grouped(content: str, opacity: float) -> str:
    return element("g", content, opacity=None if opacity >= 1 else opacity) if content else ""


def _document(
    frame: Frame, title: str, palette: Palette, ground: Ground, painted: _Painted, above: str
) -> str:
    box: dict[str, Value] = {"width": frame.width_mm, "height": frame.height_mm}
    # A page may have several maps, of several sizes.
    clip_id = f"sheet-{frame.width_mm:.0f}-{frame.height_mm:.0f}"
    clip = element("clipPath", element("rect", **box), id=clip_id)
    defined = (clip, *painted.patterns.values(), *ground.definitions)
    land = element("rect", **box, fill=ground.colour)
    edge = element("rect", **box, fill="none", stroke=INK[palette], stroke_width=0.5)
    return element(
        "svg",
        element("title", words(title))
        + element("desc", words(_description(frame)))
        + element("defs", "".join(defined))
        + element(
            "g",
            land + ground.svg + "".join(painted.body) + above,
            clip_path=f"url(#{clip_id})",
        )
        + edge,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{frame.width_mm:g}mm",
        height=f"{frame.height_mm:g}mm",
        viewBox=f"0 0 {frame.width_mm:g} {frame.height_mm:g}",
        role="img",
        class_="drawn",
        font_family=FONT,
    )


def _description(frame: Frame) -> str:
    west, south, east, north = frame.box_27700
    return _(
        "British National Grid, from %(west)s E %(south)s N to %(east)s E %(north)s N, at a "
        "scale of 1 to %(scale)s. Grid north is up."
    ) % {
        "west": f"{west:.0f}",
        "south": f"{south:.0f}",
        "east": f"{east:.0f}",
        "north": f"{north:.0f}",
        "scale": f"{frame.scale:,.0f}",
    }
