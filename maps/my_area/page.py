"""The page of one place, put together of its sections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, takewhile
from typing import Any

from gazetteer.query import CouncilArea, Place, neighbour_at
from layers.query.found import FoundFeature
from layers.query.registry import PublishedLayer, Standing, standing_layers
from maps.my_area.asked import Asked, ask_layers
from maps.my_area.order import SECTIONS
from maps.my_area.section import Section
from maps.my_area.subject import is_of_middle, say_ended, sort_of
from maps.split_postcode import SplitPostcode, describe_split
from maps.web_maps import describe_place_map


@dataclass(frozen=True, slots=True)
class MyArea:
    """What one page says.

    ``before_map`` are the sections that the map shows nothing of; ``after_map`` begins with
    the first that has a list on it. ``split`` says of a postcode where its addresses differ;
    it is None for any other place. ``neighbour`` is the council that looks after a place
    outside ours, where it is known; ``is_of_middle``, ``sort`` and ``ended`` as in `subject`.
    ``sources`` are all the layers that the page used or its map draws, as their licences want
    them named, and ``sources_before_map`` those of a page that ends with ``before_map``.
    """

    place: Place
    summary: tuple[str, ...]
    before_map: tuple[Section, ...]
    after_map: tuple[Section, ...]
    home: tuple[str, ...]
    sources: tuple[PublishedLayer, ...]
    sources_before_map: tuple[PublishedLayer, ...]
    web_map: dict[str, Any]
    split: SplitPostcode | None = None
    neighbour: CouncilArea | None = None
    is_of_middle: bool = False
    sort: str = ""
    ended: str = ""

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.before_map + self.after_map

    @property
    def legend(self) -> list[tuple[int, str]]:
        """The shapes on the map, and of which layer each marks something."""
        lists = [each for section in self.after_map for each in section.lists if each.items]
        return list(dict.fromkeys((each.symbol, each.layer.title) for each in lists))


def describe_area(place: Place, moment: datetime) -> MyArea:
    """Return everything there is to say about ``place`` at a moment, by the council's clocks."""
    standing = standing_layers()
    asked = ask_layers(place, moment, standing)
    sections = tuple(section for describe in SECTIONS for section in describe(asked))
    before_map = tuple(takewhile(_is_without_list, sections))
    neighbour = _find_neighbour(asked.place)
    return MyArea(
        place=asked.place,
        summary=_summarise(sections),
        before_map=before_map,
        after_map=tuple(dropwhile(_is_without_list, sections)),
        home=tuple(feature.title for feature in _home(asked)),
        sources=_find_sources(asked, standing, sections, neighbour),
        sources_before_map=_find_sources(asked, standing, before_map, neighbour),
        web_map=describe_place_map(place, standing.public, [each.fid for each in _home(asked)]),
        split=describe_split(asked.spread) if asked.spread else None,
        neighbour=neighbour,
        is_of_middle=is_of_middle(asked.place, asked.spread),
        sort=sort_of(asked.place),
        ended=say_ended(asked.place),
    )


def _summarise(sections: Iterable[Section]) -> tuple[str, ...]:
    leading_first = sorted(sections, key=lambda section: not section.leads)
    return tuple(sentence for section in leading_first for sentence in section.sentences)


def _is_without_list(section: Section) -> bool:
    return not section.lists


def _home(asked: Asked) -> list[FoundFeature]:
    """Return the areas, such as the ward, that the map draws as the place's own."""
    layers = asked.standing.public.values()
    return [
        feature
        for layer in layers
        if layer.is_area
        for feature in asked.containing.get(layer.slug, ())
    ]


def _find_neighbour(place: Place) -> CouncilArea | None:
    if place.is_inside_council:
        return None
    return neighbour_at(place.easting, place.northing)


def _find_sources(
    asked: Asked, standing: Standing, sections: Iterable[Section], neighbour: CouncilArea | None
) -> tuple[PublishedLayer, ...]:
    """Return each layer once; what the map draws beneath is among the sections' layers."""
    located_by = standing.for_role(asked.place.source_role)
    used = [located_by] if located_by else []
    used += [asked.spread.source] if asked.spread and asked.spread.source else []
    councils = standing.for_role("council")
    used += [councils] if councils and neighbour else []
    used += [layer for section in sections for layer in section.layers]
    return tuple({layer.slug: layer for layer in used}.values())
