"""From a source's coordinates to valid shapes in British National Grid and in degrees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.catalogue.entries import ChecksEntry, CoordinateColumns, Crs, LatLonColumn
from importers.errors import CheckFailed
from importers.findings import Finding
from importers.invisible import strip_unseen
from importers.read.batch import SourceBatch
from importers.transform.cells import as_shown, is_empty
from importers.transform.crs_column import read_crs_column
from importers.transform.positions import read_positions
from layers import crs
from layers.crs import Geometries

_LAT_LON = re.compile(
    r"(?:^|\()\s*(?P<latitude>[+-]?\d+(?:\.\d+)?)(?:°|\s)*,\s*"
    r"(?P<longitude>[+-]?\d+(?:\.\d+)?)(?:°|\s)*\)?\s*$"
)
# The largest x and y that a place can have; of the grid far more than Britain needs.
_MOST_BY_CRS = {"EPSG:27700": (1e7, 1e7), "EPSG:4326": (180.0, 90.0)}
_MANY_VERTICES = 200_000
_MOST_VERTICES = 2_000_000
_SHIFTED = ("EPSG:27700", "EPSG:4326")
# What each declared type of layer takes in. Multi-part shapes are of their parts' type.
_TAKES = {
    "Point": {"Point"},
    "MultiPoint": {"Point", "MultiPoint"},
    "LineString": {"LineString", "MultiLineString"},
    "Polygon": {"Polygon", "MultiPolygon"},
    "None": set[str](),
}
_MISSING = shapely.GeometryType.MISSING
_TYPE_IDS = {
    declared: tuple(shapely.GeometryType[taken.upper()] for taken in takes)
    for declared, takes in _TAKES.items()
}


@dataclass(frozen=True, slots=True)
class SourceShapes:
    """A batch's geometries as the source gives them, in ``crs``; None where a row has none.

    ``crs_by_row`` is set where a column says the CRS of each row, and then counts.
    """

    shapes: Geometries
    crs: str
    findings: list[Finding]
    crs_by_row: NDArray[np.object_] | None = None

    def by_crs(self) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Yield each CRS and which rows are in it."""
        if self.crs_by_row is None:
            yield self.crs, np.ones(len(self.shapes), dtype=bool)
            return
        for code in _SHIFTED:
            yield code, self.crs_by_row == code


@dataclass(frozen=True, slots=True)
class StoredShapes:
    """The same geometries as they are kept: valid, 2D, x before y."""

    geom_27700: Geometries
    geom_4326: Geometries
    centroid_4326: Geometries
    findings: list[Finding]


def require_known_crs(code: str | None) -> Crs:
    """Return the CRS if it is one that can be shifted exactly.

    Raises
    ------
    CheckFailed
        It is unknown, or another than EPSG:27700 and EPSG:4326. It is never guessed.
    """
    if code is None:
        raise CheckFailed(
            "The file does not say which coordinate system it is in (a shapefile says so in its "
            ".prj). Export it again with the coordinate system, or write crs into the layer's "
            "catalogue entry.",
            code="CRS-MISSING",
        )
    if code not in _SHIFTED:
        raise CheckFailed(
            f"The file is in {code}. Only British National Grid (EPSG:27700) and longitude, "
            "latitude (EPSG:4326) can be placed exactly. Export it in one of these.",
            code="CRS-UNSUPPORTED",
        )
    return cast(Crs, code)


def shapes_from_columns(batch: SourceBatch, pair: CoordinateColumns) -> SourceShapes:
    """Return points from two columns of text, in the pair's CRS or in the one that each row says.

    Two empty cells mean no location; one of them, and a cell that is not a number, keep
    their row out, and so does a CRS that is not known.
    """
    findings: list[Finding] = []
    crs_by_row = read_crs_column(batch, pair, findings) if pair.crs_column else None
    positions = read_positions(batch, pair, crs_by_row)
    has_both = ~(np.isnan(positions.x) | np.isnan(positions.y))
    shapes = np.full(len(batch.rows), None, dtype=object)
    shapes[has_both] = shapely.points(positions.x[has_both], positions.y[has_both])
    return SourceShapes(shapes, pair.crs, [*findings, *positions.findings], crs_by_row)


def shapes_from_lat_lon(batch: SourceBatch, column: LatLonColumn) -> SourceShapes:
    """Return points from a column of "(latitude, longitude)", x before y, in degrees.

    Only what stands in the last parentheses counts: some portals write the
    address before them. An empty cell means no location.
    """
    findings: list[Finding] = []
    values = batch.columns.column(column.name).to_pylist()
    shapes = np.full(len(values), None, dtype=object)
    for at, value in enumerate(values):
        if is_empty(value):
            continue
        if found := _LAT_LON.search(strip_unseen(str(value))):
            shapes[at] = shapely.Point(float(found["longitude"]), float(found["latitude"]))
            continue
        shown = as_shown(value)
        message = f"“{column.name}” is “{shown}”; expected (latitude, longitude) in degrees."
        findings.append(
            Finding("COORD-INVALID", "error", message, int(batch.rows[at]), column.name, shown)
        )
    return SourceShapes(shapes, column.crs, findings)


