"""Which features of a layer the map shows: a form of its queryables, and what it means.

Text has to be one of some values, or to contain a word; numbers lie between two others; days
between two days. In the browser `assets/js/web-map/filter.js` does the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import orjson
from django.http import QueryDict
from django.utils.translation import gettext as _

from layers.query.filters import compile_filter
from layers.query.registry import PublishedField, PublishedLayer
from layers.query.selection import Interval, Selection
from layers.query.values import common_values
from maps.field_values import describe_field

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_NUMBERS = ("integer", "number")
_TEXTS = ("text", "boolean")
_MOST_TEXT = 100
# What a pattern of LIKE does not take as it stands.
_WILD, _ESCAPED = re.compile(r"[\\%_]"), r"\\\g<0>"


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """What is asked of one property: one of ``values``, a text that ``contains``, or a range."""

    field: PublishedField
    values: tuple[str, ...] = ()
    contains: str = ""
    least: float | None = None
    most: float | None = None

    def as_cql2(self) -> dict[str, Any]:
        """Return it as CQL2 JSON."""
        name = {"property": self.field.name}
        if self.values:
            return {"op": "in", "args": [name, [self._literal(value) for value in self.values]]}
        if self.contains:
            return _like(name, f"%{_WILD.sub(_ESCAPED, self.contains)}%")
        parts = [
            {"op": op, "args": [name, bound]}
            for op, bound in ((">=", self.least), ("<=", self.most))
            if bound is not None
        ]
        return parts[0] if len(parts) == 1 else {"op": "and", "args": parts}

    def keeps(self, properties: Mapping[str, Any]) -> bool:
        """Return whether a feature with these properties is meant: as the CQL2 has it."""
        value = properties.get(self.field.name)
        if value is None:
            return False
        if self.values:
            return _as_text(value) in self.values
        if self.contains:
            return self.contains.lower() in str(value).lower()
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def _literal(self, value: str) -> str | bool:
        return value == "true" if self.field.type == "boolean" else value


@dataclass(frozen=True, slots=True)
class LayerFilter:
    """What is asked of a layer's features. ``since`` and ``until`` are of its `datetime_field`."""

    fields: tuple[FieldFilter, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def is_asked(self) -> bool:
        return bool(self.fields or self.since or self.until)

    def selection(self, layer: PublishedLayer, **place: Any) -> Selection:
        """Return the same as a selection, of what ``place`` (a bbox, an area) allows."""
        parts = [field.as_cql2() for field in self.fields]
        whole = parts[0] if len(parts) == 1 else {"op": "and", "args": parts}
        condition = (
            compile_filter(orjson.dumps(whole).decode(), "cql2-json", _CRS84, layer)
            if parts
            else None
        )
        return Selection(filter=condition, interval=self._interval(), **place)

    def keeps(self, layer: PublishedLayer, properties: Mapping[str, Any]) -> bool:
        """Return whether a feature is meant. One without a date is meant whatever the days."""
        day = str(properties.get(layer.datetime_field) or "")[:10] if layer.datetime_field else ""
        is_in_time = not day or (
            (self.since is None or day >= self.since.isoformat())
            and (self.until is None or day <= self.until.isoformat())
        )
        return is_in_time and all(field.keeps(properties) for field in self.fields)

    def _interval(self) -> Interval | None:
        if self.since is None and self.until is None:
            return None
        start = datetime.combine(self.since, time.min, UTC) if self.since else None
        # No day is after the last one that there can be.
        end = datetime.combine(self.until, time.max, UTC) if self.until else None
        return Interval(start, end)


def read_filter(query: QueryDict, layer: PublishedLayer, faults: list[str]) -> LayerFilter:
    """Return what an address asks of a layer; what cannot be used is added to ``faults``."""
    asked = (_read_field(query, layer, field, faults) for field in filterable_fields(layer))
    since, until = (
        _read_day(query.get(f"{bound}.{layer.slug}", ""), layer, faults)
        for bound in ("since", "until")
    )
    if since and until and since > until:
        faults.append(
            _("%(layer)s: the period ends before it begins. Both days were left out.")
            % {"layer": layer.title}
        )
        since = until = None
    return LayerFilter(tuple(field for field in asked if field), since, until)


def filterable_fields(layer: PublishedLayer) -> tuple[PublishedField, ...]:
    """Return the fields that the form has: the layer's own date has a place of its own."""
    return tuple(
        field
        for field in layer.fields
        if field.is_queryable
        and field.name != layer.datetime_field
        and field.type in (*_TEXTS, *_NUMBERS)
    )


def choices_of(layer: PublishedLayer, field: PublishedField) -> list[tuple[str, str]] | None:
    """Return what there is to choose from, as values and words, or None where it is too much."""
    if field.type == "boolean":
        return [
            (value, describe_field(field, {field.name: value == "true"}).text)
            for value in ("true", "false")
        ]
    if field.type != "text":
        return None
    values = common_values(layer, field)
    return None if values is None else [(value, value) for value in values]


def _read_field(
    query: QueryDict, layer: PublishedLayer, field: PublishedField, faults: list[str]
) -> FieldFilter | None:
    name = f"where.{layer.slug}.{field.name}"
    if field.type in _NUMBERS:
        least, most = (
            _read_number(query.get(f"{name}.{bound}", ""), layer, field, faults)
            for bound in ("least", "most")
        )
        if least is not None and most is not None and least > most:
            faults.append(
                _("%(layer)s: “%(field)s” is to be at least more than at most. Both were left out.")
                % {"layer": layer.title, "field": field.title}
            )
            least = most = None
        return None if least is most is None else FieldFilter(field, least=least, most=most)
    values = tuple(text for value in query.getlist(name) if (text := _as_kept(value)))
    if values:
        return FieldFilter(field, values=values)
    contains = _as_kept(query.get(f"{name}.contains", "")).strip()
    return FieldFilter(field, contains=contains) if contains else None


def _as_kept(text: str) -> str:
    """Return a text as one may be in the data: PostgreSQL has none with a null character."""
    return text.replace("\x00", "")[:_MOST_TEXT]


def _read_number(
    text: str, layer: PublishedLayer, field: PublishedField, faults: list[str]
) -> float | None:
    if not text.strip():
        return None
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if abs(number) < 1e15:
        return int(number) if number == int(number) else number
    faults.append(
        _("%(layer)s: “%(text)s” is not a number for “%(field)s”. It was left out.")
        % {"layer": layer.title, "text": text[:40], "field": field.title}
    )
    return None


def _read_day(text: str, layer: PublishedLayer, faults: list[str]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults.append(
            _("%(layer)s: “%(text)s” is not a date. Write it as 2026-03-31. It was left out.")
            % {"layer": layer.title, "text": text[:40]}
        )
        return None


def _like(name: dict[str, str], pattern: str) -> dict[str, Any]:
    folded = [{"op": "casei", "args": [each]} for each in (name, pattern)]
    return {"op": "like", "args": folded}


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
