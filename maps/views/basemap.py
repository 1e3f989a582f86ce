"""How the basemap is drawn, for scripts: an address names what it says, for good."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from maps.basemap_style import style_as_json, style_digest

_A_YEAR_S = 31_536_000


@require_safe
def send_basemap_style(request: HttpRequest, digest: str) -> HttpResponse:
    if digest == style_digest():
        response = HttpResponse(style_as_json(), content_type="application/json")
        patch_cache_control(response, public=True, max_age=_A_YEAR_S, immutable=True)
    else:
        # A page that was open while the software changed goes on.
        address = reverse("maps:basemap-style", args=[style_digest()])
        response = HttpResponse(status=307, headers={"Location": address})
        patch_cache_control(response, no_cache=True)
    # A frame with `sandbox` is of no site, not even of ours.
    response["Access-Control-Allow-Origin"] = "*"
    return response
