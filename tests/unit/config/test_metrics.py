"""Requests are counted by the view's name; what a path holds does not get into the figures."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from prometheus_client import generate_latest

from config import metrics


def exposed() -> str:
    return generate_latest(metrics._THIS_PROCESS).decode()


def test_a_request_is_counted_under_its_view_and_status() -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        request.resolver_match = ResolverMatch(answer, (), {}, url_name="counted-here")
        return HttpResponse(status=418)

    metrics.MeasureRequestsMiddleware(answer)(RequestFactory().get("/my-area/B1%201BB"))

    assert 'council_maps_requests_total{status="418",view="counted-here"} 1.0' in exposed()
    assert 'council_maps_request_seconds_count{view="counted-here"} 1.0' in exposed()


def test_a_path_never_becomes_a_label() -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=404)

    metrics.MeasureRequestsMiddleware(answer)(RequestFactory().get("/my-area/ZZ99ZZ"))

    assert "ZZ99ZZ" not in exposed()
    assert 'view="none"' in exposed()
