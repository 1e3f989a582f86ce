"""What is asked of the layers about one place: once, for all sections of the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from gazetteer.query import Place, PostcodeSpread, spread_of_postcode
from layers.query.containing import features_at
from layers.query.found import FoundFeature
from layers.query.nearest import nearest_features
from layers.query.registry import PublishedLayer, Standing
from maps.backdrop import is_polygonal
from maps.split_postcode import features_of_spread, with_council_of_addresses

# How many of a service are listed; three are a choice, and still a list that a phone shows.
NEAREST_SHOWN = 3
# What a household belongs to by where it is, beside areas and constraints.
_ROLES_OF_HOUSEHOLDS = ("collection-round", "school-catchment")


@dataclass(frozen=True, slots=True)
class Asked:
    """A place, what is said of it, and when it is asked: ``moment`` is by the council's clocks.

    ``standing`` is every published layer. ``containing`` are the features that the place lies
    in, by slug of each layer of areas or constraints, and ``nearest`` those nearest to it, by
    slug of each service. Of a postcode ``spread`` says which of its addresses lie in them; it
    is None for any other place. ``numbers`` and ``symbols`` go on from section to section, so that
    no two items on the map are alike.
    """

    place: Place
    moment: datetime
    standing: Standing
    containing: Mapping[str, Sequence[FoundFeature]]
    nearest: Mapping[str, Sequence[FoundFeature]]
    spread: PostcodeSpread | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    symbols: Iterator[int] = field(default_factory=lambda: count(0))

    @property
    def today(self) -> date:
        return self.moment.date()


def ask_layers(place: Place, moment: datetime, standing: Standing) -> Asked:
    """Ask every layer about ``place``, in one statement for each sort of question."""
    easting, northing = place.easting, place.northing
    services = [layer for layer in standing.public.values() if is_listed_service(layer)]
    areas = _layers_to_be_in(standing)
    spread = spread_of_postcode(place, areas) if place.kind == "postcode" else None
    return Asked(
        place=with_council_of_addresses(spread) if spread else place,
        moment=moment,
        standing=standing,
        containing=(
            features_of_spread(spread) if spread else features_at(areas, easting, northing)
        ),
        nearest=nearest_features(services, easting, northing, limit=NEAREST_SHOWN),
        spread=spread,
    )


def is_listed_service(layer: PublishedLayer) -> bool:
    """Return whether people ask for the nearest of the layer, whatever it is."""
    return layer.is_service and layer.role != "school"


def _layers_to_be_in(standing: Standing) -> list[PublishedLayer]:
    public = standing.public.values()
    return [
        layer
        for layer in public
        if is_polygonal(layer)
        and (layer.is_area or layer.is_constraint or layer.role in _ROLES_OF_HOUSEHOLDS)
    ]