def shapes_from_wkb(wkb: NDArray[np.object_], rows: NDArray[np.int64], code: str) -> SourceShapes:
    """Return geometries from WKB. One that cannot be decoded keeps its row out."""
    shapes = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=object)
    broken = np.array([w is not None for w in wkb], dtype=bool) & shapely.is_missing(shapes)
    findings = [
        Finding("GEOM-CORRUPT", "error", "The geometry cannot be decoded.", int(row))
        for row in rows[broken]
    ]
    if (shapely.has_z(shapes) | shapely.has_m(shapes)).any():
        shapes = cast(Geometries, shapely.force_2d(shapes))
    return SourceShapes(shapes, code, findings)


def swapped(source: SourceShapes) -> SourceShapes:
    """Return the same shapes with x and y exchanged, as a person confirmed that they should be."""
    shapes = source.shapes.copy()
    coordinates = shapely.get_coordinates(shapes)
    shapely.set_coordinates(shapes, coordinates[:, ::-1])
    return replace(source, shapes=shapes)


def store_shapes(
    source: SourceShapes, rows: NDArray[np.int64], geometry_type: str, checks: ChecksEntry
) -> StoredShapes:
    """Return the shapes in both coordinate systems, made valid, with what was found.

    Shapes that cannot be used become None, each with an error for its row: wrong
    type, empty, without finite coordinates, outside OSTN15's area, or invalid in a
    way whose repair would change the area by more than the catalogue allows.
    """
    findings = list(source.findings)
    shapes = source.shapes.copy()
    _refuse(shapes, rows, _is_unbounded(shapes), "GEOM-NAN", _NOT_FINITE, findings)
    _refuse(shapes, rows, _is_beyond(shapes, source), "COORD-RANGE", _BEYOND, findings)
    _refuse_vast(shapes, rows, findings)
    present = ~shapely.is_missing(shapes)
    empty = present & shapely.is_empty(shapes)
    _refuse(shapes, rows, empty, "GEOM-EMPTY", "The geometry is empty.", findings)
    _refuse_other_types(shapes, rows, geometry_type, findings)
    if _are_points(shapes) and source.crs_by_row is None:
        in_grid, in_degrees = _points_in_both_systems(shapes, source.crs)
    else:
        _make_valid(shapes, rows, checks.max_area_change_share, findings)
        in_grid, in_degrees = _both_systems(_oriented(shapes), source)
    is_lost = shapely.is_missing(in_grid) | shapely.is_missing(in_degrees)
    lost = ~shapely.is_missing(shapes) & is_lost
    _refuse(in_grid, rows, lost, "OUTSIDE-GB", _OUTSIDE_GB, findings)
    in_degrees[lost] = None
    return StoredShapes(in_grid, in_degrees, _centroids(in_degrees), findings)


_NOT_FINITE = "The geometry has a coordinate that is not a number."
_BEYOND = (
    "The geometry has a coordinate that no place on earth has: degrees go to 180 and to 90, "
    "eastings and northings to some millions of metres."
)
_OUTSIDE_GB = (
    "The location is outside Great Britain, where OSTN15 does not reach. "
    "Are its two coordinates in the right order?"
)


