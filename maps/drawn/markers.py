"""What stands out from a map: the site that it is about, and numbered places of a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon

from maps.drawn.frame import Frame
from maps.drawn.lettering import FONT
from maps.drawn.markup import Value, element, number, words
from maps.drawn.paint import INK, PAPER, SITE, Palette

_SITE_MM = 0.7
_POINT_MM = 2.2
_MARKER_MM = 2.4


@dataclass(frozen=True, slots=True)
class Numbered:
    """A place with the number that it has in the page's list. EPSG:27700, metres."""

    number: int
    easting: float
    northing: float
    title: str = ""


def draw_site(site_27700: GEOSGeometry, frame: Frame, palette: Palette) -> str:
    """Return the outline of a site in red, as plans of applications have it; or a ring."""
    if isinstance(site_27700, Point):
        x, y = frame.on_sheet(site_27700.x, site_27700.y)
        ring: dict[str, Value] = {"cx": x, "cy": y, "r": _POINT_MM, "fill": "none"}
        return (
            element("circle", **ring, stroke=PAPER[palette], stroke_width=_SITE_MM * 2)
            + element("circle", **ring, stroke=SITE[palette], stroke_width=_SITE_MM)
            + element("circle", cx=x, cy=y, r=0.5, fill=SITE[palette])
        )
    path = "".join(_ring(ring, frame) for ring in _rings(site_27700))
    return element(
        "path", d=path, fill="none", stroke=PAPER[palette], stroke_width=_SITE_MM * 2.2
    ) + element(
        "path",
        d=path,
        fill=SITE[palette],
        fill_opacity=0.06,
        fill_rule="evenodd",
        stroke=SITE[palette],
        stroke_width=_SITE_MM,
        stroke_linejoin="round",
    )


def draw_numbered(places: Sequence[Numbered], frame: Frame, palette: Palette) -> str:
    """Return the places that are on the sheet, the first one uppermost."""
    return "".join(
        _marker(place, frame, palette)
        for place in reversed(places)
        if frame.holds(place.easting, place.northing)
    )


def _marker(place: Numbered, frame: Frame, palette: Palette) -> str:
    x, y = frame.on_sheet(place.easting, place.northing)
    title = element("title", words(f"{place.number}. {place.title}"))
    disc = element(
        "circle",
        cx=x,
        cy=y,
        r=_MARKER_MM,
        fill=INK[palette],
        stroke=PAPER[palette],
        stroke_width=0.4,
    )
    digits = element(
        "text",
        str(place.number),
        x=number(x),
        y=number(y + 0.95),
        font_size=2.6,
        font_family=FONT,
        font_weight="700",
        text_anchor="middle",
        fill=PAPER[palette],
    )
    return element("g", title + disc + digits)


def _rings(geometry: GEOSGeometry) -> Iterator[Sequence[tuple[float, ...]]]:
    if isinstance(geometry, Polygon):
        yield from (ring.coords for ring in geometry)
    elif isinstance(geometry, MultiPolygon):
        for part in geometry:
            yield from _rings(part)


def _ring(coordinates: Sequence[tuple[float, ...]], frame: Frame) -> str:
    points = (frame.on_sheet(x, y) for x, y, *_rest in coordinates)
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"
