"""A feature's opening hours as a page says them: what the source says, and whether it is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from maps.opening_hours.state import OpeningState, state_at
from maps.opening_hours.tokens import WEEK
from maps.opening_hours.written import limit_to_season, read_hours, read_times

_UNKNOWN = "unknown"
_OFF = "off"
# The notation's own, whatever language a page is in.
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Hours:
    """``lines`` are the hours in the source's own words; none where it gives none."""

    state: OpeningState
    lines: tuple[str, ...]


def describe_hours(
    layer: PublishedLayer, properties: Mapping[str, Any], moment: datetime
) -> Hours | None:
    """Return a feature's hours at a moment, or None if its layer has no field for them.

    Which fields hold them, the catalogue says: see `importers.catalogue.entries.HoursEntry`.
    """
    if not layer.opening_hours:
        return None
    return Hours(
        state=state_at(read_notation(layer.opening_hours, properties), moment),
        lines=tuple(_lines(layer, properties)),
    )


def hours_fields(layer: PublishedLayer) -> frozenset[str]:
    """Return the names of the fields that hold a layer's hours."""
    hint = layer.opening_hours
    seasons = [season["field"] for season in hint.get("seasons", ())]
    single = [hint["field"]] if "field" in hint else []
    return frozenset([*single, *hint.get("days", ()), *seasons])


def read_notation(hint: Mapping[str, Any], properties: Mapping[str, Any]) -> str | None:
    """Return a feature's hours in OpenStreetMap's notation, or None where they are not sure."""
    if "days" in hint:
        return _read_days(hint, properties)
    if "seasons" in hint:
        return _read_seasons(hint, properties)
    return _read_field(hint, properties, hint["field"])


def _read_field(hint: Mapping[str, Any], properties: Mapping[str, Any], name: str) -> str | None:
    return read_hours(
        _text(properties, name), is_every_day=hint.get("every_day_unless_said", False)
    )


def _read_days(hint: Mapping[str, Any], properties: Mapping[str, Any]) -> str | None:
    texts = [_text(properties, name) for name in hint["days"]]
    # A source that fills in no day at all has said nothing, not that it is always closed.
    if not any(texts):
        return None
    empty = _OFF if hint.get("empty_is_closed") else _UNKNOWN
    times = [(read_times(text) or _UNKNOWN) if text else empty for text in texts]
    if set(times) == {_UNKNOWN}:
        return None
    # “Off” would end the night before it, too: a day that is not named is closed.
    rules = [f"{day} {hours}" for day, hours in zip(WEEK, times, strict=True) if hours != _OFF]
    return "; ".join(rules) or _OFF


def _read_seasons(hint: Mapping[str, Any], properties: Mapping[str, Any]) -> str | None:
    rules = []
    for season in hint["seasons"]:
        notation = _read_field(hint, properties, season["field"])
        first, last = (_day_of_year(season[edge]) for edge in ("from", "to"))
        limited = limit_to_season(notation, f"{first}-{last}") if notation else None
        # The other seasons are still known; this one is not, all week.
        rules.append(limited or f"{first}-{last} {_UNKNOWN}")
    if all(rule.endswith(_UNKNOWN) for rule in rules):
        return None
    return "; ".join(rules)


def _day_of_year(month_and_day: str) -> str:
    """Return “Apr 01” for “04-01”."""
    month, day = month_and_day.split("-")
    return f"{_MONTHS[int(month) - 1]} {day}"


def _lines(layer: PublishedLayer, properties: Mapping[str, Any]) -> list[str]:
    hint = layer.opening_hours
    if "days" in hint:
        return _lines_of_days(hint, properties)
    if "seasons" in hint:
        titles = {field.name: field.title for field in layer.fields}
        return [
            f"{titles.get(season['field'], season['field'])}: {text}"
            for season in hint["seasons"]
            if (text := _text(properties, season["field"]))
        ]
    text = _text(properties, hint["field"])
    return [text] if text else []


def _lines_of_days(hint: Mapping[str, Any], properties: Mapping[str, Any]) -> list[str]:
    empty = _("Closed") if hint.get("empty_is_closed") else _("Not given")
    texts = [_text(properties, name) for name in hint["days"]]
    if not any(texts):
        return []
    runs = groupby(enumerate(texts), lambda day: day[1])
    return [f"{_name_days([day for day, _text in run])}: {text or empty}" for text, run in runs]


def _name_days(days: Sequence[int]) -> str:
    names = [str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])]
    if len(days) == 1:
        return names[0]
    return _("%(first)s to %(last)s") % {"first": names[0], "last": names[1]}


def _text(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name)
    return "" if value is None else str(value).strip()
