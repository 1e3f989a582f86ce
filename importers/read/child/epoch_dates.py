"""Dates that a map server writes as milliseconds since 1970."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

# ArcGIS keeps moments in UTC; a day that was entered in Britain is a British day.
_BRITAIN = ZoneInfo("Europe/London")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_moments(features: list[Any], names: Iterable[str]) -> None:
    """Write the properties ``names`` of GeoJSON features as dates instead of milliseconds.

    With their time, if one moment of a property has any. A property that holds
    anything but whole numbers and nothing stays as it is.
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
    try:
        moments = [None if v is None else _EPOCH + timedelta(milliseconds=v) for v in values]
    except OverflowError:
        return
    british = [None if moment is None else moment.astimezone(_BRITAIN) for moment in moments]
    are_days = all(_is_midnight(moment) for moment in british) or all(map(_is_midnight, moments))
    for row, moment in zip(rows, british, strict=True):
        if moment is not None:
            row[name] = moment.date().isoformat() if are_days else moment.isoformat()


def _is_midnight(moment: datetime | None) -> bool:
    return moment is None or (moment.hour, moment.minute, moment.second) == (0, 0, 0)
