"""The nearest of one service to a place that people name."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gazetteer.query import Place
from layers.models import Layer
from layers.query.registry import PublishedLayer, published_layers
from maps.nearest import MOST_SHOWN, STEP, describe_nearest
from maps.views.places import Destination, answer_about_place, look_up

_PARAMETERS = {"show", "open"}


def _of_a_service(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give a view its layer, or say why there are no nearest ones of it."""

    @wraps(view)
    def answer(request: HttpRequest, layer_slug: str, **rest: str) -> HttpResponse:
        layer = published_layers().get(layer_slug)
        if layer is None:
            return _answer_unpublished(request, layer_slug)
        if not layer.is_service:
            return _say_no(request, layer.title, layer=layer)
        return view(request, layer, **rest)

    return answer


# Posted for the reasons given at `maps.views.places.search`.
@cache_control(private=True, max_age=300)
@require_http_methods(["GET", "HEAD", "POST"])
@_of_a_service
def search(request: HttpRequest, layer: PublishedLayer) -> HttpResponse:
    return look_up(request, _destination(layer))


@never_cache
@require_safe
@_of_a_service
def show_nearest(request: HttpRequest, layer: PublishedLayer, slug: str) -> HttpResponse:
    shown, is_open_only = _read_query(request.GET)

    def answer(place: Place) -> HttpResponse:
        page = describe_nearest(
            place, layer, shown=shown, is_open_only=is_open_only, moment=timezone.localtime()
        )
        context = {"nearest": page, "place": place, "layer": layer, "shown": shown}
        return render(request, "maps/nearest.html", context)

    return answer_about_place(request, slug, _destination(layer), answer)


def _destination(layer: PublishedLayer) -> Destination:
    return Destination(
        "maps:nearest",
        "maps:nearest-search",
        "maps/nearest_search.html",
        of=(layer.slug,),
        words=(("layer", layer),),
    )


def _read_query(query: QueryDict) -> tuple[int, bool]:
    """Return how many are asked for, and whether they have to be open."""
    unknown = set(query) - _PARAMETERS
    if unknown:
        raise BadRequest(f"“{min(unknown)}” is not known here.")
    shown, when = query.get("show", str(STEP)), query.get("open", "")
    if shown not in map(str, range(STEP, MOST_SHOWN + 1, STEP)):
        raise BadRequest(f"“show” must be 10, 20 and so on up to {MOST_SHOWN}.")
    if when not in ("", "now"):
        raise BadRequest("“open” can only be “now”.")
    return int(shown), when == "now"


def _answer_unpublished(request: HttpRequest, slug: str) -> HttpResponse:
    known = Layer.objects.using("read").filter(slug=slug, is_public=True, is_service=True).first()
    if known is None:
        raise Http404(_("There is no layer called “%(slug)s”.") % {"slug": slug})
    return _say_no(request, known.title, layer=None)


def _say_no(request: HttpRequest, title: str, *, layer: PublishedLayer | None) -> HttpResponse:
    context = {"title": title, "layer": layer}
    return render(request, "maps/nearest_unavailable.html", context, status=404)
