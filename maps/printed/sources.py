"""What a printed map says about where it comes from."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from maps.drawn import DrawnMap


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Layers that come from one source under one licence, published on one day."""

    titles: str
    published_on: date
    attribution: str
    licence: str


def sources_of(drawn: DrawnMap) -> list[SourceLine]:
    """Return the sources of a map, each once, in the order of its layers; the basemap's last."""
    titled = [(layer, layer.title) for layer in drawn.layers]
    titled += [(layer, _("Background map")) for layer in drawn.ground_layers]
    titles: dict[tuple[date, str, str], list[str]] = {}
    for layer, title in titled:
        # Most attributions name the licence already.
        licence = "" if layer.licence in layer.attribution else layer.licence
        key = (timezone.localdate(layer.published_at), layer.attribution, licence)
        named = titles.setdefault(key, [])
        if title not in named:
            named.append(title)
    return [SourceLine(", ".join(named), *key) for key, named in titles.items()]
