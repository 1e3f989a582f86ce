"""A feature's properties as people read them: in order, with units, dates and links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from layers.query.registry import PublishedField, PublishedLayer
from layers.query.web_address import web_address

_POUND = "£"
_CHARGES = {"charge", "charges", "cost", "fee", "fees", "price"}


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One property. ``text`` is empty where the source gives none; ``href`` where no link."""

    field: PublishedField
    text: str
    href: str = ""


def describe_field(field: PublishedField, properties: Mapping[str, Any]) -> FieldValue:
    value = properties.get(field.name)
    if value is None or value == "":
        return FieldValue(field, "")
    text = _describe(field, value)
    return FieldValue(field, text, href=web_address(text) if field.type == "url" else "")


def title_heading(layer: PublishedLayer) -> str:
    """Return the title of the field that holds a feature's name."""
    titles = {field.name: field.title for field in layer.fields}
    return titles.get(layer.title_field, _("Name"))


def noun_of(layer: PublishedLayer) -> str:
    """Return what one feature is called, as far as the catalogue says more than “Name”."""
    heading = title_heading(layer)
    return layer.title if heading.lower() == "name" else heading


def fields_after_title(layer: PublishedLayer) -> tuple[PublishedField, ...]:
    """Return what people ask about: a catalogue lists it after the title, most wanted first."""
    return layer.fields[_title_position(layer) + 1 :]


def fields_before_title(layer: PublishedLayer) -> tuple[PublishedField, ...]:
    """Return what computers ask about: a catalogue lists identifiers before the title."""
    return layer.fields[: max(_title_position(layer), 0)]


def _title_position(layer: PublishedLayer) -> int:
    names = [field.name for field in layer.fields]
    return names.index(layer.title_field) if layer.title_field in names else -1


def _describe(field: PublishedField, value: Any) -> str:
    match field.type:
        case "boolean":
            return _("Yes") if value else _("No")
        case "integer" | "number" if isinstance(value, int | float):
            # A year or an identifier is not a quantity: only what has a unit is grouped.
            if field.unit == _POUND:
                return _("Free") if value == 0 and _is_charge(field) else _describe_money(value)
            number = number_format(value, use_l10n=True, force_grouping=bool(field.unit))
            return f"{number} {field.unit}".strip()
        case "date":
            return describe_date(value)
        case "datetime":
            return date_format(_local(datetime.fromisoformat(value)), "j F Y, H:i")
        case _:
            return str(value)


def _is_charge(field: PublishedField) -> bool:
    """Return whether the amount is what somebody pays: a grant of nothing is not free."""
    return not _CHARGES.isdisjoint(field.name.split("_"))


def _describe_money(pounds: float) -> str:
    """Return £1,500, or £0.20: pence are said where there are some, and where it is nothing."""
    is_whole = pounds == int(pounds) and pounds != 0
    return f"{_POUND}{number_format(pounds, 0 if is_whole else 2, force_grouping=True)}"


def describe_date(value: str) -> str:
    """Return a date with as many of its parts as it has: 2026, March 2026, 31 March 2026."""
    if len(value) == len("2026"):
        return value
    if len(value) == len("2026-03"):
        return date_format(date.fromisoformat(f"{value}-01"), "F Y")
    return date_format(date.fromisoformat(value[:10]), "j F Y")


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
