"""A council's layer laid over a template: two files, one entry, and faults in the right one."""

from pathlib import Path

import pytest

from importers.catalogue.entries import FilterEntry, LayerEntry
from importers.catalogue.load import load_catalogue
from importers.errors import CatalogueInvalid

COUNCIL = """
name = "Smallville Council"
gss_code = "E07000001"
website = "https://smallville.example.org/"
[extent_27700]
west = 400_000
south = 280_000
east = 410_000
north = 290_000
[brand]
service_name = "Smallville Maps"
place = "Smallville"
colour = "#00406b"
text_colour = "#ffffff"
"""
TEMPLATE = """
title = "Trees"
description = "Trees of {council}."
theme = "environment"
geometry_type = "Point"
key = ["reference"]
title_field = "species"
keywords = ["tree", "wood"]
[source]
url = "https://trees.example.org/{gss_code}"
fetch_by_hand = "Ask the national tree officer."
driver = "CSV"
[[source.coordinates]]
x = "X"
y = "Y"
crs = "EPSG:27700"
[[fields]]
name = "reference"
title = "Reference"
type = "text"
source = ["TreeRef"]
required = true
[[fields]]
name = "species"
title = "Species"
type = "text"
source = ["Species"]
[[fields]]
name = "height_m"
title = "Height"
type = "number"
unit = "m"
source = ["Height"]
[[filters]]
column = "District"
one_of = ["{gss_code}"]
[[filters]]
column = "Felled"
empty = true
[checks]
min_rows = 3
[licence]
name = "OGL"
url = "https://licence.example.org/"
attribution = "© {council}."
[style]
colour = "#1b5e20"
"""


class Desk:
    """A catalogue of Smallville, with one template of its own."""

    def __init__(self, root: Path) -> None:
        self.folder, self.templates = root / "smallville", root / "templates"
        self.folder.mkdir()
        self.templates.mkdir()
        (self.folder / "council.toml").write_text(COUNCIL, encoding="utf-8")
        self.write_template(TEMPLATE)

    def write_template(self, text: str) -> None:
        (self.templates / "trees.toml").write_text(text, encoding="utf-8")

    def load(self, own: str = "") -> LayerEntry:
        text = f'template = "trees"\n{own}'
        (self.folder / "our-trees.toml").write_text(text, encoding="utf-8")
        return load_catalogue(self.folder).layers["our-trees"]

    def refusal(self, own: str = "") -> CatalogueInvalid:
        with pytest.raises(CatalogueInvalid) as caught:
            self.load(own)
        return caught.value


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_one_line_is_a_layer(desk: Desk) -> None:
    layer = desk.load()

    assert (layer.slug, layer.title) == ("our-trees", "Trees")
    assert [field.name for field in layer.fields] == ["reference", "species", "height_m"]


def test_what_the_template_leaves_open_is_the_councils(desk: Desk) -> None:
    layer = desk.load()

    assert layer.description == "Trees of Smallville Council."
    assert layer.source.url == "https://trees.example.org/E07000001"
    assert layer.filters[0] == FilterEntry("District", ("E07000001",))


def test_texts_and_lists_are_replaced_and_tables_are_merged(desk: Desk) -> None:
    layer = desk.load('title = "Our trees"\nkeywords = ["oak"]\n[checks]\nexpected_rows = 9')

    assert (layer.title, layer.keywords) == ("Our trees", ("oak",))
    assert (layer.checks.min_rows, layer.checks.expected_rows) == (3, 9)


def test_pairs_of_coordinates_are_replaced_whole(desk: Desk) -> None:
    layer = desk.load('[[source.coordinates]]\nx = "lon"\ny = "lat"\ncrs = "EPSG:4326"')

    assert [(pair.x, pair.crs) for pair in layer.source.coordinates] == [("lon", "EPSG:4326")]


def test_a_field_is_changed_by_its_name_and_keeps_its_place(desk: Desk) -> None:
    layer = desk.load('[[fields]]\nname = "species"\nsource = ["Kind"]\nqueryable = true')

    species = layer.fields[1]
    assert (species.title, species.source, species.queryable) == ("Species", ("Kind",), True)
    assert len(layer.fields) == 3


def test_a_field_is_added_after_the_templates(desk: Desk) -> None:
    layer = desk.load(
        '[[fields]]\nname = "owner"\ntitle = "Owner"\ntype = "text"\nsource = ["Owner"]'
    )

    assert [field.name for field in layer.fields][-1] == "owner"


