"""Which applications are meant: every way of saying it, as one value."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from layers.query.condition import Condition, all_of
from layers.query.selection import Area, Circle, Selection
from planning.applications.register import Register
from planning.applications.words import fold_reference, fold_words, words_query

# A choice of its own: the source leaves the field empty.
NOT_SAID = "-"
_AMONG_TEXTS = (
    "id IN (SELECT feature_id FROM planning_applicationtext"
    " WHERE edition_id = %(texts_edition_id)s AND {compared})"
)
_IN_SHAPE = (
    "geom_4326 && ST_GeomFromText(%(shape_wkt)s, 4326)"
    " AND ST_Intersects(geom_4326, ST_GeomFromText(%(shape_wkt)s, 4326))"
)


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both included; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class ApplicationSearch:
    """What is None or empty does not narrow it.

    ``words`` must all be there, each as the beginning of a word, in any order. ``reference`` may
    be any part of one. ``values`` are of status, type and decision, by field, as the data has
    them; `NOT_SAID` stands for none. ``shape`` are the corners of a drawn area, longitude and
    latitude (EPSG:4326), the last one not repeated.
    """

    words: str = ""
    reference: str = ""
    values: dict[str, str] = field(default_factory=dict)
    received: Days | None = None
    decided: Days | None = None
    ward: Area | None = None
    circle: Circle | None = None
    shape: tuple[tuple[float, float], ...] = ()

    def selection(self, register: Register) -> Selection:
        """Return the features of the register's layer that are meant."""
        conditions = tuple(self._conditions(register))
        return Selection(
            circle=self.circle,
            area=self.ward,
            filter=all_of(conditions) if conditions else None,
        )

    def _conditions(self, register: Register) -> Iterator[Condition]:
        yield from self._texts(register)
        for name, value in self.values.items():
            yield _has_value(name, value)
        if self.received and register.received_on:
            yield from _between("received", register.received_on, self.received)
        if self.decided and register.decided_on:
            yield from _between("decided", register.decided_on, self.decided)
        if self.shape:
            yield Condition(_IN_SHAPE, {"shape_wkt": _as_wkt(self.shape)})

    def on_texts(self) -> Condition | None:
        """Return the same of the table of texts alone, None where that cannot say it."""
        if replace(self, words="", reference="") != ApplicationSearch():
            return None
        conditions = tuple(self._compared())
        return all_of(conditions) if conditions else None

    def _texts(self, register: Register) -> Iterator[Condition]:
        edition_id = register.layer.edition_id
        for each in self._compared():
            among = _AMONG_TEXTS.format(compared=each.text)
            yield Condition(among, {**each.values, "texts_edition_id": edition_id})

    def _compared(self) -> Iterator[Condition]:
        words, reference = fold_words(self.words), fold_reference(self.reference)
        if words:
            yield Condition("words @@ %(words)s::tsquery", {"words": words_query(words)})
        if reference:
            yield Condition("reference LIKE %(reference)s", {"reference": f"%{reference}%"})
        # Typed, but nothing that could be found: not every application, then.
        if (self.words and not words) or (self.reference and not reference):
            yield Condition("false", {})


def _has_value(name: str, value: str) -> Condition:
    text = f"left(properties ->> %({name}_field)s, 200)"
    if value == NOT_SAID:
        return Condition(f"nullif({text}, '') IS NULL", {f"{name}_field": name})
    return Condition(
        f"{text} = left(%({name}_value)s, 200)", {f"{name}_field": name, f"{name}_value": value}
    )


def _between(which: str, name: str, days: Days) -> Iterator[Condition]:
    """Compare as text, as the index has it: moments of the last day come before the next."""
    if days.first:
        yield _compare(f"{which}_first", name, ">=", days.first)
    if days.last:
        yield _compare(f"{which}_last", name, "<", days.last + timedelta(days=1))


def _compare(bound: str, name: str, how: str, day: date) -> Condition:
    text = f"left(properties ->> %({bound}_field)s, 200) {how} %({bound})s"
    return Condition(text, {f"{bound}_field": name, bound: day.isoformat()})


def _as_wkt(corners: tuple[tuple[float, float], ...]) -> str:
    ring = ", ".join(
        f"{longitude!r} {latitude!r}" for longitude, latitude in (*corners, corners[0])
    )
    return f"POLYGON(({ring}))"
