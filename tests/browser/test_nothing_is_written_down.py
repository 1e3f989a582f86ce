"""What a resident looks up is written nowhere: no file, log, metric, table or cookie holds it."""

import os
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
import pytest
from psycopg import sql

from tests.browser.visit import Visit
from tests.browser.written_places import (
    CANARIES,
    CORNER,
    CORNER_LATITUDE,
    LATITUDE,
    LONGITUDE,
    POSTCODE,
    STREET,
    UPRN,
    files_with_canaries,
    places_named,
)

SLUG = POSTCODE.replace(" ", "")
BOUNDARY = f"{LATITUDE}, {LONGITUDE}\n{CORNER_LATITUDE}, {LONGITUDE}\n{LATITUDE}, {CORNER}"
SITE = (
    f"POLYGON(({LONGITUDE} {LATITUDE}, {CORNER} {LATITUDE}, {CORNER} {CORNER_LATITUDE}, "
    f"{LONGITUDE} {LATITUDE}))"
)
POINT = f"lon={LONGITUDE}&lat={LATITUDE}"
ASKED = (
    f"/my-area/{SLUG}",
    f"/my-area/{quote(POSTCODE)}",
    f"/my-area/uprn-{UPRN}",
    f"/my-area/{quote(STREET)}",
    f"/my-area/{SLUG}/planning",
    f"/my-area/{SLUG}/addresses",
    f"/nearest/libraries/{SLUG}",
    f"/map/at?layer=wards&{POINT}",
    f"/bins/{UPRN}",
    f"/bins/{UPRN}.ics",
    f"/bins/{UPRN}.ics?alarm=18:00",
    f"/bins/{UPRN}/calendar",
    f"/my-area/uprn-{UPRN}/planning?within=250",
    f"/my-area/{SLUG}/in/wards/{SLUG}",
    f"/my-area/grid-{SLUG}",
    f"/my-area/near?{POINT}",
    f"/nearest/libraries/{quote(POSTCODE)}?open=now",
    f"/nearest/libraries/uprn-{UPRN}",
    f"/embed/my-area/{SLUG}",
    f"/embed/my-area/{quote(POSTCODE)}",
    f"/reports/new/schools/{SLUG}",
    f"/reports/sent/schools/{SLUG}",
    f"/layers/schools/{SLUG}",
    f"/manage/reports?q={SLUG}",
    f"/api/places?q={quote(POSTCODE)}",
    f"/api/places?q={quote(STREET)}",
    f"/api/bins/{UPRN}",
    f"/api/bins/{UPRN}?from={SLUG}",
    f"/api/places?q={quote(POSTCODE)}&limit=x",
    f"/api/nearest?{POINT}",
    f"/api/nearest?{POINT}&limit=x",
    f"/api/at?{POINT}",
    f"/api/collections/schools/items?near={LONGITUDE},{LATITUDE}&limit=1",
    f"/api/collections/schools/items?q={quote(POSTCODE)}",
    f"/api/collections/schools/items/{SLUG}",
    f"/planning/check/at/{SLUG}",
    f"/planning/check/at/{quote(STREET)}",
    f"/planning/check/of/schools/{SLUG}",
    f"/planning/check?boundary={SLUG}",
    f"/planning/checks/{SLUG}",
    f"/planning/checks/{SLUG}.csv",
    f"/planning/applications?near={SLUG}",
    f"/planning/applications?q={quote(STREET)}",
    f"/planning/applications/counts?near=uprn-{UPRN}",
    f"/planning/applications.rss?near={SLUG}",
    f"/planning/applications.geojson?near={SLUG}&within=x",
    f"/nothing/{SLUG}",
    f"/manage/?next={SLUG}",
)
POSTED = (
    ("/my-area/", {"place": POSTCODE}),
    ("/my-area/", {"place": STREET}),
    ("/planning/applications", {"place": STREET}),
    ("/planning/applications", {"place": UPRN, "q": POSTCODE}),
    ("/my-area/", {"place": UPRN}),
    ("/my-area/", {"place": f"{LATITUDE}, {LONGITUDE}"}),
    ("/my-area/", {"lon": LONGITUDE, "lat": LATITUDE, "accuracy": "20"}),
    ("/my-area/near", {"lon": LONGITUDE, "lat": LATITUDE, "accuracy": "20"}),
    ("/my-area/near", {"lon": LONGITUDE, "lat": LATITUDE, "accuracy": UPRN}),
    (f"/manage/reports/{SLUG}", {"outcome": POSTCODE}),
    (f"/reports/new/schools/{SLUG}", {"kind": "other", "text": POSTCODE}),
    ("/embed/my-area/", {"place": POSTCODE}),
    ("/nearest/libraries/", {"place": POSTCODE}),
    ("/nearest/libraries/", {"place": UPRN}),
    ("/planning/check", {"place": POSTCODE}),
    ("/planning/check", {"place": f"{LATITUDE}, {LONGITUDE}"}),
    ("/planning/check", {"way": "boundary", "boundary": BOUNDARY, "label": STREET}),
    ("/planning/check", {"way": "boundary", "boundary": f"{BOUNDARY}\n{UPRN}", "label": STREET}),
    ("/planning/check", {"way": "site", "site": SITE, "label": STREET, "as_at": UPRN}),
    ("/planning/check", {"way": "site", "site": SITE, "label": STREET}),
    ("/planning/check", {"way": "file", "label": STREET}),
    ("/planning/checks/", {"site": UPRN, "label": STREET}),
)


