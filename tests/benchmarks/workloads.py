"""What is asked: as our addresses, as the peer's, and as the SQL that ours come down to."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest import mock

from layers import crs
from layers.query import bodies
from layers.query.nearest import nearest_to
from layers.query.order import Page
from layers.query.registry import published_layers
from layers.query.selection import Bbox, Selection
from tests.benchmarks.city import EAST, NORTH, PLANNING_COUNT, POINT_COUNTS, SEED, SOUTH, WEST

_NEAREST_COLLECTIONS = ",".join(POINT_COUNTS)


@dataclass(frozen=True)
class Workload:
    """One kind of question, asked ``len(paths)`` times with other numbers each time."""

    name: str
    paths: list[str]
    peer_paths: list[str] | None
    statements: list[str]


def make_workloads() -> list[Workload]:
    """Return the workloads over the published city: the same for the same seed."""
    return [
        _page("page of 100, 1 km box", limit=100, side_m=1000, count=300),
        _page("page of 1,000, 5 km box", limit=1000, side_m=5000, count=60),
        _feature(count=2000),
        _nearest(count=600),
    ]


def _page(name: str, *, limit: int, side_m: float, count: int) -> Workload:
    layer = published_layers()["planning"]
    chance = random.Random(f"{SEED}{name}")
    boxes = [_box(chance, side_m) for _ in range(count)]
    words = [",".join(f"{degrees:.6f}" for degrees in box) for box in boxes]
    return Workload(
        name,
        [f"/api/collections/planning/items?limit={limit}&bbox={box}" for box in words],
        [f"/planning/?page_size={limit}&in_bbox={box}" for box in words],
        [
            _statement_of(
                partial(bodies.items_body, layer, Selection(bbox=Bbox(*box)), Page(limit))
            )
            for box in boxes
        ],
    )


def _feature(count: int) -> Workload:
    layer = published_layers()["planning"]
    chance = random.Random(f"{SEED}feature")
    places = [chance.randrange(PLANNING_COUNT) for _ in range(count)]
    return Workload(
        "feature by id",
        [f"/api/collections/planning/items/{100_000 + place}" for place in places],
        [f"/planning/{place + 1}/" for place in places],
        [_statement_of(partial(bodies.item_body, layer, str(100_000 + place))) for place in places],
    )


def _nearest(count: int) -> Workload:
    layers = published_layers()
    chosen = [layers[slug] for slug in POINT_COUNTS]
    chance = random.Random(f"{SEED}nearest")
    points = [
        (round(chance.uniform(-2.0, -1.75), 6), round(chance.uniform(52.4, 52.58), 6))
        for _ in range(count)
    ]
    return Workload(
        "5 nearest of 6 layers",
        [
            f"/api/nearest?lon={lon}&lat={lat}&limit=5&collections={_NEAREST_COLLECTIONS}"
            for lon, lat in points
        ],
        None,
        [
            _statement_of(
                partial(bodies.found_body, nearest_to(*crs.point_27700(*point), limit=5), chosen)
            )
            for point in points
        ],
    )


def _box(chance: random.Random, side_m: float) -> tuple[float, float, float, float]:
    easting = chance.uniform(WEST, EAST - side_m)
    northing = chance.uniform(SOUTH, NORTH - side_m)
    west, south = crs.point_4326(easting, northing)
    east, north = crs.point_4326(easting + side_m, northing + side_m)
    return round(west, 6), round(south, 6), round(east, 6), round(north, 6)


def _statement_of(ask: Callable[[], Any]) -> str:
    """Return the statement that a query sends, with its values in it, without sending it."""
    with mock.patch.object(bodies, "fetch_row", side_effect=_Sent) as fetch_row:
        try:
            ask()
        except _Sent:
            statement, parameters = fetch_row.call_args.args
    return _with_values(statement, parameters)


class _Sent(Exception):
    """Raised in place of sending a statement."""

    def __init__(self, *_: Any) -> None:
        super().__init__()


def _with_values(statement: str, parameters: dict[str, Any]) -> str:
    from django.db import connections

    connections["read"].ensure_connection()
    with connections["read"].connection.cursor() as cursor:
        return str(cursor.mogrify(statement, parameters))