def _is_unbounded(shapes: Geometries) -> NDArray[np.bool_]:
    """Return which shapes have a coordinate that is NaN or infinite."""
    unbounded = np.zeros(len(shapes), dtype=bool)
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    unbounded[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    return unbounded


def _is_beyond(shapes: Geometries, source: SourceShapes) -> NDArray[np.bool_]:
    """Return which shapes have a coordinate that their system does not have anywhere."""
    bounds = np.abs(shapely.bounds(shapes))
    beyond = np.zeros(len(shapes), dtype=bool)
    for code, rows in source.by_crs():
        most = np.array(_MOST_BY_CRS[code] * 2)
        with np.errstate(invalid="ignore"):
            beyond |= rows & (bounds > most).any(axis=1)
    return beyond


def _refuse_vast(shapes: Geometries, rows: NDArray[np.int64], findings: list[Finding]) -> None:
    """Refuse shapes that no browser draws, and say which ones it draws slowly."""
    vertices = shapely.get_num_coordinates(shapes)
    for at in np.flatnonzero(vertices > _MANY_VERTICES):
        count, row = int(vertices[at]), int(rows[at])
        if count > _MOST_VERTICES:
            message = (
                f"The shape has {count:,} vertices; at most {_MOST_VERTICES:,} are taken. Split "
                "it, or simplify it in QGIS (Vector, Geometry Tools, Simplify)."
            )
            findings.append(Finding("GEOM-TOO-BIG", "error", message, row))
            shapes[at] = None
        else:
            message = f"The shape has {count:,} vertices, and will be slow to show."
            findings.append(Finding("GEOM-LARGE", "warning", message, row))


def _refuse(
    shapes: Geometries,
    rows: NDArray[np.int64],
    which: NDArray[np.bool_],
    kind: str,
    message: str,
    findings: list[Finding],
) -> None:
    findings.extend(Finding(kind, "error", message, int(row)) for row in rows[which])
    shapes[which] = None


def _refuse_other_types(
    shapes: Geometries, rows: NDArray[np.int64], geometry_type: str, findings: list[Finding]
) -> None:
    types = shapely.get_type_id(shapes)
    for at in np.flatnonzero(~np.isin(types, (_MISSING, *_TYPE_IDS[geometry_type]))):
        found = shapes[at].geom_type
        if geometry_type == "Point" and found == "MultiPoint" and len(shapes[at].geoms) == 1:
            shapes[at] = shapes[at].geoms[0]
            continue
        message = f"The geometry is a {found}; this layer holds {geometry_type} geometries."
        findings.append(Finding("GEOM-TYPE", "error", message, int(rows[at])))
        shapes[at] = None


def _make_valid(
    shapes: Geometries, rows: NDArray[np.int64], most_change: float, findings: list[Finding]
) -> None:
    invalid = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    for at in np.flatnonzero(invalid):
        reason = shapely.is_valid_reason(shapes[at])
        mended = shapely.make_valid(shapes[at], method="structure", keep_collapsed=False)
        change = _area_change(shapes[at], mended)
        row = int(rows[at])
        if mended.is_empty or change > most_change:
            message = (
                f"The shape is not valid ({reason}), and mending it would change its area by "
                f"{change:.1%}. Mend it in QGIS (Vector, Geometry Tools, Fix Geometries)."
            )
            findings.append(Finding("GEOM-INVALID", "error", message, row))
            shapes[at] = None
        else:
            message = f"The shape was not valid ({reason}); mended, area changed by {change:.3%}."
            findings.append(Finding("GEOM-MENDED", "fixed", message, row))
            shapes[at] = mended


def _area_change(before: shapely.Geometry, after: shapely.Geometry) -> float:
    """Return by how much mending changed the area, as a share of it.

    A ring that crosses itself counts its lobes against each other, so a bow-tie,
    whose intended shape nobody knows, changes by far more than any limit. Holes
    count against their shell, so that the area before may even be negative.
    """
    if after.geom_type not in ("Polygon", "MultiPolygon"):
        return 0.0
    area = float(shapely.area(before))
    return abs((float(shapely.area(after)) - area) / area) if area else 1.0


def _oriented(shapes: Geometries) -> Geometries:
    """Return polygons with outer rings anticlockwise, as RFC 7946 section 3.1.6 has them."""
    return cast(Geometries, np.asarray(shapely.orient_polygons(shapes), dtype=object))


def _both_systems(shapes: Geometries, source: SourceShapes) -> tuple[Geometries, Geometries]:
    in_grid = np.full(len(shapes), None, dtype=object)
    in_degrees = in_grid.copy()
    for code, rows in source.by_crs():
        if code == "EPSG:27700":
            in_grid[rows] = shapes[rows]
            in_degrees[rows] = crs.to_4326(shapes[rows])
        else:
            in_grid[rows] = crs.to_27700(shapes[rows])
            in_degrees[rows] = shapes[rows]
    return in_grid, in_degrees


def _are_points(shapes: Geometries) -> bool:
    """Return whether there is nothing but points, which are valid and have no orientation."""
    return bool(np.isin(shapely.get_type_id(shapes), (_MISSING, shapely.GeometryType.POINT)).all())


def _points_in_both_systems(shapes: Geometries, code: str) -> tuple[Geometries, Geometries]:
    """Do what `_both_systems` does, by arrays of coordinates, at a third of the time."""
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    if code == "EPSG:27700":
        return shapes, _points(*crs.lonlat_from_national_grid(x, y))
    return _points(*crs.national_grid_from_lonlat(x, y)), shapes


def _points(x: NDArray[np.float64], y: NDArray[np.float64]) -> Geometries:
    """Return points made of coordinates, and None where one of these is not a number."""
    points = np.full(len(x), None, dtype=object)
    present = np.isfinite(x) & np.isfinite(y)
    points[present] = shapely.points(x[present], y[present])
    return points


def _centroids(shapes: Geometries) -> Geometries:
    """Return a point of each line, polygon or set of points, for labels; None for points."""
    centroids = np.full(len(shapes), None, dtype=object)
    kinds = shapely.get_type_id(shapes)
    extended = (kinds != shapely.GeometryType.MISSING) & (kinds != shapely.GeometryType.POINT)
    if extended.any():
        centroids[extended] = shapely.point_on_surface(shapes[extended])
    return centroids
