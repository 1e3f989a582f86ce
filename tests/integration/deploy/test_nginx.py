"""The caching proxy as it is delivered, in front of the service: what it keeps, how long."""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from pytest_django import DjangoDbBlocker

from layers.publish import publish_edition, roll_back
from layers.query.tile_grid import tile_limits
from tests.factories import MadeFeature, make_layer, publish_features
from tests.factories.nginx import Proxy, needs_nginx, running_nginx
from tests.factories.processes import served_site

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    needs_nginx,
]

# EPSG:27700, metres.
SPOT = (407_300.0, 286_600.0)
# nginx counts whole seconds: what is valid for one is expired after two.
_EXPIRED_S = 2.2


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    with served_site() as port:
        yield port


@pytest.fixture
def proxy(tmp_path: Path, port: int) -> Iterator[Proxy]:
    with running_nginx(tmp_path, port) as proxy:
        yield proxy


def publish(layer, name: str):
    return publish_features(layer, [MadeFeature("1", shapely.Point(SPOT), {"name": name})])


def tile_path(edition) -> str:
    limits = tile_limits(tuple(edition.extent_4326), 14)
    return f"/tiles/schools/{edition.pk}/14/{limits.min_column}/{limits.min_row}.mvt"


def test_one_compressed_copy_of_a_tile_serves_everybody(proxy):
    path = tile_path(publish(make_layer(), "First"))

    first = proxy.ask(path, accept_encoding="gzip, deflate, br, zstd")
    others = [proxy.ask(path, accept_encoding=e) for e in ("gzip", "br", "identity", "gzip;q=0")]
    plain = proxy.ask(path)

    assert first.cache == "MISS"
    assert first.headers["content-encoding"] == "gzip"
    assert {other.cache for other in (*others, plain)} == {"HIT"}
    assert "content-encoding" not in plain.headers
    assert b"First" in plain.body == gzip.decompress(first.body)
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "x-accel-expires" not in first.headers


def test_who_has_a_tile_is_told_so_by_the_proxy(proxy):
    path = tile_path(publish(make_layer(), "First"))
    tag = proxy.ask(path, accept_encoding="gzip").headers["etag"]

    again = proxy.ask(path, accept_encoding="gzip", if_none_match=tag)

    assert (again.status, again.cache) == (304, "HIT")


def test_a_withdrawn_edition_is_gone_once_the_proxy_has_asked_again(tmp_path, port):
    layer = make_layer()
    publish(layer, "Right")
    wrong = publish(layer, "Wrong")
    path = tile_path(wrong)
    # A minute, in a second.
    sooner = {
        "proxy_ignore_headers Set-Cookie Vary;": (
            "proxy_ignore_headers Set-Cookie Vary X-Accel-Expires Cache-Control Expires;"
            " proxy_cache_valid 200 1s;"
        )
    }
    with running_nginx(tmp_path, port, **sooner) as proxy:
        assert proxy.ask(path).cache == "MISS"
        time.sleep(_EXPIRED_S)
        assert proxy.ask(path).cache == "REVALIDATED"
        roll_back(layer)
        time.sleep(_EXPIRED_S)

        gone = [proxy.ask(path) for _ in range(2)]
        publish_edition(wrong)
        back = proxy.ask(path)

    assert [answer.status for answer in gone] == [410, 410]
    assert all(b"Wrong" not in answer.body for answer in gone)
    assert back.status == 200
