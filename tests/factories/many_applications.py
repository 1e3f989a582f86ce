"""A seeded register of planning applications, and the wards of a city around them."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import shapely

from layers.models import Layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

SEED = 20260611
WEST, SOUTH, EAST, NORTH = 398_000.0, 276_500.0, 414_500.0, 299_500.0
_COLUMNS, _ROWS = 7, 10
_WORKS = (
    "Erection of a single storey rear extension", "Two storey side extension and porch",
    "Loft conversion with rear dormer window", "Change of use from a shop to a café",
    "Demolition of garages and erection of four houses", "Crown reduction of one oak tree",
    "Display of one internally illuminated fascia sign", "Replacement of sash windows",
)  # fmt: skip
_STREETS = (
    "High Street", "Church Road", "Station Road", "Victoria Road", "St Paul’s Square",
    "Mill Lane", "Bristol Road", "Park Avenue", "Kings Heath Walk", "Oak Grove",
)  # fmt: skip
_TYPES = ("Householder", "Full", "Outline", "Advertisement consent", "Works to protected trees")
_STATUSES = ("decided", "decided", "decided", "live", "withdrawn")


def publish_register(count: int, *, until: date = date(2026, 3, 31)) -> Layer:
    """Publish ``count`` applications of ten years, the last of them on a given day."""
    text = {"is_queryable": True}
    layer = make_layer(
        "planning-applications",
        title_field="description",
        datetime_field="received_on",
        role="planning-application",
        theme="planning",
        fields=[
            make_field("reference", **text),
            make_field("description"),
            make_field("address", **text),
            make_field("type", **text),
            make_field("status", **text),
            make_field("decision", **text),
            make_field("received_on", "date", **text),
            make_field("decided_on", "date", **text),
            make_field("web_page", "url"),
        ],
    )
    publish_features(layer, list(_applications(count, until)))
    return layer


def publish_wards() -> Layer:
    """Publish seventy wards in a grid, each with a border of about a thousand corners."""
    layer = make_layer("wards", "Polygon", role="ward", is_area=True)
    xs, ys = np.linspace(WEST, EAST, _COLUMNS + 1), np.linspace(SOUTH, NORTH, _ROWS + 1)
    wards = [
        MadeFeature(
            f"W{row}{column}",
            shapely.segmentize(shapely.box(xs[column], ys[row], xs[column + 1], ys[row + 1]), 9),
            {"name": f"Ward {row}{column}"},
        )
        for row in range(_ROWS)
        for column in range(_COLUMNS)
    ]
    publish_features(layer, wards)
    return layer


def _applications(count: int, until: date) -> Iterator[MadeFeature]:
    random = np.random.default_rng([SEED, count])
    points = shapely.points(random.uniform(WEST, EAST, count), random.uniform(SOUTH, NORTH, count))
    ages = np.sort(random.integers(0, 3650, count))
    numbers = random.integers(0, 1000, (count, 5))
    for place in range(count):
        received = until - timedelta(days=int(ages[place]))
        yield MadeFeature(
            str(place + 1), points[place], _properties(place, count, received, numbers[place])
        )


def _properties(
    place: int, count: int, received: date, numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> dict[str, str | None]:
    work, street, kind, status, house = (int(number) for number in numbers)
    reference = f"{received.year}/{count - place:06}/PA"
    is_decided = _STATUSES[status % 5] == "decided"
    return {
        "reference": reference,
        "description": f"{_WORKS[work % len(_WORKS)]} at plot {place % 997}",
        "address": f"{house} {_STREETS[street % len(_STREETS)]}, Birmingham",
        "type": _TYPES[kind % len(_TYPES)],
        "status": _STATUSES[status % len(_STATUSES)],
        "decision": ("Approved", "Refused")[status % 7 == 0] if is_decided else None,
        "received_on": received.isoformat(),
        "decided_on": (received + timedelta(days=56)).isoformat() if is_decided else None,
        "web_page": f"https://planning.example.org/{reference}",
    }
