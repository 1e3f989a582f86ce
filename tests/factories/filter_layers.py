"""Layers whose every property can be filtered by, for tests that work answers out by themselves.

::

    places    120 points, seeded, with a property of each type and gaps in each
    fields    a grid of 4 x 3 squares of 1 km that share edges; one with a hole, one of two parts
    becks     5 lines: along an edge, through squares, out of the grid, and one of two parts
    papers    rows without any location

EPSG:27700, metres, from 405000, 285000.
"""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import shapely

from layers.models import Layer
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

SEED = 20260401
WEST, SOUTH = 405000, 285000
_NAMES = (
    "København", "Kiev", "Berlin", "berlin", "Birr", "Bor", "Élm", "elm", "ELM", "Straße",
    "STRASSE", "O'Brien", 'a "b" \\ c', "100 %", "snake_case", "", "tab\tand\nline", "中文", "Kobe",
)  # fmt: skip
FIELDS = {
    "name": "text", "name_ascii": "text", "status": "text", "pop": "integer", "pop_min": "integer",
    "pop_max": "integer", "height": "number", "open": "boolean", "day": "date", "until": "date",
    "start": "datetime", "finish": "datetime", "link": "url",
}  # fmt: skip


class FilterLayers:
    """The features as they were made, by layer, and the layers."""

    def __init__(self) -> None:
        self.features = {
            "places": _places(),
            "fields": _squares(),
            "becks": _lines(),
            "papers": [MadeFeature(f"p{n}", None, _properties(n)) for n in range(5)],
        }
        self.layers = {slug: self._publish(slug) for slug in self.features}

    def _publish(self, slug: str) -> Layer:
        types = {"places": "Point", "fields": "Polygon", "becks": "LineString", "papers": "None"}
        layer = make_layer(
            slug,
            types[slug],
            fields=[
                *(
                    make_field(name, type_, is_queryable=True, unit="m" * (name == "height"))
                    for name, type_ in FIELDS.items()
                ),
                make_field("note", description="Not to be filtered by.", is_required=True),
                make_field("secret", is_public=False, is_queryable=True),
            ],
            datetime_field="day",
        )
        publish_features(layer, self.features[slug])
        return layer


def _properties(n: int) -> dict[str, object]:
    """Return properties of which each is missing now and then, each at steps of its own."""
    random = np.random.default_rng(SEED + n)
    pop = int(random.integers(-50, 5000))
    start = datetime(2022, 4, 10, 10, 13, 19, tzinfo=UTC) + timedelta(hours=int(n) * 3)
    zone = timezone(timedelta(hours=n % 5 - 2))
    name = _NAMES[n % len(_NAMES)]
    values = {
        "name": name,
        "name_ascii": name.encode("ascii", "ignore").decode(),
        "status": ("open", "closed", "true")[n % 3],
        "pop": pop,
        "pop_min": pop - n % 4,
        "pop_max": pop + n % 3,
        "height": round(float(random.uniform(-10, 200)), 2),
        "open": n % 2 == 0,
        "day": f"20{n % 30:02}-0{n % 9 + 1}-{n % 28 + 1:02}",
        "until": f"20{n % 31:02}-0{n % 8 + 1}-{n % 27 + 1:02}",
        "start": start.astimezone(zone).isoformat(),
        "finish": (start + timedelta(minutes=n % 50 - 10)).isoformat(),
        "link": f"https://example.org/{n}",
    }
    kept = {
        key: None if n % (7 + place) == 6 else value
        for place, (key, value) in enumerate(values.items())
    }
    return {**kept, "note": f"note {n}"}


def _places() -> list[MadeFeature]:
    random = np.random.default_rng(SEED)
    positions = random.uniform((WEST - 500, SOUTH - 500), (WEST + 5000, SOUTH + 4000), (120, 2))
    shapes = [shapely.Point(x, y) for x, y in positions.round(2)]
    shapes[0] = shapely.Point(WEST + 1000, SOUTH + 1000)  # where four squares meet
    shapes[6] = None
    return [MadeFeature(f"n{n}", shape, _properties(n)) for n, shape in enumerate(shapes)]


def _squares() -> list[MadeFeature]:
    squares = [
        shapely.box(WEST + x, SOUTH + y, WEST + x + 1000, SOUTH + y + 1000)
        for x in range(0, 4000, 1000)
        for y in range(0, 3000, 1000)
    ]
    squares[4] -= shapely.box(WEST + 1400, SOUTH + 1400, WEST + 1600, SOUTH + 1600)
    parts = (squares[11], shapely.box(WEST + 6000, SOUTH, WEST + 6500, SOUTH + 500))
    squares[11] = shapely.MultiPolygon(parts)
    return [MadeFeature(f"f{n}", square, _properties(n)) for n, square in enumerate(squares)]


def _lines() -> list[MadeFeature]:
    lines = [
        [(1000, 0), (1000, 3000)],
        [(-500, 500), (4500, 500)],
        [(200, 200), (800, 800)],
        [(4200, 0), (4800, 3000)],
    ]
    shapes: list[shapely.Geometry] = [
        shapely.LineString([(WEST + x, SOUTH + y) for x, y in line]) for line in lines
    ]
    shapes.append(shapely.MultiLineString([shapes[2], shapes[3]]))
    return [MadeFeature(f"b{n}", shape, _properties(n)) for n, shape in enumerate(shapes)]
