"""In which order features follow one another, and where in it a page begins."""

from dataclasses import dataclass
from typing import Any

from layers.query.registry import PublishedField
from layers.query.selection import property_value

# A key's type, and whether the greatest comes first: what its SQL depends on.
KeyShape = tuple[str, bool]

_LOOKED_UP = (
    "(SELECT {value} FROM layers_feature WHERE edition_id = %(edition_id)s AND id = %(after)s)"
)
LAST_IS_THERE = (
    "EXISTS (SELECT 1 FROM layers_feature WHERE edition_id = %(edition_id)s AND id = %(after)s)"
)
_POINT = "ST_SetSRID(ST_MakePoint(%(near_easting)s, %(near_northing)s), 27700)"
DISTANCE_M = f"geom_27700 <-> {_POINT}"


@dataclass(frozen=True, slots=True)
class SortKey:
    """A queryable property to sort by. Features without it come last, either way."""

    field: PublishedField
    is_descending: bool = False

    @property
    def shape(self) -> KeyShape:
        """What the SQL that sorts by it depends on."""
        return self.field.type, self.is_descending


@dataclass(frozen=True, slots=True)
class NearPoint:
    """A point to begin with what is nearest to. EPSG:27700, metres."""

    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page of features: how many at most, in which order, and after which feature.

    ``after`` is the `id` of the last feature of the page before, 0 for the first page. In
    the order of ``sort``, or from ``near`` outwards, or as the source has them; what is
    equal comes in the source's order.
    """

    size: int
    after: int = 0
    sort: tuple[SortKey, ...] = ()
    near: NearPoint | None = None

    @property
    def is_plain(self) -> bool:
        """Whether features come as the source has them."""
        return not self.sort and self.near is None

    def values(self) -> dict[str, Any]:
        """Return the values that the order binds."""
        values: dict[str, Any] = {"page_size": self.size, "after": self.after}
        for place, key in enumerate(self.sort):
            values[_name(place)] = key.field.name
        if self.near is not None:
            values["near_easting"] = self.near.easting
            values["near_northing"] = self.near.northing
        return values


@dataclass(frozen=True, slots=True)
class Arm:
    """Rows that come before those of the next arm: their condition, and their order."""

    condition: str
    order: str


def sorted_arms(sort: tuple[KeyShape, ...], *, is_first: bool) -> tuple[Arm, Arm]:
    """Return those that have the first property, and then those that have not.

    Apart, because a btree gives those that have it forwards and backwards, but backwards never
    with the others at its end.

    Parameters
    ----------
    is_first
        The page is the first: it goes on from nothing.
    """
    (kind, is_descending), rest = sort[0], _order(sort[1:], since=1)
    first = _value(kind, 0)
    with_first, without_first = f"{first} IS NOT NULL", f"{first} IS NULL"
    if not is_first:
        last, beyond = _of_the_last(first), "<" if is_descending else ">"
        later = _is_later(sort, since=1)
        # The first comparison says nothing new, but an index can begin there.
        with_first = f"{first} {beyond}= {last} AND ({first} {beyond} {last} OR {later})"
        without_first += f" AND ({last} IS NOT NULL OR {later})"
    return (
        Arm(with_first, f"{first} {'DESC' if is_descending else 'ASC'}, {rest}"),
        Arm(without_first, rest),
    )


def is_farther(*, is_first: bool) -> str:
    """Return the condition to be somewhere, and beyond the last feature of the page before."""
    if is_first:
        return "geom_27700 IS NOT NULL"
    last = _of_the_last(DISTANCE_M)
    return f"geom_27700 IS NOT NULL AND ({DISTANCE_M}, id) > ({last}, %(after)s)"


def _is_later(sort: tuple[KeyShape, ...], *, since: int) -> str:
    """Return the condition to come after the last feature by the keys from ``since`` on."""
    if since == len(sort):
        return "id > %(after)s"
    kind, is_descending = sort[since]
    value = _value(kind, since)
    last, beyond = _of_the_last(value), "<" if is_descending else ">"
    return (
        f"({value} {beyond} {last} OR ({value} IS NULL AND {last} IS NOT NULL)"
        f" OR ({value} IS NOT DISTINCT FROM {last} AND {_is_later(sort, since=since + 1)}))"
    )


def _order(sort: tuple[KeyShape, ...], *, since: int) -> str:
    parts = [
        f"{_value(kind, place)} {'DESC' if is_descending else 'ASC'} NULLS LAST"
        for place, (kind, is_descending) in enumerate(sort, start=since)
    ]
    return ", ".join([*parts, "id"])


def _of_the_last(value: str) -> str:
    """Return a value of the feature that a page goes on from.

    It is looked up by its id, so that a cursor need not carry what it is sorted by: an
    edition does not change.
    """
    return _LOOKED_UP.format(value=value)


def _value(kind: str, place: int) -> str:
    name = _name(place)
    # As text, times with different offsets would not come in the order in which they were.
    if kind == "datetime":
        return f"(properties ->> %({name})s)::timestamptz"
    return property_value(kind, name)


def _name(place: int) -> str:
    return f"sort_{place}_field"
