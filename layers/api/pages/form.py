"""The form by which people narrow down a layer's features, as addresses of the API."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from layers.query.filters.queryables import queryable_fields
from layers.query.registry import PublishedField, PublishedLayer

_PAGE_SIZES = ("10", "50", "100", "500", "1000")
# What the form has a control of its own for, or what a new question must not keep.
_CONTROLS = frozenset({"f", "bbox", "datetime", "limit", "sortby", "filter", "cursor"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """A text field for one parameter."""

    name: str
    label: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True)
class ItemsForm:
    """What may be asked of a layer. A control is left out where the address lacks its parameter."""

    controls: tuple[Control, ...]
    sort_choices: tuple[Choice, ...]
    limit_choices: tuple[Choice, ...]
    kept: tuple[tuple[str, str], ...]


def items_form(layer: PublishedLayer, query: QueryDict, known: Iterable[str]) -> ItemsForm:
    """Return the form for a layer's features, filled in as ``query`` has it."""
    names = frozenset(known)
    # A property whose name is a parameter's own can be asked for by `filter` alone.
    queryables = [field for name, field in queryable_fields(layer).items() if name not in names]
    controls = [*_own_controls(layer, query, names), *(_control(f, query) for f in queryables)]
    shown = {control.name for control in controls} | _CONTROLS
    return ItemsForm(
        controls=tuple(controls),
        sort_choices=_sort_choices(layer, query) if "sortby" in names else (),
        limit_choices=_limit_choices(query),
        # What the form cannot change goes with it: a CRS, say.
        kept=tuple((name, str(value)) for name, value in query.items() if name not in shown),
    )


def _own_controls(layer: PublishedLayer, query: QueryDict, names: frozenset[str]) -> list[Control]:
    controls = [
        Control(
            "bbox",
            "In a box",
            "West, south, east and north in degrees, such as -1.95,52.45,-1.85,52.50",
            query.get("bbox", ""),
        )
    ]
    if layer.datetime_field:
        controls.append(
            Control(
                "datetime",
                "In a span of time",
                "Such as 2026-03-31, or 2026-01-01/2026-12-31; .. is an open end",
                query.get("datetime", ""),
            )
        )
    if "filter" in names:
        controls.append(
            Control("filter", "By a CQL2 filter", _filter_hint(layer), query.get("filter", ""))
        )
    return controls


def _filter_hint(layer: PublishedLayer) -> str:
    for field in layer.fields:
        if field.is_queryable and field.type in ("integer", "number"):
            return f"Such as {field.name} > 100"
        if field.is_queryable and field.type == "text":
            return f"Such as {field.name} LIKE 'A%'"
    return "Such as S_INTERSECTS(geometry, POINT(-1.9 52.48))"


def _control(field: PublishedField, query: QueryDict) -> Control:
    kind = ", ".join(part for part in (field.type, field.unit) if part)
    hint = f"{kind}. {field.description}" if field.description else kind
    return Control(field.name, field.title, hint, query.get(field.name, ""))


def _sort_choices(layer: PublishedLayer, query: QueryDict) -> tuple[Choice, ...]:
    chosen = query.get("sortby", "").lstrip("+")
    choices = [Choice("", "As in the source", not chosen)]
    for field in queryable_fields(layer).values():
        choices.append(Choice(field.name, field.title, chosen == field.name))
        falling = f"-{field.name}"
        choices.append(Choice(falling, f"{field.title}, falling", chosen == falling))
    return tuple(choices)


def _limit_choices(query: QueryDict) -> tuple[Choice, ...]:
    chosen = query.get("limit", "100")
    sizes = _PAGE_SIZES if chosen in _PAGE_SIZES else (*_PAGE_SIZES, chosen)
    return tuple(Choice(size, size, size == chosen) for size in sizes)


def without_empty(request: HttpRequest) -> str:
    """Return the address without parameters that are empty, or nothing if none is."""
    text = request.META.get("QUERY_STRING", "")
    if "=&" not in text and not text.endswith("="):
        return ""
    query = request.GET.copy()
    empty = [name for name, values in query.lists() if not any(values)]
    for name in empty:
        del query[name]
    rest = query.urlencode(safe=",:/")
    path: str = request.get_full_path().partition("?")[0]
    return (f"{path}?{rest}" if rest else path) if empty else ""
