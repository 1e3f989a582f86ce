"""Every kind of map server, imported from to the end, and what each does wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from importers.catalogue.entries import FetchEntry, LayerEntry
from importers.pipeline import import_layer
from importers.report import ImportReport
from importers.request import ImportRequest
from layers.models import Feature, Layer
from tests.factories.entries import council_entry, field_entry, layer_entry, source_entry
from tests.factories.https_server import Answering, HttpsServer, Reply
from tests.factories.map_servers import (
    EXCEPTION_REPORT,
    LOGIN_PAGE,
    ArcgisServer,
    OgcApiServer,
    OpendatasoftServer,
    PlanningDataServer,
    WfsServer,
    trees,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

Serve = Callable[[Answering], HttpsServer]
ARCGIS = {"service": "arcgis"}
ARCGIS_PATH = "/arcgis/rest/services/Trees/FeatureServer/0"
WFS = {"service": "wfs", "layer": "ms:trees", "page_size": 2}
OGC_API = {"service": "ogc-api-features", "layer": "trees", "page_size": 2}
OPENDATASOFT = {"service": "opendatasoft", "layer": "trees"}
PLANNING_DATA = {"service": "planning-data", "page_size": 2}
PLANNING_PATH = "/entity.geojson?dataset=tree"


def entry_for(server: HttpsServer, path: str, fetch: dict[str, Any], **source: Any) -> LayerEntry:
    fetched = FetchEntry(address=f"{server.address}{path}", **fetch)
    return layer_entry(
        source=source_entry(driver="GeoJSON", coordinates=(), fetch=fetched, **source),
        fields=(
            field_entry("ref", required=True),
            field_entry("name", required=True),
            field_entry("planted", "date"),
        ),
    )


def fetch(server: HttpsServer, path: str, asking: dict[str, Any], **source: Any) -> ImportReport:
    entry = entry_for(server, path, asking, **source)
    assert entry.source.fetch is not None
    return import_layer(entry, council_entry(), ImportRequest(entry.source.fetch.address))


def places(report: ImportReport) -> dict[str, tuple[float, float]]:
    features = Feature.objects.filter(edition_id=report.edition)
    return {each.key: (each.geom_27700.x, each.geom_27700.y) for each in features}


def assert_whole(report: ImportReport, count: int, *, within_m: float = 0.01) -> None:
    assert report.outcome == "published", f"{report.code}: {report.reason}"
    assert (report.rows_read, report.published, report.quarantined) == (count, count, 0)
    for tree in trees(count):
        assert places(report)[tree["ref"]] == pytest.approx((tree["x"], tree["y"]), abs=within_m)


@pytest.mark.parametrize(
    ("answering", "path", "asking", "source"),
    [
        (ArcgisServer(trees(5)), ARCGIS_PATH, ARCGIS, {}),
        (ArcgisServer(trees(5), can_page=False), ARCGIS_PATH, ARCGIS, {}),
        (ArcgisServer(trees(2), can_page=False), ARCGIS_PATH, ARCGIS, {}),
        (ArcgisServer(trees(5), formats="JSON"), ARCGIS_PATH, ARCGIS, {}),
        (ArcgisServer(trees(5), srid=102100), ARCGIS_PATH, ARCGIS, {}),
        (WfsServer(trees(5)), "/wfs?map=smallville", WFS, {}),
        (WfsServer(trees(5), counts=False), "/wfs", WFS, {}),
        (WfsServer(trees(5), version="1.1.0"), "/wfs", {**WFS, "version": "1.1.0"}, {}),
        (WfsServer(trees(5), limit=1), "/wfs", WFS, {}),
        (
            WfsServer(trees(5), ignores_paging=True, counts=False),
            "/wfs",
            {**WFS, "paging": False},
            {},
        ),
        (
            WfsServer(trees(5), needs_lower_case=True),
            "/wfs",
            {**WFS, "lower_case_parameters": True},
            {},
        ),
        (
            WfsServer(trees(5), offers_json=True),
            "/wfs",
            {**WFS, "output_format": "application/json"},
            {},
        ),
        (OgcApiServer(trees(5)), "/", OGC_API, {}),
        (OgcApiServer(trees(5), counts=False), "", OGC_API, {}),
        (OgcApiServer(trees(5)), "/", OGC_API, {"crs": "EPSG:27700"}),
        (OpendatasoftServer(trees(5)), "/", OPENDATASOFT, {}),
        (PlanningDataServer(trees(5)), PLANNING_PATH, PLANNING_DATA, {}),
    ],
    ids=[
        *("arcgis by offset", "arcgis by ids", "arcgis in one page", "arcgis without geojson"),
        *("arcgis in web mercator", "wfs 2.0", "wfs that counts nothing", "wfs 1.1"),
        *("wfs with a small limit", "wfs without paging", "wfs in small letters", "wfs in json"),
        *("ogc api", "ogc api that counts nothing", "ogc api in metres", "opendatasoft"),
        "planning data",
    ],
)
def test_a_layer_of_a_server_arrives_whole_and_in_its_place(
    answering: Any, path: str, asking: dict[str, Any], source: dict[str, Any], serve: Serve
) -> None:
    report = fetch(serve(answering), path, asking, **source)

    assert_whole(report, 5 if len(answering.trees) == 5 else 2)


def test_the_british_grid_is_asked_for_where_arcgis_has_it(serve: Serve) -> None:
    server = serve(ArcgisServer(trees(3)))

    fetch(server, ARCGIS_PATH, ARCGIS)

    assert {a.parameters["outSR"] for a in server.asked if "outSR" in a.parameters} == {"27700"}


def test_a_day_that_arcgis_keeps_as_milliseconds_is_that_day_in_britain(serve: Serve) -> None:
    report = fetch(serve(ArcgisServer(trees(3))), ARCGIS_PATH, ARCGIS)

    properties = Feature.objects.filter(edition_id=report.edition).values_list(
        "properties", flat=True
    )
    assert {each["planted"] for each in properties} == {"2001-06-01"}


@pytest.mark.parametrize(
    ("answering", "path", "asking", "code", "words"),
    [
        (ArcgisServer(trees(5), miscounts_by=2), ARCGIS_PATH, ARCGIS, "SOURCE-PARTIAL", "7"),
        (ArcgisServer(trees(5), repeats_first_page=True), ARCGIS_PATH, ARCGIS, "SOURCE-LOOP", "1"),
        (
            ArcgisServer(trees(5), can_page=False, gives_ids=False),
            ARCGIS_PATH,
            ARCGIS,
            "SOURCE-PARTIAL",
            "neither page by page nor by their ids",
        ),
        (ArcgisServer(trees(5)), "/arcgis/other/0", ARCGIS, "SOURCE-ERROR", "Invalid URL"),
        (ArcgisServer([]), ARCGIS_PATH, ARCGIS, "NO-ROWS", "no features"),
        (WfsServer(trees(5), ignores_paging=True), "/wfs", WFS, "SOURCE-LOOP", "page 1 again"),
        (WfsServer(trees(5), miscounts_by=1), "/wfs", WFS, "SOURCE-PARTIAL", "6 features"),
        (WfsServer([]), "/wfs", WFS, "NO-ROWS", "no features"),
        (
            WfsServer(trees(5), ignores_paging=True, counts=False),
            "/wfs",
            WFS,
            "SOURCE-PAGES",
            "paging = false",
        ),
        (WfsServer(trees(5), needs_lower_case=True), "/wfs", WFS, "SOURCE-ERROR", "unknown"),
        (
            WfsServer(trees(5)),
            "/wfs",
            {**WFS, "layer": "ms:gone"},
            "SOURCE-ERROR",
            "InvalidParameterValue: Feature type ms:trees unknown",
        ),
        (
            WfsServer(trees(5), version="1.1.0"),
            "/wfs",
            WFS,
            "SOURCE-ERROR",
            "error report instead of data",
        ),
        (OgcApiServer(trees(5), miscounts_by=1), "/", OGC_API, "SOURCE-PARTIAL", "gave 5"),
        (OgcApiServer(trees(5), links_to_itself=True), "/", OGC_API, "SOURCE-LOOP", "page"),
        (
            OgcApiServer(trees(5), next_host="https://elsewhere.example.org"),
            "/",
            OGC_API,
            "URL-NOT-ALLOWED",
            "elsewhere.example.org",
        ),
        (OpendatasoftServer(trees(5), miscounts_by=3), "/", OPENDATASOFT, "SOURCE-PARTIAL", "8"),
        (
            PlanningDataServer(trees(5), ignores_offset=True),
            PLANNING_PATH,
            PLANNING_DATA,
            "SOURCE-LOOP",
            "page 1 again",
        ),
        (
            PlanningDataServer(trees(5), miscounts_by=1),
            PLANNING_PATH,
            PLANNING_DATA,
            "SOURCE-PARTIAL",
            "6 features and gave 5",
        ),
        (lambda asked: Reply(LOGIN_PAGE), "/wfs", WFS, "SOURCE-LOGIN", "sign in"),
        (lambda asked: Reply(EXCEPTION_REPORT), ARCGIS_PATH, ARCGIS, "SOURCE-ERROR", "unknown"),
    ],
)
def test_a_server_that_does_not_give_all_of_it_stops_the_import_with_its_reason(
    answering: Any, path: str, asking: dict[str, Any], code: str, words: str, serve: Serve
) -> None:
    report = fetch(serve(answering), path, asking)

    assert (report.outcome, report.code) == ("unreadable", code), report.reason
    assert words in report.reason
    assert report.edition is None


def test_an_answer_in_another_grid_than_the_one_asked_for_is_refused(serve: Serve) -> None:
    server = serve(OgcApiServer(trees(5), says_crs=False))

    report = fetch(server, "/", OGC_API, crs="EPSG:27700")

    assert report.code == "CRS-UNREADABLE"


def test_axes_that_a_server_has_begun_to_swap_are_noticed(serve: Serve) -> None:
    server = serve(WfsServer(trees(30), swaps_axes=True))

    report = fetch(server, "/wfs", {**WFS, "page_size": 10})

    assert report.outcome in ("stopped", "unreadable")
    assert not Feature.objects.exists()


def test_what_changes_its_schema_overnight_is_stopped_and_the_old_edition_stays(
    serve: Serve,
) -> None:
    server = serve(WfsServer(trees(5)))
    before = fetch(server, "/wfs", WFS)
    assert_whole(before, 5)
    server.answering = WfsServer([{"id_ref": t["ref"], **t} for t in trees(5)])
    for tree in server.answering.trees:
        tree["species"] = tree.pop("name")

    report = fetch(server, "/wfs", WFS)

    assert report.outcome in ("stopped", "unreadable"), report
    assert "name" in report.reason
    assert Layer.objects.get(slug="trees").published_edition_id == before.edition
    assert len(places(before)) == 5


@pytest.mark.parametrize(
    ("answering", "path", "asking"),
    [
        (ArcgisServer(trees(5)), ARCGIS_PATH, ARCGIS),
        (WfsServer(trees(5)), "/wfs", WFS),
        (OgcApiServer(trees(5)), "/", OGC_API),
        (PlanningDataServer(trees(5)), PLANNING_PATH, PLANNING_DATA),
    ],
    ids=["arcgis", "wfs", "ogc api", "planning data"],
)
def test_the_same_pages_are_the_same_source(
    answering: Any, path: str, asking: dict[str, Any], serve: Serve
) -> None:
    server = serve(answering)
    assert_whole(fetch(server, path, asking), 5)

    assert fetch(server, path, asking).outcome == "unchanged"


def test_a_row_that_is_faulty_on_a_later_page_is_kept_out_by_its_own_number(serve: Serve) -> None:
    some = trees(5)
    some[3]["ref"] = ""

    report = fetch(serve(WfsServer(some)), "/wfs", WFS)

    assert (report.rows_read, report.published, report.quarantined) == (5, 4, 1), report.reason
    layer = Layer.objects.get(slug="trees")
    assert [row.row for row in layer.import_runs.first().quarantined_rows.all()] == [4]
