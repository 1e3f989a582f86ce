"""Pages about the service itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from layers.query.registry import published_layers

# Places that people looked up are nobody else's business, and no use in an index.
_ROBOTS = """User-agent: *
Disallow: /my-area/
Disallow: /nearest/
Disallow: /bins/
Disallow: /planning/check/
Disallow: /planning/checks/
Disallow: /api/bins/
Disallow: /api/places
Disallow: /api/nearest
Disallow: /api/at
Disallow: /admin/
Disallow: /manage/
Disallow: /embed/
Disallow: /reports/
Sitemap: {sitemap}
"""


@require_safe
def show_data(request: HttpRequest) -> HttpResponse:
    layers = list(published_layers().values())
    address = request.build_absolute_uri("/api/")
    context = {
        "layers": layers,
        "api_address": address,
        "search_address": request.build_absolute_uri(reverse("maps:embedded-search")),
        "frame_script_address": request.build_absolute_uri(reverse("maps:frame-script")),
        "start_address": request.build_absolute_uri(reverse("maps:start")),
    }
    return render(request, "maps/data.html", context)


@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "maps/accessibility.html")


@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "maps/privacy.html")


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("maps:sitemap"))
    return HttpResponse(_ROBOTS.format(sitemap=sitemap), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86_400)
def show_icon(request: HttpRequest) -> HttpResponse:
    """Answer browsers that ask for the icon where it used to be, whatever the page says."""
    return redirect(static("img/favicon.ico"))
