"""A search counted: by time, by area, by kind and by decision, each adding up to its total."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from maps.applications.addresses import address_of
from maps.applications.asked import Asked
from maps.applications.periods import Span, count_by_span, span_of
from maps.planning_nearby import describe_status
from planning.applications.columns import MONTH, WARD, wards_of
from planning.applications.register import CHOSEN, STATUS, Register
from planning.applications.results import Counts, count_by_columns
from planning.applications.search import NOT_SAID


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a table and its bar. ``share`` is of the longest, 0 to 100.

    ``address`` is that of the list of those that it counts, empty where there is none.
    """

    label: str
    count: int
    share: float
    address: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A bar that stands: its left edge, its top and its height, from the top down."""

    label: str
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way of counting. ``left_over`` says how many are in none of its bars, and why."""

    name: str
    title: str
    heading: str
    bars: list[Bar]
    left_over: int
    left_over_words: str

    @property
    def total(self) -> int:
        """All of them, those in no bar as well."""
        return sum(bar.count for bar in self.bars) + self.left_over

    @property
    def columns(self) -> list[Column]:
        """The bars side by side, for a drawing 400 high and 100 wide for each."""
        return [
            Column(
                bar.label,
                bar.count,
                place * 100 + 10,
                round(400 - bar.share * 4),
                round(bar.share * 4),
            )
            for place, bar in enumerate(self.bars)
        ]

    @property
    def longest(self) -> int:
        return max((bar.count for bar in self.bars), default=0)


@dataclass(frozen=True, slots=True)
class Counted:
    """Every way that the register can be counted by, and how many there are in all."""

    total: int
    span: Span
    over_time: Breakdown | None
    by_ward: Breakdown | None
    others: list[Breakdown]
    ward_counts: Mapping[str, int]

    @property
    def breakdowns(self) -> list[Breakdown]:
        return [each for each in (self.over_time, self.by_ward, *self.others) if each]


def describe_counts(asked: Asked, register: Register) -> Counted:
    """Return the counts of a search."""
    counts = count_by_columns(register, asked.search, asked.wards)
    by_month = {month: count for month, count in counts.by[MONTH].items() if month}
    by_ward = counts.by.get(WARD, {})
    span = span_of(list(by_month))
    return Counted(
        total=counts.total,
        span=span,
        over_time=_over_time(by_month, span, counts) if register.received_on else None,
        by_ward=_by_ward(asked, by_ward) if asked.wards else None,
        others=[_by_value(asked, register, name, counts) for name in CHOSEN if register.has(name)],
        ward_counts={fid: count for fid, count in by_ward.items() if fid},
    )


def _over_time(by_month: Mapping[str, int], span: Span, counts: Counts) -> Breakdown:
    titles = {
        "month": (_("Received each month"), _("Month")),
        "quarter": (_("Received each quarter"), _("Quarter")),
        "year": (_("Received each year"), _("Year")),
    }
    title, heading = titles[span]
    spans = count_by_span(by_month, span)
    longest = max((count for _label, count in spans), default=0)
    return Breakdown(
        name="time",
        title=title,
        heading=heading,
        bars=[Bar(label, count, _share(count, longest)) for label, count in spans],
        left_over=counts.by[MONTH].get(None, 0),
        left_over_words=_("No month given"),
    )


def _by_ward(asked: Asked, counts: Mapping[str | None, int]) -> Breakdown:
    assert asked.wards is not None  # only asked for where there are some
    longest = max((count for fid, count in counts.items() if fid), default=0)
    bars = [
        Bar(
            ward.name,
            counts[ward.fid],
            _share(counts[ward.fid], longest),
            address_of("", asked.values, ward=ward.fid),
        )
        for ward in wards_of(asked.wards)
        if ward.fid in counts
    ]
    return Breakdown(
        name="ward",
        title=_("By ward"),
        heading=_("Ward"),
        bars=sorted(bars, key=lambda bar: (-bar.count, bar.label)),
        left_over=counts.get(None, 0),
        left_over_words=_("In no ward, or without a location"),
    )


def _by_value(asked: Asked, register: Register, name: str, counts: Counts) -> Breakdown:
    field = register.field(name)
    title = field.title if field else name
    found = counts.by[name]
    longest = max((count for value, count in found.items() if value), default=0)
    bars = [
        Bar(
            describe_status(value) if name == STATUS else value,
            count,
            _share(count, longest),
            address_of("", asked.values, **{name: value}),
        )
        for value, count in found.items()
        if value not in (None, NOT_SAID)
    ]
    return Breakdown(
        name=name,
        title=_("By %(field)s") % {"field": title.lower()},
        heading=title,
        bars=sorted(bars, key=lambda bar: (-bar.count, bar.label)),
        left_over=found.get(None, 0) + found.get(NOT_SAID, 0),
        left_over_words=_("Not said"),
    )


def _share(count: int, longest: int) -> float:
    return round(100 * count / longest, 2) if longest else 0.0
