"""Searching 450,000 addresses: what is found of what people misspell, and how long it takes.

Prints tables and asserts no time: what a machine manages is for people to read. What is found
does not hang on the machine, so that is asserted.
"""

import http.client
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from rich.console import Console
from rich.table import Table

from gazetteer.names import build_names, drop_names
from importers.cycles import few_searches_for_cycles
from layers.models import Edition
from layers.query.run import fetch_rows
from tests.benchmarks.addressed_city import City, publish_addresses
from tests.benchmarks.misspelt_queries import Query, make_beginnings, make_queries, recall
from tests.benchmarks.namesake_city import publish_namesakes
from tests.benchmarks.servers import served
from tests.benchmarks.test_answers import server_environment
from tests.factories import drop_everything

# The server sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

CITIES = {"of 69 localities": publish_addresses, "of namesakes": publish_namesakes}
LEAST_RECALL = 0.97
_OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}
_LOOKED_AT = 5
# What a textbook does: the distance of the whole label, over every address.
_TEXTBOOK = """
SELECT fid
FROM benchmark_label
ORDER BY label <-> %(text)s
LIMIT 5
"""
_TEXTBOOK_TABLE = """
CREATE TABLE benchmark_label AS
SELECT fid, lower(concat_ws(' ', properties ->> 'pao_start_number', properties ->> 'street',
    properties ->> 'locality')) AS label
FROM layers_feature WHERE edition_id = %s;
"""
_TEXTBOOK_QUERIES = 40


@dataclass(frozen=True, slots=True)
class Measured:
    """How long each question took in ms, and which UPRNs were the first five."""

    times_ms: list[float]
    found: list[list[str]]

    def at(self, share: float) -> float:
        return sorted(self.times_ms)[int(len(self.times_ms) * share)]


@pytest.fixture(params=CITIES)
def city(request: pytest.FixtureRequest) -> Iterator[City]:
    yield CITIES[request.param]()
    drop_everything()


def test_what_people_misspell_is_found(city: City, request: pytest.FixtureRequest) -> None:
    workloads = {
        "beginnings": make_beginnings(city.addresses),
        "misspelt": make_queries(city.addresses),
    }
    with served("config.wsgi:application", server_environment()) as (_, port):
        measured = {name: _ask(port, queries) for name, queries in workloads.items()}
    textbook = _ask_textbook(city, workloads["misspelt"][:_TEXTBOOK_QUERIES])

    console = Console(width=110)
    console.print(request.node.name, markup=False)
    console.print(_table(measured, workloads, textbook))
    console.print(_recalls(measured["misspelt"].found, workloads["misspelt"]))
    console.print(f"names built in {_time_to_build(city):.2f} s")
    for name, queries in workloads.items():
        assert recall(measured[name].found, queries) >= LEAST_RECALL, name


def _ask(port: int, queries: Sequence[Query]) -> Measured:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    measured = Measured([], [])
    for query in [*queries[:20], *queries]:
        started = time.perf_counter()
        client.request("GET", f"/api/places?q={quote(query.text)}", headers=_OUR_PAGE)
        response = client.getresponse()
        body = response.read()
        measured.times_ms.append((time.perf_counter() - started) * 1000)
        assert response.status == 200, body[:300]
        features = json.loads(body)["features"][:_LOOKED_AT]
        measured.found.append([one["id"].removeprefix("uprn-") for one in features])
    client.close()
    return Measured(measured.times_ms[20:], measured.found[20:])


def _ask_textbook(city: City, queries: Sequence[Query]) -> Measured:
    with connection.cursor() as cursor:
        cursor.execute(_TEXTBOOK_TABLE, [city.layer.published_edition_id])
        cursor.execute("CREATE INDEX ON benchmark_label USING gist (label gist_trgm_ops)")
        cursor.execute("ANALYZE benchmark_label")
        cursor.execute("GRANT SELECT ON benchmark_label TO PUBLIC")
    measured = Measured([], [])
    for query in queries:
        started = time.perf_counter()
        rows = fetch_rows(_TEXTBOOK, {"text": query.text.replace(",", "")})
        measured.times_ms.append((time.perf_counter() - started) * 1000)
        measured.found.append([fid for (fid,) in rows])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE benchmark_label")
    return measured


def _time_to_build(city: City) -> float:
    edition = Edition.objects.select_related("layer").get(pk=city.layer.published_edition_id)
    drop_names(edition.pk)
    started = time.perf_counter()
    with few_searches_for_cycles(), transaction.atomic():
        build_names(edition)
    return time.perf_counter() - started


def _table(
    measured: dict[str, Measured], workloads: dict[str, list[Query]], textbook: Measured
) -> Table:
    table = Table(
        "queries", "p50 ms", "p95 ms", "recall at 5", "of the textbook's p50",
        title="/api/places over 450,000 addresses, one connection",
    )  # fmt: skip
    for name, one in measured.items():
        share = recall(one.found, workloads[name])
        ratio = f"{one.at(0.5) / textbook.at(0.5):.2f}"
        table.add_row(name, f"{one.at(0.5):.1f}", f"{one.at(0.95):.1f}", f"{share:.3f}", ratio)
    share = recall(textbook.found, workloads["misspelt"][:_TEXTBOOK_QUERIES])
    table.add_row(
        "trigrams of whole labels, SQL alone",
        f"{textbook.at(0.5):.1f}", f"{textbook.at(0.95):.1f}", f"{share:.3f}", "1.00",
    )  # fmt: skip
    return table


def _recalls(found: list[list[str]], queries: list[Query]) -> Table:
    by_way: dict[str, list[int]] = defaultdict(list)
    for place, query in enumerate(queries):
        by_way[query.how].append(place)
    table = Table("way", "queries", "recall at 5")
    for way, places in by_way.items():
        share = recall([found[n] for n in places], [queries[n] for n in places])
        table.add_row(way, str(len(places)), f"{share:.3f}")
    return table
