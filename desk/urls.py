"""The addresses of the desk. All but the sign-in are for people who have signed in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, path, reverse_lazy

from desk.views import (
    acts,
    checks,
    decisions,
    differences,
    front,
    imports,
    issues,
    layers,
    mapping,
    neighbours,
    reports,
)

app_name = "desk"


def _page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, login_required(view), name=name)


urlpatterns = [
    path(
        "sign-in/",
        auth.LoginView.as_view(template_name="desk/sign-in.html", redirect_authenticated_user=True),
        name="sign-in",
    ),
    path("sign-out/", auth.LogoutView.as_view(next_page="desk:sign-in"), name="sign-out"),
    path(
        "password/",
        auth.PasswordChangeView.as_view(
            template_name="desk/password.html", success_url=reverse_lazy("desk:front")
        ),
        name="password",
    ),
    _page("", front.show_front, "front"),
    _page("layers/<slug:slug>", layers.show_layer, "layer"),
    _page("layers/<slug:slug>/progress", layers.send_progress, "layer-progress"),
    _page("layers/<slug:slug>/import", layers.ask_import, "ask-import"),
    _page("layers/<slug:slug>/decide", decisions.decide_on_layer, "decide-on-layer"),
    _page("imports/<int:run_id>", imports.show_import, "import"),
    _page("imports/<int:run_id>/progress", imports.send_progress, "progress"),
    _page("imports/<int:run_id>/decide", decisions.decide_on_import, "decide-on-import"),
    _page("imports/<int:run_id>/confirm", mapping.confirm_offer, "confirm-offer"),
    _page("imports/<int:run_id>/mapping", mapping.correct_mapping, "mapping"),
    _page("imports/<int:run_id>/issues", issues.show_issues, "issues"),
    _page("imports/<int:run_id>/rows.csv", issues.send_rows, "rows"),
    _page("imports/<int:run_id>/difference", differences.show_difference, "difference"),
    _page("imports/<int:run_id>/difference.geojson", differences.send_geojson, "geojson"),
    _page("reports", reports.show_reports, "reports"),
    _page("reports/<int:report_id>", reports.show_report, "report"),
    _page("checks/<str:check_id>", checks.show_check, "check"),
    _page("checks/<str:check_id>/neighbours", neighbours.show_neighbours, "check-neighbours"),
    _page("checks/<str:check_id>/neighbours.csv", neighbours.send_neighbours, "check-letters"),
    _page("acts", acts.show_acts, "acts"),
    _page("acts.csv", acts.send_acts, "acts-csv"),
]
