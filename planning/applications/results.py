"""What a search finds: a page of applications, how many there are, and counts of them."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from psycopg import sql

from layers.query.condition import all_of
from layers.query.order import NearPoint, Page, SortKey
from layers.query.registry import PublishedLayer
from layers.query.run import comparing, fetch_row
from layers.query.selected import SelectedPage, selected_page
from planning.applications.columns import columns_of
from planning.applications.register import Register
from planning.applications.search import ApplicationSearch

Order = Literal["newest", "decided", "nearest", "reference"]
_COUNT = "SELECT count(*) FROM {table} WHERE edition_id = %(edition_id)s AND {condition}"
_IDS = (
    "SELECT string_agg({id}::text, ',') FROM {table}"
    " WHERE edition_id = %(edition_id)s AND {condition}"
)
# Where features are, and where their texts are; and what a feature's id is called there.
_FEATURES = ("layers_feature", "id")
_TEXTS = ("planning_applicationtext", "feature_id")
_LATEST = (
    "SELECT max(left(properties ->> %(received_on)s, 200)) FROM layers_feature"
    " WHERE edition_id = %(edition_id)s AND left(properties ->> %(received_on)s, 200) < %(before)s"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications of a search have each value of each column, and in all."""

    total: int
    by: dict[str, dict[str | None, int]]


def page_of(register: Register, order: Order, *, size: int, after: int, near: Any) -> Page:
    """Return where a page of results begins, and in which order they come.

    Parameters
    ----------
    near
        The `Circle` that is searched, whose middle is what "nearest" is nearest to.
    """
    if order == "nearest" and near is not None:
        return Page(size, after, near=NearPoint(near.easting, near.northing))
    sorted_by = {"reference": register.reference, "decided": register.decided_on}
    field = register.field(sorted_by.get(order) or register.received_on)
    sort = (SortKey(field, is_descending=order != "reference"),) if field else ()
    return Page(size, after, sort=sort)


def find_applications(register: Register, search: ApplicationSearch, page: Page) -> SelectedPage:
    """Return a page of the applications that a search finds."""
    return selected_page(register.layer, search.selection(register), page)


def count_applications(register: Register, search: ApplicationSearch) -> int:
    """Return how many there are, all of them counted."""
    if search == ApplicationSearch():
        return register.layer.feature_count
    return int(_ask(register, search, _COUNT) or 0)


def count_by_columns(
    register: Register, search: ApplicationSearch, wards: PublishedLayer | None
) -> Counts:
    """Return how many there are of each month, status, type, decision and ward."""
    if search == ApplicationSearch():
        return choices_of(register, wards)
    columns = columns_of(register, wards)
    ids = _ids(register, search)
    return Counts(len(ids), {name: column.count(ids) for name, column in columns.items()})


def choices_of(register: Register, wards: PublishedLayer | None) -> Counts:
    """Return the counts of all applications."""
    columns = columns_of(register, wards)
    everything = slice(1, None)
    by = {name: column.count(everything) for name, column in columns.items()}
    return Counts(register.layer.feature_count, by)


def latest_received(register: Register, before: str) -> str | None:
    """Return the last day, as ISO text and before a given one, that an application bears."""
    if not register.received_on:
        return None
    values = {
        "edition_id": register.layer.edition_id,
        "received_on": register.received_on,
        "before": before,
    }
    [latest] = fetch_row(_LATEST, values)
    return latest.decode() if latest else None


def _ids(register: Register, search: ApplicationSearch) -> Any:
    found = _ask(register, search, _IDS)
    return np.fromstring(found.decode(), dtype=np.int64, sep=",") if found else np.array([], int)


def _ask(register: Register, search: ApplicationSearch, statement: str) -> Any:
    where, place = search.on_texts(), _TEXTS
    if where is None:
        where, place = all_of(search.selection(register).conditions(register.layer)), _FEATURES
    table, id_ = (sql.SQL(name) for name in place)
    text = sql.SQL(statement).format(table=table, id=id_, condition=sql.SQL(where.text))
    values = {**where.values, "edition_id": register.layer.edition_id}
    with comparing(register.layer.title):
        [found] = fetch_row(text.as_string(), values)
    return found
