"""How a published layer is drawn."""

import pytest

from layers.query.symbology import Mark, SymbolClass, Symbology, symbology_of
from tests.unit.maps.published import make_published_layer


@pytest.mark.parametrize(
    ("geometry_type", "mark"),
    [
        ("Point", "point"),
        ("MultiPoint", "point"),
        ("LineString", "line"),
        ("Polygon", "area"),
    ],
)
def test_what_is_not_said_is_as_usual(geometry_type: str, mark: Mark) -> None:
    layer = make_published_layer(geometry_type=geometry_type, style={"colour": "#1b5e20"})

    assert symbology_of(layer) == Symbology(mark=mark, colour="#1b5e20")


def test_classes_are_drawn_apart() -> None:
    one = {"value": "3", "title": "Zone 3", "colour": "#0d47a1", "fill": "crossed"}
    layer = make_published_layer(geometry_type="Polygon", style={"by": "zone", "classes": [one]})

    drawn = symbology_of(layer)

    assert drawn.classes == (SymbolClass("3", "Zone 3", "#0d47a1", fill="crossed"),)
    assert drawn.as_settings()["classes"][0]["symbol"] == "circle"
