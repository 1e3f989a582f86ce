"""What a source looks like, for the person who gave it: columns, sample rows, sample places."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from importers.catalogue.entries import LatLonColumn
from importers.read.batch import SourceBatch, SourceReading
from importers.transform.values import as_shown, is_empty
from importers.understanding import Understanding
from layers.crs import Geometries

_ROWS = 10
_SAMPLES = 3
_JUDGED = 2_000
_PLACES = 500
_LONGEST_SHOWN = 120
_FEWEST_NUMBERS = 10
_MOST_NUMBERS_OF_TEXT = 0.1


def describe_source(reading: SourceReading) -> dict[str, Any]:
    """Return what is known before any row is read, as `ImportRun.understanding` keeps it."""
    return {
        "form": reading.form,
        "encoding": reading.encoding,
        "crs": reading.crs,
        "crs_origin": "file" if reading.crs else None,
        "geometry_type": reading.geometry_type,
        "column_of": {},
        "coordinates": [],
        "columns": [
            {"name": name, "kind": "unknown", "samples": []} for name in reading.column_names
        ],
        "rows": [],
        "places": [],
    }


def add_understanding(described: dict[str, Any], understood: Understanding) -> None:
    """Add how the source was matched to its catalogue entry."""
    described["crs"] = understood.crs_in_words or None
    described["crs_origin"] = understood.crs_origin
    described["column_of"] = dict(understood.column_of)
    described["coordinates"] = _coordinate_columns(understood)


def add_samples(described: dict[str, Any], batch: SourceBatch) -> None:
    """Add what the first batch shows: each column's kind and samples, and whole rows."""
    some = batch.columns.slice(0, _JUDGED)
    for column in described["columns"]:
        values = [value for value in some.column(column["name"]).to_pylist() if not is_empty(value)]
        column["kind"] = _kind(values)
        column["samples"] = list(dict.fromkeys(_shown(value) for value in values))[:_SAMPLES]
    rows = batch.rows[:_ROWS].tolist()
    # A table without columns does not know how many rows it has.
    cells = (
        batch.columns.slice(0, _ROWS).to_pylist() if batch.columns.num_columns else [{}] * len(rows)
    )
    described["rows"] = [
        {"row": row, "values": {name: _shown(value) for name, value in values.items()}}
        for row, values in zip(rows, cells, strict=True)
    ]


def add_places(described: dict[str, Any], stored_4326: Geometries) -> None:
    """Add where the first features are: longitude, latitude in degrees (EPSG:4326)."""
    present = stored_4326[~shapely.is_missing(stored_4326)][:_PLACES]
    middles = shapely.centroid(present)
    described["places"] = np.round(shapely.get_coordinates(middles), 6).tolist()


def _coordinate_columns(understood: Understanding) -> list[str]:
    where = understood.coordinates
    if where is None:
        return []
    return [where.name] if isinstance(where, LatLonColumn) else [where.x, where.y]


def _kind(values: Sequence[Any]) -> str:
    """Return ``empty``, ``number``, ``text``, ``mixed`` or, of too few numbers to say, ``unknown``.

    Text with many numbers in it, such as those of houses, is ``mixed``.
    """
    if not values:
        return "empty"
    numbers = sum(_is_number(value) for value in values)
    if numbers < len(values):
        return "mixed" if numbers > _MOST_NUMBERS_OF_TEXT * len(values) else "text"
    return "number" if numbers >= _FEWEST_NUMBERS else "unknown"


def _is_number(value: Any) -> bool:
    if isinstance(value, (int, float)):
        return not isinstance(value, bool)
    try:
        float(str(value))
    except ValueError:
        return False
    return True


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return as_shown(value)[:_LONGEST_SHOWN]
