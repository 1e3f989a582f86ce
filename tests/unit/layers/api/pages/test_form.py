"""What a form without a script sends that nobody filled in."""

import pytest
from django.test import RequestFactory

from layers.api.pages.form import without_empty


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bbox=", "/api/x"),
        ("bbox=&limit=10", "/api/x?limit=10"),
        ("limit=10&bbox=&f=html", "/api/x?limit=10&f=html"),
        ("a=%2F%2Fevil.example&b=", "/api/x?a=//evil.example"),
        ("name=caf%C3%A9&b=", "/api/x?name=caf%C3%A9"),
    ],
)
def test_empty_parameters_are_left_out(query, expected):
    assert without_empty(RequestFactory().get(f"/api/x?{query}")) == expected


@pytest.mark.parametrize("query", ["", "limit=10", "a==&b=1", "a=%3D", "a=1&a=&b=2"])
def test_an_address_without_any_is_left_alone(query):
    assert without_empty(RequestFactory().get(f"/api/x?{query}")) == ""
