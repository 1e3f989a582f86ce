"""Dates that a map server writes as milliseconds since 1970."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from importers.british_time import british_day, in_britain, is_midnight

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_moments(features: list[Any], names: Iterable[str]) -> None:
    """Write the properties ``names`` of GeoJSON features as dates instead of milliseconds.

    ArcGIS keeps moments in UTC; a day that was entered in Britain is a British day.
    They are written with their time, if one moment of a property has any. A property
    that holds anything but whole numbers and nothing stays as it is, and so does a
    number that is no moment between the years 1 and 9999.
    """
    for name in names:
        _write_property(features, name)


def _write_property(features: list[Any], name: str) -> None:
    rows = [
        feature["properties"]
        for feature in features
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict)
    ]
    values = [row.get(name) for row in rows]
    if not all(value is None or type(value) is int for value in values):
        return
    moments = [None if value is None else _moment(value) for value in values]
    are_days = all(moment is None or is_midnight(moment) for moment in moments)
    for row, moment in zip(rows, moments, strict=True):
        if moment is not None:
            row[name] = (british_day(moment) if are_days else in_britain(moment)).isoformat()


def _moment(milliseconds: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
