"""Looks over a GeoPackage as plain SQLite, under a limit, before GDAL may open it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.read.child.several_layers import refuse_several_layers

# A whole scan of the largest file that is taken needs a tenth of this.
_MOST_STEPS = 5_000
_STEP_INSTRUCTIONS = 10_000
_STANDARD_TRIGGERS = re.compile(
    r"^(rtree_|gpkg_|trigger_(insert|delete)_feature_count_)", re.IGNORECASE
)
_STANDARD_MODULE = re.compile(r"\busing\s+rtree\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """One layer of a GeoPackage. ``geometry`` is its column, None of an attribute table.

    ``organisation``, ``code`` and ``wkt`` are what the file says of its CRS;
    ``organisation`` is None where it says that there is none.
    """

    name: str
    geometry: str | None
    organisation: str | None
    code: int
    wkt: str
    srs_id: int = 0


@contextmanager
def opened_database(path: Path, *, scans: int = 1) -> Iterator[sqlite3.Connection]:
    """Yield a connection that can neither write nor run for long.

    ``scans`` is how many columns are to be looked at in every row.

    Raises
    ------
    SourceUnreadable
        ``GPKG-CORRUPT`` for whatever SQLite refuses inside the block, and
        ``GPKG-UNSAFE`` for what never ends.
    """
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    steps = iter(range(_MOST_STEPS * scans))
    database.set_progress_handler(lambda: next(steps, None) is None, _STEP_INSTRUCTIONS)
    try:
        database.execute("PRAGMA trusted_schema = OFF")
        yield database
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise _unsafe("holds a query that does not end") from None
        raise _corrupt() from None
    except sqlite3.DatabaseError:
        raise _corrupt() from None
    finally:
        database.close()


def check_schema(database: sqlite3.Connection) -> None:
    """Raise `SourceUnreadable` unless ``database`` is a GeoPackage that only holds data.

    Raises
    ------
    SourceUnreadable
        ``NOT-GEO``, ``GPKG-VIEW`` or ``GPKG-UNSAFE``.
    """
    schema = database.execute("SELECT type, lower(name), sql FROM sqlite_master").fetchall()
    names = {name for _, name, _ in schema}
    if not {"gpkg_contents", "gpkg_spatial_ref_sys"} <= names:
        raise SourceUnreadable(
            "The file is an SQLite database of some other program, not a GeoPackage. "
            "In QGIS export the layer as a GeoPackage and send that.",
            code="NOT-GEO",
        )
    listed = {
        name for (name,) in database.execute("SELECT lower(table_name) FROM gpkg_contents")
    } | {name for name in names if name.startswith("gpkg_")}
    for kind, name, sql in schema:
        _check_object(kind, name, sql or "", listed)


def _check_object(kind: str, name: str, sql: str, listed: set[str]) -> None:
    if kind == "view" and name in listed:
        raise SourceUnreadable(
            f"{name} is a view, not a table. Export it from QGIS as a layer of its own.",
            code="GPKG-VIEW",
        )
    if kind == "trigger" and not _STANDARD_TRIGGERS.match(name):
        raise _unsafe(f"holds a trigger, {name}")
    is_virtual = kind == "table" and re.match(r"\s*create\s+virtual\b", sql, re.IGNORECASE)
    if is_virtual and not _STANDARD_MODULE.search(sql):
        raise _unsafe(f"holds a virtual table, {name}")


def choose_table(database: sqlite3.Connection, wanted: str | None) -> FeatureTable:
    """Return the one layer, or the one that the catalogue's ``table`` names.

    Publishers write surface_water_area in one year and SurfaceWater_Area in another: capitals and
    underscores do not count, unless two tables differ by nothing else.

    Raises
    ------
    SourceUnreadable
        ``MULTI-LAYER`` with the list, ``NO-VECTOR``, ``NO-ROWS``, ``GPKG-KEY``,
        ``GPKG-CORRUPT`` or ``GPKG-UNSAFE``.
    """
    tables = _tables(database) if _has_geometry_columns(database) else []
    if wanted is not None:
        tables = _named(tables, wanted) or tables
    elif features := [table for table in tables if table.geometry]:
        tables = features
    if not tables:
        raise SourceUnreadable(
            "The GeoPackage holds pictures (tiles) or nothing, and no layer of features.",
            code="NO-VECTOR",
        )
    if len({table.name for table in tables}) < len(tables):
        _refuse_two_geometries(tables)
    if len(tables) > 1:
        raise refuse_several_layers("The GeoPackage", [table.name for table in tables])
    _check_table(database, tables[0])
    return tables[0]


def _named(tables: list[FeatureTable], wanted: str) -> list[FeatureTable]:
    exactly = [table for table in tables if table.name.lower() == wanted.lower()]
    return exactly or [table for table in tables if _loosely(table.name) == _loosely(wanted)]


def _loosely(name: str) -> str:
    return name.lower().replace("_", "")


def _tables(database: sqlite3.Connection) -> list[FeatureTable]:
    rows = database.execute(
        "SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id,"
        " s.definition, coalesce(g.srs_id, 0)"
        " FROM gpkg_contents c"
        " LEFT JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name)"
        " LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
        " WHERE c.data_type IN ('features', 'attributes') ORDER BY 1"
    )
    return [
        FeatureTable(
            name=name,
            geometry=geometry,
            organisation=organisation if srs_id > 0 else None,
            code=code or 0,
            wkt=wkt or "",
            srs_id=srs_id,
        )
        for name, geometry, organisation, code, wkt, srs_id in rows
    ]


def _refuse_two_geometries(tables: list[FeatureTable]) -> None:
    name = next(table.name for table in tables if sum(o.name == table.name for o in tables) > 1)
    columns = ", ".join(str(table.geometry) for table in tables if table.name == name)
    raise SourceUnreadable(
        f"The layer {name} has several columns of geometries: {columns}. In QGIS export it with "
        "the one that is meant.",
        code="MULTI-LAYER",
    )


def _has_geometry_columns(database: sqlite3.Connection) -> bool:
    found = database.execute(
        "SELECT 1 FROM sqlite_master WHERE lower(name) = 'gpkg_geometry_columns'"
    )
    return found.fetchone() is not None


def _check_table(database: sqlite3.Connection, table: FeatureTable) -> None:
    columns = database.execute(f"PRAGMA table_xinfo({quoted(table.name)})").fetchall()
    if not columns:
        raise SourceUnreadable(
            f"The GeoPackage lists a layer {table.name} that it does not hold. Export it again.",
            code="GPKG-CORRUPT",
        )
    if table.name.lower().startswith("sqlite_"):
        raise _unsafe(f"calls a layer {table.name}, as only SQLite's own tables are called")
    if not any(column[5] and column[2].upper() == "INTEGER" for column in columns):
        raise SourceUnreadable(
            f"The layer {table.name} has no column of whole numbers that is its primary key, so "
            "that its rows cannot be told apart. Export it from QGIS to a new GeoPackage.",
            code="GPKG-KEY",
        )
    is_generated = 2
    if any(column[6] >= is_generated for column in columns):
        raise _unsafe(f"computes columns of {table.name} instead of holding them")
    if database.execute(f"SELECT 1 FROM {quoted(table.name)} LIMIT 1").fetchone() is None:  # noqa: S608 - names are quoted
        raise SourceUnreadable(f"The layer {table.name} has no rows.", code="NO-ROWS")


def quoted(identifier: str) -> str:
    """Return ``identifier`` as SQLite reads a name, whatever characters it has."""
    return '"' + identifier.replace('"', '""') + '"'


def _unsafe(what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"The GeoPackage {what}, which is not accepted. In QGIS export the layer alone to a new "
        "GeoPackage and send that.",
        code="GPKG-UNSAFE",
    )


def _corrupt() -> SourceUnreadable:
    return SourceUnreadable(
        "The GeoPackage is damaged. Export it again from QGIS and send the new file.",
        code="GPKG-CORRUPT",
    )
