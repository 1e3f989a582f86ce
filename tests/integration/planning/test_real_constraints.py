"""Places that people know, checked against councils' real files.

Each place was looked up by hand: in the council's own list, on the National Heritage List for
England, and by a calculation in degrees on the file as it was published, which shares no code.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pandas
import pytest
import shapely
from convertbng.cutil import convert_bng
from django.test import override_settings
from numpy.typing import NDArray
from pytest_django import DjangoDbBlocker

from importers.catalogue.load import load_catalogue
from importers.pipeline import import_layer
from importers.request import ImportRequest
from planning.answer import Check, LayerAnswer, Reason, Verdict
from planning.query import check_site
from planning.site import Site
from tests.factories import drop_everything
from tests.factories.processes import ROOT
from tests.factories.shared_data import SHARED_DATA, needs_shared_data

pytestmark = [needs_shared_data, pytest.mark.django_db(databases=["default", "read"])]

PLANNING = SHARED_DATA / "planning"
YES, NO, UNKNOWN = Verdict.APPLIES, Verdict.DOES_NOT_APPLY, Verdict.NOT_KNOWN


@dataclass(frozen=True)
class Council:
    """Whose files, by slug, and the box (EPSG:27700) for which they are taken to be complete."""

    folder: str
    box: tuple[int, int, int, int]
    files: dict[str, Path]


BATH = Council(
    "bath-and-north-east-somerset",
    (372000, 162000, 378000, 170500),
    {
        "conservation-areas": PLANNING / "conservation-areas/banes_conservation_ar.geojson",
        "listed-buildings": PLANNING / "listed-buildings/he_listed_buildings.geojson",
        "green-belt": PLANNING / "banes_green_belt.geojson",
    },
)
DUDLEY = Council(
    "dudley",
    (388000, 283000, 399000, 296000),
    {"conservation-areas": PLANNING / "conservation-areas/dudley-wfs.gml"},
)
CAMDEN = Council(
    "camden",
    (524000, 180500, 532000, 188500),
    {"conservation-areas": PLANNING / "conservation-areas/camden.kml"},
)
SOUTHWARK = Council(
    "southwark",
    (530500, 169500, 538500, 181000),
    {"tree-preservation-orders": PLANNING / "tpo/southwark-TPO zones - Individual type.zip"},
)


@dataclass(frozen=True)
class Place:
    """A square around an easting and northing, and what each layer must say of it."""

    name: str
    council: Council
    easting: int
    northing: int
    side_m: int
    expected: dict[str, Verdict]

    def shape(self) -> shapely.Polygon:
        half = self.side_m / 2
        return shapely.box(
            self.easting - half, self.northing - half, self.easting + half, self.northing + half
        )


def _bath(conservation: Verdict, listed: Verdict, green_belt: Verdict) -> dict[str, Verdict]:
    return {
        "conservation-areas": conservation,
        "listed-buildings": listed,
        "green-belt": green_belt,
    }


def _trees(verdict: Verdict) -> dict[str, Verdict]:
    return {"tree-preservation-orders": verdict}


PLACES = (
    Place("Royal Crescent, Bath", BATH, 374560, 165350, 120, _bath(YES, YES, NO)),
    Place("Pulteney Bridge, Bath", BATH, 375220, 164940, 80, _bath(YES, YES, NO)),
    # The Palladian bridge stands in it.
    Place("Prior Park, Bath", BATH, 376050, 163300, 100, _bath(YES, YES, YES)),
    Place("Lansdown racecourse, north of Bath", BATH, 372700, 169900, 100, _bath(NO, NO, YES)),
    # Beyond the box: what is there is told, and of what is not there nothing is known.
    Place("High Street, Keynsham", BATH, 365400, 168500, 100, _bath(YES, YES, UNKNOWN)),
    Place("Bedford Square, Bloomsbury", CAMDEN, 529820, 181740, 100, {"conservation-areas": YES}),
    # Two designations of Hampstead's meet a part of it.
    Place("Royal Free Hospital", CAMDEN, 527270, 185480, 80, {"conservation-areas": YES}),
    Place("O2 Centre, Finchley Road", CAMDEN, 525750, 184780, 80, {"conservation-areas": NO}),
    Place("Dudley Castle", DUDLEY, 394700, 290700, 100, {"conservation-areas": YES}),
    Place("Delph Locks, Brierley Hill", DUDLEY, 391900, 286600, 80, {"conservation-areas": YES}),
    Place("Merry Hill Centre", DUDLEY, 392900, 287500, 100, {"conservation-areas": NO}),
    # The row of planes on Sumner Street: 1.7 m of it, and the layer is less exact, in the second.
    Place("Tate Modern and its planes", SOUTHWARK, 532000, 180400, 100, _trees(YES)),
    Place("Tate Modern", SOUTHWARK, 532000, 180420, 100, _trees(NO)),
    Place("11 Flodden Road", SOUTHWARK, 532047, 176877, 40, _trees(YES)),
    Place("Dulwich Picture Gallery", SOUTHWARK, 533350, 173700, 80, _trees(NO)),
)  # fmt: skip
KINDS = {
    BATH.folder: BATH,
    DUDLEY.folder: DUDLEY,
    CAMDEN.folder: CAMDEN,
    SOUTHWARK.folder: SOUTHWARK,
}


@pytest.fixture(scope="module", params=sorted(KINDS))
def council(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Council]:
    """One council's files, imported through its own catalogue."""
    chosen = KINDS[request.param]
    folder = tmp_path_factory.mktemp("catalogue") / chosen.folder
    folder.mkdir()
    for name in ("council", *chosen.files):
        shutil.copy(ROOT / f"tests/fixtures/catalogue/{chosen.folder}/{name}.toml", folder)
    for slug in chosen.files:
        with (folder / f"{slug}.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n[coverage]\nextent_27700 = {list(chosen.box)}\n")
    catalogue = load_catalogue(folder)
    sources = tmp_path_factory.mktemp("sources")
    with django_db_blocker.unblock(), override_settings(SOURCES_DIR=sources):
        try:
            for slug, path in chosen.files.items():
                report = import_layer(
                    catalogue.layers[slug], catalogue.council, ImportRequest(str(path))
                )
                assert report.published, report
            yield chosen
        finally:
            drop_everything()


