"""The basemap's rules: what is drawn at all, legibly, and quieter than what lies over it."""

import re
from typing import get_args

import pytest

from layers.query.basemap.parts import PARTS, PartName
from maps.basemap_palettes import PALETTES, THEMES, Theme
from maps.basemap_style import LABELS, PAINTS, at_zoom, style_as_settings

_LEGIBLE = 4.5
_QUIET = 3.0


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_that_is_asked_for_is_in_every_palette(theme: Theme) -> None:
    asked = {paint.colour for paint in PAINTS} | {paint.edge for paint in PAINTS if paint.edge}
    asked |= {name for label in LABELS for name in (label.colour, label.halo)} | {"land"}
    assert set(PALETTES[theme]) == asked
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in PALETTES[theme].values())


@pytest.mark.parametrize("theme", THEMES)
def test_names_can_be_read_against_their_halo(theme: Theme) -> None:
    palette = PALETTES[theme]
    for label in LABELS:
        assert _contrast(palette[label.colour], palette[label.halo]) >= _LEGIBLE, label


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_ground_is_quiet(theme: Theme) -> None:
    palette = PALETTES[theme]
    areas = {paint.colour for paint in PAINTS if paint.mark == "area"}
    assert all(_contrast(palette[each], palette["land"]) < _QUIET for each in areas)


def test_each_part_is_drawn_in_the_order_of_the_parts() -> None:
    drawn = list(dict.fromkeys(paint.part for paint in PAINTS))
    assert drawn == [part.name for part in PARTS if part.name != "name"]
    assert {part.name for part in PARTS} == set(get_args(PartName))


def test_every_class_of_a_part_has_its_paint_or_its_label() -> None:
    for part in PARTS:
        drawn = {
            each
            for paint in (*PAINTS, *LABELS)
            if paint.part == part.name
            for each in paint.classes
        }
        assert set(part.from_zoom) <= drawn | {""}, part.name
        assert "" in drawn, part.name


def test_casings_of_all_roads_lie_under_all_roads() -> None:
    roads = [paint.colour for paint in PAINTS if paint.part == "road" and not paint.dash]
    casings = [number for number, colour in enumerate(roads) if colour.endswith("-casing")]
    assert casings == list(range(len(roads) // 2))


def test_major_roads_lie_over_minor_ones() -> None:
    fills = [
        paint.classes[0]
        for paint in PAINTS
        if paint.part == "road" and not paint.dash and not paint.colour.endswith("-casing")
    ]
    assert fills == ["access", "local", "minor", "b-road", "a-road", "primary", "motorway"]


@pytest.mark.parametrize(("zoom", "width"), [(5, 1.0), (10, 1.0), (11, 2.5), (12, 4.0), (20, 4.0)])
def test_widths_grow_evenly_between_zooms(zoom: float, width: float) -> None:
    assert at_zoom(((10, 1.0), (12, 4.0)), zoom) == pytest.approx(width)


def test_a_script_is_told_colours_of_screens_and_the_rules() -> None:
    told = style_as_settings()
    assert set(told["palettes"]) == {"light", "dark"}
    assert told["paints"][0] == {
        "part": "foreshore",
        "classes": ("",),
        "mark": "area",
        "colour": "foreshore",
        "fromZoom": 10,
        "isRound": True,
    }
    assert all({"halo", "sizePx", "fromZoom", "apartPx"} <= set(label) for label in told["labels"])