def test_a_field_and_a_filter_may_be_dropped(desk: Desk) -> None:
    layer = desk.load(
        '[[fields]]\nname = "height_m"\ndrop = true\n[[filters]]\ncolumn = "Felled"\ndrop = true'
    )

    assert [field.name for field in layer.fields] == ["reference", "species"]
    assert [rule.column for rule in layer.filters] == ["District"]


@pytest.mark.parametrize(
    ("own", "key", "words"),
    [
        ("rnak = 1", "rnak", 'Did you mean "rank"?'),
        ('[[fields]]\nname = "species"\ntype = "txt"', "fields[1].type", 'is "txt"'),
        ('[[fields]]\nname = "owner"', "fields[1].title", "is missing"),
        ('[[fields]]\nname = "girth"\ndrop = true', "fields[1].drop", "does not have: reference"),
        ('[[fields]]\nname = "species"\ndrop = false', "fields[1].drop", "is not true"),
        ('[[fields]]\nname = "species"\ndrop = true\nunit = "m"', "fields[1].drop", "beside unit"),
        ('[[fields]]\nname = "reference"\ndrop = true', "key", '"reference", which is not a field'),
        ("[checks]\nmin_rows = -1", "checks.min_rows", "at least 0"),
        ('[source]\nwkt = "shape"', "source.wkt", "beside source.coordinates"),
        ("fields = 5", "fields", "Write a list"),
        ('licence = "OGL"', "licence", "Write a table"),
    ],
)
def test_a_mistake_of_the_council_is_named_in_its_own_file(
    desk: Desk, own: str, key: str, words: str
) -> None:
    refusal = desk.refusal(own)

    place = ("smallville/our-trees.toml", key)
    # What the council dropped is missed where the template names it.
    if "drop = true" in own and key == "key":
        place = ("templates/trees.toml", key)
    assert (refusal.file, refusal.key) == place, str(refusal)
    assert words in str(refusal)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('type = "number"', 'type = "float"', "fields[3].type"),
        ('name = "height_m"', 'name = "species"', "fields[3].name"),
        ("min_rows = 3", "min_rows = -3", "checks.min_rows"),
        ('theme = "environment"', "", "theme"),
        ("{gss_code}", "{gss}", "source.url"),
        ('column = "Felled"', 'column = "pattern:("', "filters[2].column"),
    ],
)
def test_a_mistake_of_the_template_is_named_in_the_template(
    desk: Desk, before: str, after: str, key: str
) -> None:
    assert before in TEMPLATE
    desk.write_template(TEMPLATE.replace(before, after, 1))

    refusal = desk.refusal('[[fields]]\nname = "reference"\ntitle = "Number"')

    # What is in neither file is asked of the council's.
    file = "smallville/our-trees.toml" if not after else "templates/trees.toml"
    assert (refusal.file, refusal.key) == (file, key), str(refusal)


def test_two_fields_of_a_name_in_the_councils_file_are_refused(desk: Desk) -> None:
    field = '[[fields]]\nname = "owner"\ntitle = "Owner"\ntype = "text"\nsource = ["Owner"]\n'

    assert "a second time" in str(desk.refusal(field + field))


def test_an_unknown_template_is_answered_with_the_nearest(desk: Desk) -> None:
    (desk.folder / "x.toml").write_text('template = "os-open-uprns"', encoding="utf-8")

    refusal = desk.refusal()

    assert (refusal.file, refusal.key) == ("smallville/x.toml", "template")
    assert 'Did you mean "os-open-uprn"?' in str(refusal)


def test_a_template_is_no_way_out_of_its_folder(desk: Desk) -> None:
    (desk.folder / "x.toml").write_text('template = "../smallville/council"', encoding="utf-8")

    assert desk.refusal().key == "template"


def test_a_councils_own_words_name_the_council_too(desk: Desk) -> None:
    entry = desk.load('description = "Trees of {council}, tile {zoom}."')

    assert entry.description == "Trees of Smallville Council, tile {zoom}."


def test_the_digest_changes_with_either_file(desk: Desk) -> None:
    before = desk.load().digest

    assert desk.load("rank = 5").digest != before
    desk.write_template(TEMPLATE.replace("Species", "Kind"))
    assert desk.load().digest != before