def _check(shape: shapely.Geometry) -> Check:
    return check_site(Site(shape, "", "drawn"))


def test_known_places_are_answered_as_by_hand(council: Council) -> None:
    for place in PLACES:
        if place.council is council:
            answers = {each.slug: each for each in _check(place.shape()).answers}
            said = {slug: each.verdict for slug, each in answers.items()}
            assert said == place.expected, place.name
            assert all(each.reason in (None, Reason.NOT_COVERED) for each in answers.values())


def test_a_zone_that_was_kept_out_for_its_reference_is_not_known(council: Council) -> None:
    """Southwark's file gives 174 of its 485 zones a reference that another has."""
    if council is SOUTHWARK:
        [answer] = _check(shapely.box(535238, 176710, 535242, 176714)).answers
        assert (answer.verdict, answer.reason) == (UNKNOWN, Reason.KEPT_OUT)


def test_known_places_share_as_much_as_their_files_say(council: Council) -> None:
    """Areas and distances in metres, of the files' own shapes shifted by another program."""
    shapes = {
        slug: [_in_metres(each) for each in _as_published(path).geometry if each is not None]
        for slug, path in council.files.items()
    }
    for place in PLACES:
        if place.council is council:
            for answer in _check(place.shape()).answers:
                _agree(answer, shapes[answer.slug], place)


def _agree(answer: LayerAnswer, shapes: list[shapely.Geometry], place: Place) -> None:
    shared = shapely.union_all(shapely.intersection(shapes, place.shape()))
    nearest_m = shapely.distance(shapes, place.shape()).min()
    if answer.findings:
        overlap_m2 = answer.overlap_m2 or sum(each.overlap_m2 or 0 for each in answer.findings)
        assert overlap_m2 == pytest.approx(shared.area, abs=0.5), place.name
    elif answer.nearest is not None:
        assert answer.nearest.distance_m == pytest.approx(nearest_m, abs=0.02), place.name
    else:
        assert answer.verdict == UNKNOWN or nearest_m > answer.margin_m, place.name


def _in_metres(shape: shapely.Geometry) -> shapely.Geometry:
    def shifted(positions: NDArray[np.float64]) -> NDArray[np.float64]:
        if positions[0, 0] > 1000:
            return positions
        return np.column_stack(convert_bng(positions[:, 0].tolist(), positions[:, 1].tolist()))

    return shapely.make_valid(shapely.transform(shapely.force_2d(shape), shifted))


def test_every_twentieth_feature_is_found_where_its_file_has_it(council: Council) -> None:
    """In degrees, on the file as it is: a point in a feature is told of that feature."""
    for slug, path in council.files.items():
        features = _as_published(path)
        for shape in features.geometry[::20]:
            if shape is None or shape.is_empty:
                continue
            spot = shape.representative_point()
            easting, northing = _metres(spot)
            answers = {each.slug: each for each in _check(shapely.Point(easting, northing)).answers}
            assert answers[slug].verdict == YES, (slug, spot)


def _as_published(path: Path) -> geopandas.GeoDataFrame:
    """Return a file's features, without those that repeat a reference and are not published."""
    place: str | bytes | Path = f"/vsizip/{path}" if path.suffix == ".zip" else path
    if path.suffix == ".gml":  # GDAL would write what it found out beside the file
        place = path.read_bytes()
    # A KML has a layer for each of its folders.
    layers = geopandas.list_layers(place)["name"]
    features = pandas.concat([geopandas.read_file(place, layer=name) for name in layers])
    return features.drop_duplicates("TPO_number") if "TPO_number" in features else features


def _metres(spot: shapely.Point) -> tuple[float, float]:
    if spot.x > 1000:
        return spot.x, spot.y
    eastings, northings = convert_bng([spot.x], [spot.y])
    return float(eastings[0]), float(northings[0])
