"""A council's folder of TOML files, right and wrong."""

import hashlib
import shutil
from pathlib import Path

import pytest

from importers.catalogue.entries import ChecksEntry, CoordinateColumns, FilterEntry
from importers.catalogue.load import load_catalogue
from importers.catalogue.style_entry import StyleEntry
from importers.errors import CatalogueInvalid

SMALLVILLE = Path(__file__).resolve().parents[3] / "fixtures" / "catalogue" / "smallville"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALLVILLE, tmp_path / "smallville"))


def rewrite(folder: Path, file: str, before: str, after: str) -> None:
    """Write ``after`` instead of ``before`` in one of the files."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text, f"the fixture {file} no longer says {before!r}"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def refusal_after(folder: Path, file: str, before: str, after: str) -> CatalogueInvalid:
    """Return what the loader says once ``before`` is ``after`` in one of the files."""
    rewrite(folder, file, before, after)

    with pytest.raises(CatalogueInvalid) as caught:
        load_catalogue(folder)

    return caught.value


def test_it_reads_the_council(folder: Path) -> None:
    council = load_catalogue(folder).council

    assert (council.slug, council.name, council.gss_code) == (
        "smallville",
        "Smallville Council",
        "E07000001",
    )
    assert council.extent_27700 == (400_000, 280_000, 410_000, 290_000)
    assert council.brand["service_name"] == "Smallville Maps"


def test_it_reads_a_layer(folder: Path) -> None:
    layer = load_catalogue(folder).layers["trees"]

    assert (layer.title, layer.theme, layer.geometry_type) == ("Trees", "environment", "Point")
    assert (layer.key, layer.title_field, layer.refresh_days) == (("reference",), "species", 30)
    assert (layer.is_service, layer.is_area, layer.is_constraint) == (True, False, False)
    assert layer.style == StyleEntry(colour="#1b5e20")
    assert layer.source.coordinates == (CoordinateColumns("Easting", "Northing", "EPSG:27700"),)
    assert layer.filters == (FilterEntry("Owner", ("Council",), optional=True),)
    assert [field.name for field in layer.fields if not field.public] == ["surveyor"]


def test_what_a_file_leaves_out_has_its_usual_value(folder: Path) -> None:
    layer = load_catalogue(folder).layers["trees"]

    assert layer.checks == ChecksEntry(min_rows=3)
    assert (layer.rank, layer.role, layer.is_public) == (100, "", True)
    assert layer.source.has_header


def test_a_field_about_a_person_is_not_public_by_itself(folder: Path) -> None:
    rewrite(folder, "trees.toml", "personal = true\npublic = false", "personal = true")

    surveyor = load_catalogue(folder).layers["trees"].fields[4]

    assert (surveyor.personal, surveyor.public) == (True, False)


def test_a_restricted_layer_may_be_used_while_it_is_not_public(folder: Path) -> None:
    rewrite(folder, "trees.toml", "[licence]", "[licence]\nrestricted = true")
    rewrite(folder, "trees.toml", 'title = "Trees"', 'title = "Trees"\npublic = false')

    layer = load_catalogue(folder).layers["trees"]

    assert (layer.is_public, layer.licence_restricted) == (False, True)


def test_an_owner_may_allow_what_its_licence_seems_to_forbid(folder: Path) -> None:
    rewrite(folder, "trees.toml", '"Open Government Licence v3.0"', '"PSGA"\nrestricted = false')

    assert load_catalogue(folder).layers["trees"].is_public


def test_a_key_that_is_numbered_anew_is_said_to_be(folder: Path) -> None:
    assert load_catalogue(folder).layers["trees"].has_stable_key
    rewrite(folder, "trees.toml", 'title = "Trees"', 'title = "Trees"\nkey_is_stable = false')

    assert not load_catalogue(folder).layers["trees"].has_stable_key


def test_the_digest_is_that_of_the_bytes(folder: Path) -> None:
    digest = hashlib.sha256((folder / "trees.toml").read_bytes()).hexdigest()

    assert load_catalogue(folder).layers["trees"].digest == digest


def test_a_folder_without_a_council_is_refused(folder: Path) -> None:
    (folder / "council.toml").unlink()

    with pytest.raises(CatalogueInvalid, match="smallville: council.toml: there is no such file"):
        load_catalogue(folder)


def test_a_file_name_that_makes_no_address_is_refused(folder: Path) -> None:
    (folder / "trees.toml").rename(folder / "Our Trees.toml")

    with pytest.raises(CatalogueInvalid, match="small letters, digits and single hyphens"):
        load_catalogue(folder)


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    path = folder / "trees.toml"
    path.write_bytes(path.read_bytes().replace("©".encode(), b"\xa9"))

    with pytest.raises(CatalogueInvalid, match="Save the file as UTF-8"):
        load_catalogue(folder)


def test_a_syntax_error_names_the_line(folder: Path) -> None:
    refusal = refusal_after(folder, "trees.toml", 'title = "Trees"', 'title = "Trees')

    assert str(refusal).startswith("smallville/trees.toml: TOML: cannot be read")
    assert "line 1" in str(refusal)


@pytest.mark.parametrize(
    ("before", "after", "key", "advice"),
    [
        ('title = "Trees"', 'titel = "Trees"', "title", '"titel" looks like a misspelling'),
        ('title = "Trees"', 'title = "Trees"\nfoo = 1', "foo", "Known here:"),
        ('title = "Trees"', 'title = "Trees"\nrnak = 1', "rnak", 'Did you mean "rank"?'),
        ('title = "Trees"', "title = 5", "title", "Write text in quotes"),
        ('title = "Trees"', 'title = " "', "title", "is empty"),
        ('"environment"', '"enviroment"', "theme", 'Did you mean "environment"?'),
        ('"Point"', '"Points"', "geometry_type", "Point, MultiPoint"),
        ("service = true", 'service = "yes"', "use.service", "true or false"),
        ("service = true", "area = true", "use.area", "nobody can be inside a Point"),
        ('"CSV"', '"Excel"', "source.driver", "GeoJSON, GeoJSONSeq, CSV, ESRI Shapefile, GPKG"),
        ('"EPSG:27700"', '"EPSG:3857"', "source.coordinates[1].crs", "EPSG:27700, EPSG:4326"),
        ('x = "Easting"\n', "", "source.coordinates[1].x", "is missing"),
        ("[[source.coordinates]]", "[[source.coords]]", "source.coords", '"coordinates"'),
        (
            'driver = "CSV"',
            'driver = "CSV"\nencoding = "ansi-ish"',
            "source.encoding",
            "windows-1252",
        ),
        ('driver = "CSV"', 'driver = "CSV"\nheader = false', "source.columns", "is missing"),
        ('driver = "CSV"', 'driver = "CSV"\ncolumns = ["A"]', "source.columns", "header = false"),
        ('url = "https://small', 'url = "ftp://small', "source.url", "starts with https://"),
        ('key = ["reference"]', 'key = "reference"', "key", "square brackets"),
        ('key = ["reference"]', 'key = ["ref"]', "key", "is not a field. Fields: reference"),
        ('key = ["reference"]', "key = []", "key", "at least one"),
        ('key = ["reference"]', 'key = ["surveyor"]', "key", "not public"),
        ('title_field = "species"', 'title_field = "kind"', "title_field", "is not a field"),
        ('"planted_on"', '"height_m"', "datetime_field", "is not a date"),
        ('"%d/%m/%Y"', '"%m/%Y"', "datetime_field", "leave out the day"),
        ("[checks]", "[checks]\nno_overlap = true", "checks.no_overlap", "only a layer of"),
        ('name = "species"', 'name = "reference"', "fields[2].name", "a second time"),
        ('name = "species"', 'name = "Species"', "fields[2].name", "small letters"),
        ('name = "species"', f'name = "{"s" * 64}"', "fields[2].name", "63 characters"),
        ('name = "species"', 'name = "geometry"', "fields[2].name", "Call it something else"),
        ('name = "species"', 'name = "geom"', "fields[2].name", "Call it something else"),
        ('name = "species"', 'name = "feature_id"', "fields[2].name", "Call it something else"),
        ('type = "number"', 'type = "float"', "fields[3].type", "integer, number"),
        ('source = ["Height"]', 'source = "Height"', "fields[3].source", "square brackets"),
        ('source = ["Height"]', "source = [1]", "fields[3].source", '["a", "b"]'),
        ('["%d/%m/%Y"]', '["dd/mm/yyyy"]', "fields[4].date_formats", '"%d/%m/%Y"'),
        ('"Height"]', '"pattern:^(h$"]', "fields[3].source", "no regular expression"),
        ('x = "Easting"', 'x = "pattern:["', "source.coordinates[1].x", "no regular expression"),
        ('column = "Owner"', 'column = "pattern:*"', "filters[1].column", "no regular expression"),
        ('driver = "CSV"', 'driver = "CSV"\nwkt = "pattern:g"', "source.wkt", "not a pattern"),
        (
            'crs = "EPSG:27700"',
            'crs = "EPSG:27700"\ncrs_words = { Grid = "EPSG:27700" }',
            "source.coordinates[1].crs_words",
            "crs_column, which is missing",
        ),
        (
            'crs = "EPSG:27700"',
            'crs = "EPSG:27700"\ncrs_column = "Crs"\ncrs_words = { Grid = "OSGB36" }',
            "source.coordinates[1].crs_words.Grid",
            "EPSG:27700, EPSG:4326",
        ),
        ('unit = "m"', 'date_formats = ["%Y"]', "fields[3].date_formats", 'the type is "number"'),
        ("public = false", "public = false\nqueryable = true", "fields[5].queryable", "give the"),
        (
            "personal = true\npublic = false",
            "personal = true\npublic = true",
            "fields[5].public",
            "says something about a person",
        ),
        ("personal = true", "personal = 1", "fields[5].personal", "true or false"),
        (
            'name = "Open Government Licence v3.0"',
            'name = "OGL"\nrestricted = true',
            "licence.restricted",
            "Write public = false",
        ),
        ('"Open Government Licence v3.0"', '"PSGA 2026"', "licence.restricted", "is missing"),
        ("optional = true", "optional = 1", "filters[1].optional", "true or false"),
        ("min_rows = 3", "min_rows = -3", "checks.min_rows", "at least 0"),
        ("min_rows = 3", "min_rows = true", "checks.min_rows", "a whole number"),
        ("min_rows = 3", "max_quarantined_share = 5", "checks.max_quarantined_share", "0 to 1"),
        ('name = "Open Government Licence v3.0"', 'name = ""', "licence.name", "is empty"),
        ('attribution = "© Smallville Council."', "", "licence.attribution", "is missing"),
        ('url = "https://www.nat', 'url = "www.nat', "licence.url", "starts with https://"),
        # P05: the shortest rhythm is a day, and it is no cron expression.
        ("every_days = 30", "every_days = 0", "refresh.every_days", "at least 1"),
        ("every_days = 30", 'every_days = "* * * * *"', "refresh.every_days", "whole number"),
        ("every_days = 30", 'every_days = "@every 1s"', "refresh.every_days", "whole number"),
        ("every_days = 30", 'every_days = 1\nat = "31 Feb"', "refresh.at", "02:30"),
        ("every_days = 30", 'every_days = 1\nat = "24:00"', "refresh.at", "02:30"),
        ("every_days = 30", 'at = "03:00"', "refresh.at", "every_days"),
        ('"#1b5e20"', '"green"', "style.colour", '"#1a2b3c"'),
        ('"#1b5e20"', '"#ffe680"', "style.colour", "Choose a darker colour"),
    ],
)
def test_a_mistake_in_a_layer_is_named(
    folder: Path, before: str, after: str, key: str, advice: str
) -> None:
    refusal = refusal_after(folder, "trees.toml", before, after)

    assert (refusal.file, refusal.key) == ("smallville/trees.toml", key), str(refusal)
    assert advice in str(refusal)


@pytest.mark.parametrize(
    ("before", "after", "key", "advice"),
    [
        ('"E07000001"', '"Smallville"', "gss_code", "as E08000025"),
        ('"https://smallville', '"smallville', "website", "starts with https://"),
        ("west = 400_000", "west = 420_000", "extent_27700.west", "not west of east"),
        ("south = 280_000", "south = 290_000", "extent_27700.south", "not south of north"),
        ("north = 290_000", "", "extent_27700.north", "is missing"),
        ("west = 400_000", "west = -1.9", "extent_27700.west", "from 0 to"),
        ('"#00406b"', '"#00406B"', "brand.colour", "small letters"),
        ('"#ffffff"', '"#777777"', "brand.text_colour", "text needs 4.5"),
        ("[brand]", "[brand]\nlogo = 1", "brand.logo", "is not a key that is known here"),
        (
            "[brand]",
            '[links]\nmissed_bin = "http://a.example"\n[brand]',
            "links.missed_bin",
            "starts with https://",
        ),
        ("[brand]", '[links]\nhelp = "x"\n[brand]', "links.help", "is not a key that is known"),
        (
            "[brand]",
            '[examples]\npostcode = "B1"\n[brand]',
            "examples.postcode",
            'such as "B1 1BB"',
        ),
        (
            "[brand]",
            '[examples]\nward = "x"\n[brand]',
            "examples.ward",
            "is not a key that is known",
        ),
    ],
)
def test_a_mistake_in_the_council_is_named(
    folder: Path, before: str, after: str, key: str, advice: str
) -> None:
    refusal = refusal_after(folder, "council.toml", before, after)

    assert (refusal.file, refusal.key) == ("smallville/council.toml", key), str(refusal)
    assert advice in str(refusal)


def test_a_csv_needs_columns_with_coordinates(folder: Path) -> None:
    pair = '[[source.coordinates]]\nx = "Easting"\ny = "Northing"\ncrs = "EPSG:27700"\n'

    refusal = refusal_after(folder, "trees.toml", pair, "")

    assert refusal.key == "source.coordinates"


@pytest.mark.parametrize(
    ("instead", "key"),
    [
        ('driver = "CSV"\nwkt = "the_geom"', "source.wkt"),
        ('driver = "CSV"\nlat_lon = "Location"', "source.lat_lon"),
    ],
)
def test_a_csv_is_placed_by_one_thing_only(folder: Path, instead: str, key: str) -> None:
    refusal = refusal_after(folder, "trees.toml", 'driver = "CSV"', instead)

    assert refusal.key == key
    assert "beside source.coordinates" in str(refusal)


@pytest.mark.parametrize(
    "instead", ['wkt = "the_geom"', 'lat_lon = "Location"\ncrs = "EPSG:27700"']
)
def test_a_single_column_of_positions_needs_the_crs_that_fits(folder: Path, instead: str) -> None:
    path = folder / "trees.toml"
    pair = '[[source.coordinates]]\nx = "Easting"\ny = "Northing"\ncrs = "EPSG:27700"\n'
    path.write_text(path.read_text(encoding="utf-8").replace(pair, ""), encoding="utf-8")

    refusal = refusal_after(folder, "trees.toml", 'driver = "CSV"', f'driver = "CSV"\n{instead}')

    assert refusal.key == "source.crs"


_SPECIES = 'name = "species"\n'


def with_words(folder: Path, words: str) -> None:
    """Give the species of trees a table of words, after its other keys."""
    text = (folder / "trees.toml").read_text(encoding="utf-8")
    at = text.index("[[fields]]", text.index(_SPECIES))
    table = f"[fields.words]\n{words}\n\n"
    (folder / "trees.toml").write_text(text[:at] + table + text[at:], encoding="utf-8")


def test_a_fields_words_are_read_in_small_letters_with_what_they_stand_for(folder: Path) -> None:
    with_words(folder, '"Common  Oak" = "Oak"\n"ash tree" = "Ash"')

    [species] = [f for f in load_catalogue(folder).layers["trees"].fields if f.name == "species"]

    assert species.words == {
        "common oak": "Oak",
        "ash tree": "Ash",
        "oak": "Oak",
        "ash": "Ash",
    }


@pytest.mark.parametrize(
    ("words", "key", "said"),
    [
        ('"oak tree" = 1', "fields[2].words.oak tree", "Write text in quotes"),
        ('"a oak" = "Oak"\n"A  OAK" = "Ash"', "fields[2].words.A  OAK", "is there twice"),
    ],
)
def test_words_that_say_nothing_clear_are_refused(
    words: str, key: str, said: str, folder: Path
) -> None:
    with_words(folder, words)

    with pytest.raises(CatalogueInvalid, match=said) as caught:
        load_catalogue(folder)

    assert caught.value.key == key


def test_several_words_need_words(folder: Path) -> None:
    error = refusal_after(folder, "trees.toml", _SPECIES, f"{_SPECIES}several = true\n")

    assert "needs a table of words" in str(error)


def test_a_part_of_the_key_that_may_be_empty_is_a_field(folder: Path) -> None:
    error = refusal_after(
        folder, "trees.toml", 'key = ["reference"]', 'key = ["reference"]\nkey_if_given = ["year"]'
    )

    assert (error.key, 'names "year", which is not a field' in str(error)) == ("key_if_given", True)