@pytest.fixture(scope="module")
def asked(service: str) -> str:
    """The service, when it has been asked every way there is for places that do not exist."""
    connection = HTTPConnection(urlsplit(service).netloc)
    for path in ASKED:
        _ask(connection, "GET", path)
    for path, form in POSTED:
        _ask(connection, "POST", path, urlencode(form))
    connection.close()
    return service


def _ask(connection: HTTPConnection, method: str, path: str, body: str = "") -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body or None, {**kind, "Accept": "text/html"})
    response = connection.getresponse()
    response.read()
    assert response.status < 500, f"{path} is answered {response.status}"
    assert response.headers["Set-Cookie"] is None or path.startswith("/manage/")
    location = response.headers["Location"] or ""
    assert not urlsplit(location).netloc, "sent on to another host"


def test_no_file_of_the_service_holds_it(asked: str, service_folder: Path) -> None:
    assert files_with_canaries(service_folder) == []


def test_no_metric_holds_it(asked: str) -> None:
    with urlopen(f"{asked}/metrics") as answer:
        assert places_named(answer.read().decode()) == []


def test_no_table_holds_it(asked: str) -> None:
    found = []
    with psycopg.connect(_database_of_the_service()) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            statement = sql.SQL(
                "SELECT count(*) FROM {} AS kept WHERE kept::text ILIKE ANY(%s)"
            ).format(sql.Identifier(schema, table))
            patterns = [f"%{canary}%" for canary in CANARIES]
            if connection.execute(statement, [patterns]).fetchone()[0]:
                found.append(table)
    assert found == []


def _database_of_the_service() -> str:
    name = f"browser_test_{os.getpid()}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def test_no_log_of_the_database_holds_it(asked: str) -> None:
    socket_folder = psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_URL"]).get("host", "")
    logs = [*Path(socket_folder).glob("*.log")] if socket_folder.startswith("/") else []
    for log in logs:
        text = log.read_text(errors="replace").casefold()
        assert [canary for canary in CANARIES if canary.casefold() in text] == []


def test_a_browser_keeps_and_sends_on_nothing(visit: Callable[..., Visit]) -> None:
    tab = visit()
    page = tab.open("/my-area/B11BB")
    referers = []
    page.on("request", lambda request: referers.append(request.headers.get("referer", "")))

    page.get_by_role("link", name="Layers").first.click()
    page.wait_for_load_state("networkidle")

    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert [text for text in referers if text] == []
    assert tab.foreign_requests == []


@pytest.mark.parametrize(
    "text",
    ["404 /my-area/B11BB", "asked for B1 1BB", "uprn-990000017", f"near {LONGITUDE}", "b11bb"],
)
def test_a_place_in_a_log_would_be_seen(text: str) -> None:
    assert places_named(text)
