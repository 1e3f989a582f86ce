"""Headers put on together are Django's own afterwards, and never take another's place."""

import pytest
from django.http import HttpResponse
from django.http.response import BadHeaderError

from layers.api.constant_headers import ConstantHeaders


def test_an_answer_gets_all_that_it_does_not_have() -> None:
    response = HttpResponse(headers={"vary": "Cookie"})

    ConstantHeaders({"Vary": "Accept", "X-Frame-Options": "DENY"}).put_on(response)

    assert response.headers["Vary"] == "Cookie"
    assert response.headers["x-frame-options"] == "DENY"
    assert ("X-Frame-Options", "DENY") in response.items()


def test_what_one_answer_does_with_them_is_nothing_to_the_next() -> None:
    constant = ConstantHeaders({"Cache-Control": "public"})
    first, second = HttpResponse(), HttpResponse()
    constant.put_on(first)
    first.headers["Cache-Control"] = "no-store"

    constant.put_on(second)

    assert second.headers["Cache-Control"] == "public"


def test_a_header_that_cannot_be_sent_is_refused_at_once() -> None:
    with pytest.raises(BadHeaderError):
        ConstantHeaders({"Vary": "Accept\nSet-Cookie: a=b"})
