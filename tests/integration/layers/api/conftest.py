"""Asking the API as a third party does."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

Ask = Callable[..., HttpResponse]
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(client: Client) -> Ask:
    """Return a function that asks for an address under /api and checks what is true of all."""

    def ask(path: str, **parameters: Any) -> HttpResponse:
        response = client.get(f"/api{path}", parameters)
        assert response.status_code < 500, response.content[:500]
        assert not response.cookies
        assert response["Access-Control-Allow-Origin"] == "*"
        return response

    return ask


@pytest.fixture
def read(ask: Ask) -> Read:
    """Return a function that reads a good answer's JSON."""

    def read(path: str, **parameters: Any) -> dict[str, Any]:
        response = ask(path, **parameters)
        assert response.status_code == 200, response.content[:500]
        return json.loads(response.content)

    return read
