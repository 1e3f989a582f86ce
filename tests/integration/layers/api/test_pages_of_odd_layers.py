"""Pages of layers that are odd: hostile words, nothing at all, fields that are not public."""

import re

import pytest
from django.test import Client

from tests.factories import MadeFeature, make_field, make_layer, publish_features

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.fixture
def browser():
    return Client(headers={"accept": "text/html"})


def text_of(response) -> str:
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def test_what_a_source_says_is_text_and_never_markup(browser):
    layer = make_layer("odd", fields=[make_field("name"), make_field("site", "url")])
    features = [
        MadeFeature("a/b?c#d", None, {"name": "<script>x</script>", "site": "javascript:alert(1)"}),
        MadeFeature("two", None, {"name": '"><img>', "site": "https://example.org/"}),
    ]
    publish_features(layer, features)

    page = text_of(browser.get("/api/collections/odd/items"))

    assert "<script>x" not in page
    assert "<img>" not in page
    assert 'href="javascript:' not in page
    assert 'href="https://example.org/"' in page


def test_a_layer_without_features_is_a_page_too(browser):
    publish_features(make_layer("nothing"), [])

    assert "No feature is like that." in text_of(browser.get("/api/collections/nothing/items"))
    assert "nothing to fill examples in" in text_of(browser.get("/api/collections/nothing"))


def test_the_examples_of_a_layer_never_name_a_field_that_is_not_public(browser):
    fields = [
        make_field("contact", is_public=False, is_queryable=True),
        make_field("name", is_queryable=True),
    ]
    layer = make_layer("clubs", fields=fields)
    publish_features(layer, [MadeFeature("one", None, {"name": "One"}, {"contact": "Ann"})])

    for address in ("/api/collections/clubs", "/api/docs", "/api/collections/clubs/items"):
        page = text_of(browser.get(address))
        assert "contact" not in re.sub(r"<[^>]+>", "", page).replace("contact us", "")
        assert "Ann" not in page
