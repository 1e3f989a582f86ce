"""One layer's map by folium, for other sites to frame."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from layers.query.registry import published_layers
from maps.backdrop import find_backdrop
from maps.web_maps import describe_layer_map


@require_safe
@xframe_options_exempt
@csp_replace(  # type: ignore[arg-type]  # it is typed for views without arguments
    {"script-src": settings.EMBED_SCRIPT_SRC, "frame-ancestors": ["*"]}
)
def show_embedded_map(request: HttpRequest, slug: str) -> HttpResponse:
    # Importing folium takes half a second and 30 MB: only a process that is asked pays.
    from maps.folium_page.council_map import CouncilFigure, CouncilMap, FeaturesByUrl

    layers = published_layers()
    layer = layers.get(slug)
    if layer is None or layer.extent_4326 is None:
        raise Http404(_("There is no map of a layer called “%(slug)s”.") % {"slug": slug})
    map_settings = describe_layer_map(layer, find_backdrop(layers)) or {}
    context = {
        "layer": layer,
        "settings": map_settings,
        "page_address": request.build_absolute_uri(reverse("maps:layer", args=[slug])),
    }
    figure = CouncilFigure("maps/embed.html", context, request)
    web_map = CouncilMap(layer.extent_4326)
    web_map.add_child(FeaturesByUrl(map_settings))
    figure.add_child(web_map)
    return HttpResponse(figure.render())
