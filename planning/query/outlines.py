"""Where the findings of a check lie, for the map beside its list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from layers import crs
from layers.query.editions import may_be_read
from layers.query.run import fetch_rows
from planning.answer import LayerAnswer
from planning.site import Site

MOST_DRAWN = 200
_STRIPS = 8
# About half a metre: a map of a site needs no more, and a flood zone has 50,000 corners.
_TOLERANCE_DEGREES = 0.000005
_STATEMENT = """
SELECT fid, ST_AsBinary(ST_ClipByBox2D(geom_4326, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s,
    %(north)s, 4326)))
FROM layers_feature
WHERE edition_id = %(edition_id)s AND fid = ANY(%(fids)s)
"""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A feature as far as the map reaches, in EPSG:4326, and a point of it in or near the site.

    The point is in degrees (EPSG:4326), and in metres (EPSG:27700).
    """

    layer: str
    fid: str
    shape: shapely.Geometry
    longitude: float
    latitude: float
    easting: float
    northing: float


def site_in_degrees(site: Site) -> shapely.Geometry:
    """Return the site's shape in EPSG:4326 (longitude, latitude), shifted by OSTN15."""
    (shifted,) = crs.to_4326(np.array([site.shape_27700], dtype=object))
    return shifted


def box_around(site: Site, margin_m: float) -> Box:
    """Return the box (west, south, east, north, EPSG:4326) so far around a site on all sides."""
    west, south, east, north = site.shape_27700.bounds
    return box_in_degrees((west - margin_m, south - margin_m, east + margin_m, north + margin_m))


def box_in_degrees(box_27700: Box) -> Box:
    """Return the corners of a box in EPSG:4326 (west, south, east, north)."""
    west, south, east, north = box_27700
    return *crs.point_4326(west, south), *crs.point_4326(east, north)


def outlines_of(
    answers: Sequence[LayerAnswer], site: Site, box_4326: Box
) -> dict[tuple[str, str], Outline]:
    """Return the outlines of all findings, by layer and feature, of the editions that answered.

    The first `MOST_DRAWN` findings; none of an edition that is no longer kept, or was withdrawn.
    """
    site_shape = site_in_degrees(site)
    left = MOST_DRAWN
    outlines: dict[tuple[str, str], Outline] = {}
    for answer in answers:
        fids = [finding.fid for finding in answer.findings][:left]
        left -= len(fids)
        if answer.edition_id is None or not fids or not may_be_read(answer.edition_id):
            continue
        for fid, shape in _fetch(answer.edition_id, fids, box_4326):
            share = _share(len(outlines), site_shape)
            outlines[(answer.slug, fid)] = _describe(answer.slug, fid, shape, site_shape, share)
    return outlines


def _share(number: int, site: shapely.Geometry) -> shapely.Geometry:
    """Return the strip of the site in which a finding is marked, so that marks stand apart."""
    west, south, east, north = site.bounds
    width = (east - west) / _STRIPS
    # Neighbours in the list are not neighbours on the map: 0, 3, 6, 1, 4, 7, 2, 5.
    strip = number * 3 % _STRIPS
    return shapely.box(west + strip * width, south, west + (strip + 1) * width, north)


def _fetch(
    edition_id: int, fids: Iterable[str], box_4326: Box
) -> Iterable[tuple[str, shapely.Geometry]]:
    west, south, east, north = box_4326
    box: Mapping[str, float] = {"west": west, "south": south, "east": east, "north": north}
    rows = fetch_rows(_STATEMENT, {**box, "edition_id": edition_id, "fids": list(fids)})
    for fid, wkb in rows:
        shape = shapely.from_wkb(bytes(wkb)) if wkb is not None else None
        if shape is not None and not shape.is_empty:
            yield fid, shape


def _describe(
    layer: str,
    fid: str,
    shape: shapely.Geometry,
    site: shapely.Geometry,
    share: shapely.Geometry,
) -> Outline:
    simple = shapely.simplify(shape, _TOLERANCE_DEGREES)
    common = shapely.intersection(shapely.make_valid(shape), site)
    there = shapely.intersection(common, share)
    if not there.is_empty:
        common = there
    # A feature that only touches, or overlaps by nothing in degrees, is marked on its own edge.
    point = common.representative_point() if not common.is_empty else _nearest(shape, site)
    return Outline(layer, fid, simple, point.x, point.y, *crs.point_27700(point.x, point.y))


def _nearest(shape: shapely.Geometry, site: shapely.Geometry) -> shapely.Point:
    return shapely.Point(shapely.get_coordinates(shapely.shortest_line(shape, site))[0])
