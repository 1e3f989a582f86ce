"""CPU time of a whole layer as GeoJSON, made on demand, beside the SQL that it comes down to.

Prints figures and asserts no time: what a machine manages is for people to read.
"""

import http.client
import time
from pathlib import Path

import pytest
from django.db import connection

from tests.benchmarks.city import PLANNING_COUNT, publish_city
from tests.benchmarks.processes import cpu_ms
from tests.benchmarks.servers import served
from tests.benchmarks.test_answers import _postmaster, server_environment
from tests.factories import drop_everything

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])
_ROUNDS = 3
_LIMIT = (
    """SELECT '{"type":"FeatureCollection","features":['||coalesce(string_agg(f,','),'')||']}'"""
    """ FROM (SELECT '{"type":"Feature","id":'||id||',"geometry":'||ST_AsGeoJSON(geom_4326, 6)"""
    """||',"properties":'||json_build_object('reference', properties->>'reference', 'status',"""
    """ properties->>'status', 'received_on', properties->>'received_on', 'dwellings',"""
    """ properties->>'dwellings', 'description', properties->>'description')||'}' f"""
    """ FROM layers_feature WHERE edition_id = (SELECT published_edition_id FROM layers_layer"""
    """ WHERE slug = 'planning')) t"""
)


def test_a_whole_layer_beside_its_sql() -> None:
    publish_city()
    try:
        postmaster = _postmaster()
        with served("config.wsgi:application", server_environment()) as (server, port):
            for _ in range(_ROUNDS):
                limit = _limit(postmaster)
                first, answer, peak_mb = _download(server, postmaster, port)
                print(
                    f"SQL {limit:.0f} ms, download {answer:.0f} ms ({answer / limit:.2f}×), first"
                    f" byte after {first * 1000:.0f} ms, web process at most {peak_mb:.0f} MB"
                )
    finally:
        drop_everything()


def _limit(postmaster: int) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
        before = cpu_ms(postmaster)
        cursor.execute(_LIMIT)
        cursor.fetchone()
        return cpu_ms(postmaster) - before


def _download(server: int, postmaster: int, port: int) -> tuple[float, float, float]:
    before, started = cpu_ms(server) + cpu_ms(postmaster), time.monotonic()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    client.request("GET", "/api/collections/planning/download?f=geojson")
    response = client.getresponse()
    head = response.read(1)
    first = time.monotonic() - started
    body = head + response.read()
    client.close()
    assert body.count(b'"type":"Feature"') == PLANNING_COUNT
    return first, cpu_ms(server) + cpu_ms(postmaster) - before, _peak_mb(server)


def _peak_mb(server: int) -> float:
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    peaks = []
    for process in children:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                peaks.append(int(line.split()[1]) / 1024)
    return max(peaks)
