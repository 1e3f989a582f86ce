"""Before Django is reached: a tag that stands is a 304, anything else goes on untouched."""

from typing import Any

import pytest
import shapely
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from config.unchanged import AnswerUnchangedFirst
from layers.models import Layer
from tests.factories import MadeFeature, make_layer, publish_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

ITEMS = "/api/collections/schools/items"


class Said:
    """What a server is told: status, headers and body."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.reached_django = False
        django = WSGIHandler()

        def inside(environ: dict[str, Any], start_response: Any) -> Any:
            self.reached_django = True
            return django(environ, start_response)

        self.body = b"".join(AnswerUnchangedFirst(inside)(environ, self._start))

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)


@pytest.fixture
def layer() -> Layer:
    layer = make_layer("schools")
    publish_features(layer, [MadeFeature("1", shapely.Point(407300, 286600), {"name": "A"})])
    return layer


def ask(method: str = "GET", path: str = ITEMS, **headers: str) -> Said:
    environ = RequestFactory().generic(method, path, headers=headers).environ
    return Said(environ)


def test_a_tag_that_stands_is_answered_before_django(layer: Layer) -> None:
    first = ask()
    again = ask(**{"if-none-match": first.headers["ETag"]})

    assert (again.status, again.body, again.reached_django) == (304, b"", False)
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert again.headers[name] == first.headers[name]
    assert "Content-Type" not in again.headers


def test_a_tag_that_no_longer_stands_reaches_the_view(layer: Layer) -> None:
    tag = ask().headers["ETag"]
    publish_features(layer, [MadeFeature("1", shapely.Point(407300, 286600), {"name": "B"})])

    again = ask(**{"if-none-match": tag})

    assert (again.status, again.reached_django) == (200, True)
    assert b'"B"' in again.body


@pytest.mark.parametrize("header", ["x-api-key", "authorization"])
def test_whoever_shows_a_key_is_told_first_whether_it_is_good(layer: Layer, header: str) -> None:
    tag = ask().headers["ETag"]

    assert ask(**{"if-none-match": tag, header: "Bearer x"}).reached_django


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "PUT", "DELETE"])
def test_only_reads_are_answered(layer: Layer, method: str) -> None:
    tag = ask().headers["ETag"]

    assert ask(method, **{"if-none-match": tag}).status != 304


def test_a_page_for_people_is_none_of_its_business(layer: Layer) -> None:
    assert ask(path="/layers/schools", **{"if-none-match": "*"}).status == 200
