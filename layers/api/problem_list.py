"""Errors and what they mean: where the `type` of every problem points to."""

from django.http import HttpResponse
from rest_framework.request import Request

from layers.api.base import PublicView, json_response
from layers.api.parameters import read_format
from layers.api.problems import PROBLEM_KINDS


class ProblemsView(PublicView):
    parameters = frozenset({"f"})
    page = "problems"

    def get(self, request: Request) -> HttpResponse:
        read_format(request._request.GET, ("json",))
        return json_response(
            {slug: {"title": title, "status": status} for _, status, slug, title in PROBLEM_KINDS}
        )
