"""Staff addresses have sessions and CSRF; public ones have neither. Headers fit the address."""

import pytest
from django.contrib.auth.context_processors import auth
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from config.middleware import AnswerHeadersMiddleware, StaffOnlyMiddleware


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("an answer")


def headers_of(path: str) -> HttpResponseBase:
    return AnswerHeadersMiddleware(answer)(RequestFactory().get(path))


@pytest.mark.parametrize("path", ["/", "/my-area/B11BB", "/api/collections", "/administrators"])
def test_a_public_address_has_no_session_and_no_user(path: str) -> None:
    request = RequestFactory().get(path)

    StaffOnlyMiddleware(answer)(request)

    assert not hasattr(request, "session")
    assert not hasattr(request, "user")


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/manage/imports/"])
def test_a_staff_address_has_a_session_a_user_and_messages(path: str) -> None:
    request = RequestFactory().get(path)

    StaffOnlyMiddleware(answer)(request)

    assert hasattr(request, "session")
    assert hasattr(request, "user")
    assert hasattr(request, "_messages")


def test_a_staff_form_without_a_token_is_refused() -> None:
    request = RequestFactory(enforce_csrf_checks=True).post("/manage/publish/")
    middleware = StaffOnlyMiddleware(answer)
    middleware(request)

    refusal = middleware.process_view(request, answer, (), {})

    assert refusal is not None
    assert refusal.status_code == 403


def test_a_public_post_needs_no_token() -> None:
    request = RequestFactory(enforce_csrf_checks=True).post("/api/constraints")

    assert StaffOnlyMiddleware(answer).process_view(request, answer, (), {}) is None


def test_only_embedded_maps_may_be_framed() -> None:
    assert headers_of("/layers/schools").headers["X-Frame-Options"] == "DENY"
    assert "X-Frame-Options" not in headers_of("/embed/schools").headers


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/api/collections", "cross-origin"),
        ("/tiles/wards/1/10/1/1.mvt", "cross-origin"),
        ("/embed/wards", "cross-origin"),
        ("/my-area/B11BB", "same-origin"),
        ("/admin/", "same-origin"),
    ],
)
def test_other_sites_may_load_shared_data_only(path: str, policy: str) -> None:
    assert headers_of(path).headers["Cross-Origin-Resource-Policy"] == policy


@pytest.mark.parametrize(
    ("path", "geolocation"),
    [
        ("/", "geolocation=(self)"),
        ("/my-area/", "geolocation=(self)"),
        ("/my-area/near", "geolocation=(self)"),
        ("/my-area/B11BB", "geolocation=()"),
        ("/layers/", "geolocation=()"),
        ("/embed/wards", "geolocation=()"),
        ("/api/collections", "geolocation=()"),
        ("/manage/", "geolocation=()"),
    ],
)
def test_only_a_page_with_the_search_form_may_ask_where_one_is(path: str, geolocation: str) -> None:
    policy = headers_of(path).headers["Permissions-Policy"]

    assert "camera=()" in policy
    assert geolocation in policy.split(", ")


def test_what_a_view_says_about_framing_stays() -> None:
    def answer_framed(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"X-Frame-Options": "SAMEORIGIN"})

    response = AnswerHeadersMiddleware(answer_framed)(RequestFactory().get("/"))

    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_sign_in_context_does_not_need_a_user() -> None:
    """Public pages run the auth context processor without the auth middleware."""
    context = auth(RequestFactory().get("/"))

    assert not context["user"].is_authenticated
