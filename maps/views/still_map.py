"""A map as a picture: nothing in it is anybody's own, so it may be kept a while."""

from typing import get_args

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from layers.errors import NotFound, ParameterInvalid, SearchesBusy
from layers.query.cache import LayerMoved
from layers.query.registry import published_layers
from layers.query.state import everything_state
from maps.drawn.paint import Palette
from maps.printed.layers_asked import KEPT_PREFIXES, MOST_LAYERS, read_layers
from maps.printed.still import draw_still

_PARAMETERS = {"layer", "layers", "area", "palette", "basemap"}
_PALETTES: tuple[str, ...] = get_args(Palette)
_RETRY_AFTER_S = 5
# Whatever changes the picture of the same layers changes this.
_VERSION = 1


def _etag(request: HttpRequest) -> str:
    """Return what changes whenever a layer does: then a picture may be another."""
    digest, _changed_at = everything_state()
    return f'"{digest}-{_VERSION}"'


@require_safe
@cache_control(public=True, max_age=300)
@condition(etag_func=_etag)
def show_still_map(request: HttpRequest) -> HttpResponse:
    palette = _read_palette(request)
    layers = published_layers()
    asked = read_layers(request.GET, layers)
    if asked.unknown:
        raise Http404(f"There is no layer called “{asked.unknown[0]}” that could be drawn.")
    if asked.faults:
        raise BadRequest(asked.faults[0])
    if len(asked.layers) > MOST_LAYERS:
        raise BadRequest(f"Ask for {MOST_LAYERS} layers or fewer.")
    try:
        drawn = draw_still(
            asked,
            layers,
            area=request.GET.get("area", ""),
            palette=palette,
            has_basemap=request.GET.get("basemap") != "off",
        )
    except NotFound as error:
        raise Http404(str(error)) from error
    except ParameterInvalid as error:
        raise BadRequest(str(error)) from error
    except (SearchesBusy, LayerMoved):
        answer = HttpResponse(status=503, content_type="text/plain")
        answer["Retry-After"] = str(_RETRY_AFTER_S)
        return answer
    return HttpResponse(drawn.svg, content_type="image/svg+xml")


def _read_palette(request: HttpRequest) -> Palette:
    unknown = {
        name
        for name in request.GET
        if name not in _PARAMETERS and not name.startswith(KEPT_PREFIXES)
    }
    if unknown:
        raise BadRequest(f"“{min(unknown)[:80]}” is not known here.")
    palette = request.GET.get("palette", "light")
    if palette not in _PALETTES:
        raise BadRequest(f"“palette” must be one of {', '.join(_PALETTES)}.")
    return palette  # type: ignore[return-value]  # it is one of them
