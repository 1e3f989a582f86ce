"""The list of what a search finds, and its map, under the same numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from maps.applications.asked import Asked
from maps.backdrop import (
    box_around,
    describe_backdrop,
    describe_ground,
    find_backdrop,
    find_ground,
)
from maps.planning_nearby import STALE_AFTER, PlanningApplication, describe_application
from planning.applications.register import Register
from planning.applications.results import (
    count_applications,
    find_applications,
    latest_received,
    page_of,
)

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of results. ``first`` and ``last`` are the numbers that it shows of ``total``.

    ``next_after`` is the id to go on from, None on the last page. ``latest_on`` is the last day
    that any application of the register was received on, and ``is_behind`` whether that is so
    long ago that newer ones must be missing.
    """

    total: int
    items: tuple[PlanningApplication, ...]
    first: int
    last: int
    next_after: int | None
    latest_on: date | None
    is_behind: bool
    unplaced: int


def describe_listing(asked: Asked, register: Register, today: date) -> Listing:
    """Return the page of results that an address asks for."""
    page = page_of(
        register, asked.sort, size=PAGE_SIZE, after=asked.after, near=asked.search.circle
    )
    found = find_applications(register, asked.search, page)
    items = tuple(
        describe_application(number, register.layer, feature)
        for number, feature in enumerate(found.features, start=asked.seen + 1)
    )
    latest_on, is_behind = how_far_it_reaches(register, today)
    return Listing(
        total=count_applications(register, asked.search),
        items=items,
        first=asked.seen + 1,
        last=asked.seen + len(items),
        next_after=found.next_after,
        latest_on=latest_on,
        is_behind=is_behind,
        unplaced=sum(item.longitude is None for item in items),
    )


def how_far_it_reaches(register: Register, today: date) -> tuple[date | None, bool]:
    """Return the last day that an application was received on, and whether that is long ago."""
    tomorrow = today + timedelta(days=1)
    text = latest_received(register, tomorrow.isoformat())
    try:
        latest_on = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        # Of the last one only the month or the year is known.
        latest_on = None
    return latest_on, latest_on is None or today - latest_on > STALE_AFTER


def describe_listing_map(
    asked: Asked, register: Register, layers: Mapping[str, PublishedLayer]
) -> dict[str, Any]:
    """Return the settings of the map: its items are read from the list."""
    backdrop, ground = find_backdrop(layers), find_ground(layers)
    place = asked.place
    return {
        "label": _("Map of the applications listed. Arrow keys move it; plus and minus zoom."),
        "box": box_around(backdrop.extent_4326 if backdrop else None, register.layer.extent_4326),
        "position": [place.longitude, place.latitude] if place else None,
        "radiusM": asked.within_m if place else None,
        "shape": [list(corner) for corner in asked.search.shape],
        "backdrop": describe_backdrop(backdrop, [asked.values.get("ward", "")]),
        "ground": describe_ground(ground),
        "colour": ground.style.get("colour") if ground else None,
        "texts": {
            "inView": _("{count} of the {all} applications listed are in view."),
            "corner": _("Corners: {count}. Press the map for more, then “Search this area”."),
            "begin": _("Press the map at each corner of the area."),
            "taken": _("The area that the map shows is in the form. Press “Search”."),
            "full": _("That is as many corners as an area can have."),
        },
    }
