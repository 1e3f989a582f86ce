"""Who gets a page, and who the data."""

import pytest
from django.test import RequestFactory
from rest_framework.exceptions import NotAcceptable

from layers.api.negotiation import (
    in_format,
    prefers_page,
    prefers_page_of_problem,
    wants_page,
)

CHROMIUM = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)


def request(accept: str | None = None, query: str = ""):
    headers = {} if accept is None else {"accept": accept}
    return RequestFactory().get(f"/api/collections{query}", headers=headers)


@pytest.mark.parametrize(
    "accept",
    [
        CHROMIUM,
        "text/html",
        "TEXT/HTML",
        "text/html;level=1",
        "application/json;q=0.5, text/html;q=0.6",
        "text/*, application/json;q=0.9",
        "application/xhtml+xml",
    ],
)
def test_who_asks_for_html_first_gets_a_page(accept):
    assert wants_page(request(accept))


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "application/geo+json, application/json",
        "application/json",
        "application/json, text/html",
        "text/html;q=0.5, application/json",
        "text/html;q=0, */*",
        "application/vnd.oai.openapi+json;version=3.0, text/html;q=0.9",
        "text/html;q=0.2, */*;q=0.3",
        "application/*, text/*;q=0.9",
    ],
)
def test_who_has_no_such_wish_gets_the_data(accept):
    assert not wants_page(request(accept))


@pytest.mark.parametrize(
    "accept",
    [
        "*/*;q=x",
        "../../etc/passwd",
        ",,,;;;",
        "\x00",
        "text",
        "text/html;q=1.5",
        "text/html;q=nan",
        "text/html;q=-1",
        "q=1",
        "/" * 50_000,
        "*/*;" * 20_000,
    ],
)
def test_what_cannot_be_read_is_as_good_as_nothing(accept):
    assert not wants_page(request(accept))


def test_a_header_of_fifty_kilobytes_is_read_as_far_as_is_sensible():
    assert wants_page(request("text/html," * 5_000))
    assert not wants_page(request("application/json," * 3_000 + "text/html"))


@pytest.mark.parametrize("accept", ["image/png", "application/xml", "text/html;q=0", "*/*;q=0"])
def test_what_is_neither_is_not_acceptable(accept):
    with pytest.raises(NotAcceptable):
        wants_page(request(accept))

    assert not prefers_page(request(accept))


@pytest.mark.parametrize(
    ("accept", "query", "expected"),
    [
        (CHROMIUM, "?f=json", False),
        ("application/json", "?f=html", True),
        ("image/png", "?f=json", False),
        ("image/png", "?f=html", True),
        (CHROMIUM, "?f=", True),
    ],
)
def test_the_address_wins_over_the_header(accept, query, expected):
    assert wants_page(request(accept, query)) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "/api/collections?f=html"),
        ("?limit=3", "/api/collections?limit=3&f=html"),
        ("?f=json&bbox=1,2,3,4", "/api/collections?f=html&bbox=1,2,3,4"),
        ("?name=%22%3E%0d%0aX:1", "/api/collections?name=%22%3E%0d%0aX:1&f=html"),
    ],
)
def test_the_other_form_is_the_same_address_with_another_f(query, expected):
    assert in_format(request(query=query), "html") == expected


@pytest.mark.parametrize("query", ["", "?f=html", "?f=gpkg", "?f=nope"])
def test_a_browser_reads_what_is_wrong_as_a_page(query):
    assert prefers_page_of_problem(request(CHROMIUM, query))


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        (CHROMIUM, "?f=json"),
        (CHROMIUM, "?f=geojson"),
        ("*/*", "?f=gpkg"),
        (None, "?f=gpkg"),
        ("image/png", "?f=gpkg"),
        ("application/json", ""),
    ],
)
def test_a_program_reads_what_is_wrong_as_data(accept, query):
    assert not prefers_page_of_problem(request(accept, query))
