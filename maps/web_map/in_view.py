"""The features of the chosen layers within the view, or within an area: the map as a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from layers.errors import NotFound, ParameterInvalid, ValuesUnfit
from layers.query.area import find_area
from layers.query.boxes import Bbox
from layers.query.counts import MOST_COUNTED, count_features
from layers.query.feature_names import name_in_words
from layers.query.registry import PublishedLayer
from layers.query.rows import FeatureRow, features_by_name, features_meant
from maps.field_values import FieldValue, describe_field, fields_after_title
from maps.web_map.asked import LayerAsked

ROWS_A_PAGE = 10
_FACTS = 3
_LONGEST_ID = 18


@dataclass(frozen=True, slots=True)
class Listed:
    row: FeatureRow
    name: str
    facts: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class LayerInView:
    """What of a layer is in view. ``count`` is None where there are more than `MOST_COUNTED`.

    ``items`` are in the order of their names, or of the source where there are more.
    ``next_after`` is where the next page begins, None on the last. ``fault`` says why there is
    no answer.
    """

    layer: PublishedLayer
    count: int | None
    items: tuple[Listed, ...]
    next_after: int | None
    is_first_page: bool
    fault: str = ""

    @property
    def most_counted(self) -> int:
        return MOST_COUNTED


def read_view(query: QueryDict) -> Bbox | None:
    """Return the box of a view: ``bbox=west,south,east,north`` in degrees, None without it.

    Raises
    ------
    ParameterInvalid
        It is no such box.
    """
    if "bbox" not in query:
        return None
    try:
        west, south, east, north = (float(part) for part in str(query["bbox"]).split(","))
    except ValueError:
        west = east = south = north = float("nan")
    if -180 <= west <= east <= 180 and -90 <= south <= north <= 90:
        return Bbox(west, south, east, north)
    raise ParameterInvalid(
        _("“bbox” needs 4 numbers of degrees: west, south, east and north."), "bbox"
    )


def list_in_view(
    asked: tuple[LayerAsked, ...], place: Mapping[str, Any], query: QueryDict
) -> tuple[LayerInView, ...]:
    """Return what of each layer is in ``place`` (a `bbox` or an `area` of a selection)."""
    return tuple(_list_one(each, place, _read_after(query, each.slug)) for each in asked)


def place_of(area: str, backdrop: PublishedLayer | None) -> dict[str, Any]:
    """Return the place that a chosen area is, for `list_in_view`; all there is without one.

    Raises
    ------
    NotFound
        There is no such area.
    """
    if not area:
        return {}
    if backdrop is None:
        raise NotFound(_("No areas are published to choose from."))
    return {"area": find_area(backdrop.slug, area)}


def _list_one(asked: LayerAsked, place: Mapping[str, Any], after: int) -> LayerInView:
    layer = asked.layer
    try:
        selection = asked.filter.selection(layer, **place)
        count = count_features(layer, selection)
        listing = features_meant if count is None else features_by_name
        page = listing(layer, selection, after=after, limit=ROWS_A_PAGE)
    except ValuesUnfit as error:
        return LayerInView(layer, 0, (), None, True, str(error))
    return LayerInView(
        layer,
        count,
        tuple(
            Listed(row, name_in_words(layer, row.title), tuple(_facts(layer, row)))
            for row in page.rows
        ),
        page.next_after,
        after == 0,
    )


def _facts(layer: PublishedLayer, row: FeatureRow) -> list[FieldValue]:
    described = (
        describe_field(field, row.properties)
        for field in fields_after_title(layer)
        if field.type != "url"
    )
    return [value for value in described if value.text][:_FACTS]


def _read_after(query: QueryDict, slug: str) -> int:
    text = query.get(f"after.{slug}", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID else 0
