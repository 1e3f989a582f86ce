"""What a person may confirm about a source: read, kept, applied and said."""

import shlex
from typing import Any

import pytest

from importers.catalogue.entries import CoordinateColumns
from importers.errors import WrongUse
from importers.fixes import NO_FIXES, Fixes, Offer, read_fixes
from tests.factories.entries import LONGITUDE_LATITUDE, layer_entry, source_entry

EVERYTHING = Fixes(
    swap_axes=True,
    crs="EPSG:4326",
    encoding="windows-1252",
    table="Sheet 1",
    columns={"name": "Tree's name", "ref": "Ref"},
    x="X",
    y="Y",
    accept_empty=True,
)


@pytest.mark.parametrize("fixes", [NO_FIXES, EVERYTHING, Fixes(crs="EPSG:27700")])
def test_what_is_kept_as_json_comes_back_the_same(fixes: Fixes) -> None:
    assert Fixes.from_json(fixes.as_json()) == fixes


def test_no_fix_is_kept_as_nothing() -> None:
    assert NO_FIXES.as_json() == {}
    assert not NO_FIXES
    assert EVERYTHING


@pytest.mark.parametrize("fixes", [NO_FIXES, EVERYTHING, Fixes(columns={"name": 'The "name" $x'})])
def test_the_options_that_are_said_are_those_that_are_read(fixes: Fixes) -> None:
    words = shlex.split(fixes.as_options())

    assert words[::2] == ["--fix"] * (len(words) // 2)
    assert read_fixes(words[1::2]) == fixes


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("swap", "There is no fix “swap”. There are: swap-axes, crs, encoding, table, x, y, "),
        ("columns=a", "There is no fix “columns”"),
        ("column.=a", "There is no fix “column.”"),
        ("swap-axes=yes", "takes no value: write --fix swap-axes"),
        ("accept-empty=1", "takes no value"),
        ("crs", "The fix crs needs a value: write --fix crs=…"),
        ("crs=27700", "--fix crs=27700 is not known. Write EPSG:27700 or EPSG:4326."),
        ("encoding=klingon", "--fix encoding=klingon is not known. Write utf-8 or windows-1252."),
        ("encoding=hex", "--fix encoding=hex is not known"),
        ("column.name=", "The fix column.name needs a value"),
        ("table=\udcff", r"--fix table=\udcff holds bytes that are no text"),
        ("x=Easting", "x and y go together"),
    ],
)
def test_an_option_that_would_do_nothing_or_harm_is_refused(option: str, words: str) -> None:
    with pytest.raises(WrongUse) as refusal:
        read_fixes([option])

    assert words in str(refusal.value)


def test_a_fix_that_is_given_twice_is_refused() -> None:
    with pytest.raises(WrongUse, match="crs is given twice"):
        read_fixes(["crs=EPSG:27700", "crs=EPSG:4326"])
    with pytest.raises(WrongUse, match=r"column\.name is given twice"):
        read_fixes(["column.name=A", "column.name=B"])


def test_a_value_may_hold_an_equals_sign() -> None:
    assert read_fixes(["column.name=a=b"]).columns == {"name": "a=b"}


def test_later_fixes_stand_on_top_of_earlier_ones() -> None:
    first = Fixes(crs="EPSG:27700", columns={"name": "A", "ref": "R"}, encoding="utf-8")
    later = Fixes(crs="EPSG:4326", columns={"name": "B"})

    together = first.combined(later)

    assert (together.crs, together.encoding) == ("EPSG:4326", "utf-8")
    assert together.columns == {"name": "B", "ref": "R"}


def test_without_fixes_an_entry_stays_as_it_is() -> None:
    assert NO_FIXES.applied_to(layer_entry()) == layer_entry()


@pytest.mark.parametrize(
    ("fixes", "source"),
    [
        (Fixes(encoding="cp850"), {"encoding": "cp850"}),
        (Fixes(table="Trees"), {"table": "Trees"}),
        (
            Fixes(crs="EPSG:4326"),
            {
                "crs": "EPSG:4326",
                "coordinates": (CoordinateColumns("Easting", "Northing", "EPSG:4326"),),
            },
        ),
        (
            Fixes(x="E", y="N"),
            {"coordinates": (CoordinateColumns("E", "N", "EPSG:27700"),)},
        ),
        (
            Fixes(x="Lon", y="Lat", crs="EPSG:4326"),
            {"coordinates": (CoordinateColumns("Lon", "Lat", "EPSG:4326"),)},
        ),
    ],
)
def test_a_source_is_read_as_confirmed(fixes: Fixes, source: dict[str, Any]) -> None:
    assert fixes.applied_to(layer_entry()).source == source_entry(**source)


def test_columns_that_were_confirmed_take_the_place_of_other_ways_to_place_a_row() -> None:
    entry = layer_entry(source=source_entry(lat_lon="Where", coordinates=()))

    source = Fixes(x="E", y="N").applied_to(entry).source

    assert (source.lat_lon, source.wkt) == (None, None)
    assert source.coordinates == (CoordinateColumns("E", "N", "EPSG:27700"),)


def test_columns_keep_the_system_that_the_catalogue_gives_to_columns() -> None:
    entry = layer_entry(source=source_entry(coordinates=(LONGITUDE_LATITUDE,)))

    assert Fixes(x="A", y="B").applied_to(entry).source.coordinates[0].crs == "EPSG:4326"


def test_a_field_is_read_from_the_confirmed_column_only() -> None:
    entry = Fixes(columns={"name": "Tree name"}).applied_to(layer_entry())

    assert [field.source for field in entry.fields] == [("ref",), ("Tree name",), ("height_m",)]


def test_a_column_for_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(WrongUse, match=r"trees has no field “nmae”\. Its fields are: ref, name, h"):
        Fixes(columns={"nmae": "Name"}).refuse_unknown_fields(layer_entry())


def test_every_fix_is_said_in_words() -> None:
    assert EVERYTHING.in_words() == [
        "The two coordinates are swapped.",
        "Coordinates are read as longitude and latitude (EPSG:4326).",
        "Coordinates are read from the columns “X” and “Y”.",
        "Text is read as windows-1252.",
        "“Sheet 1” is the table that is read.",
        "“name” is read from the column “Tree's name”.",
        "“ref” is read from the column “Ref”.",
        "No rows at all is what is meant.",
    ]


def test_an_offer_is_kept_with_its_fixes_and_words() -> None:
    assert Offer(Fixes(swap_axes=True), "Swap them.").as_json() == {
        "fixes": {"swap_axes": True},
        "words": "Swap them.",
    }
