"""What every section of the page is made of, whatever it is about."""

from dataclasses import dataclass
from typing import Any

from layers.query.registry import PublishedLayer


@dataclass(frozen=True, slots=True)
class ListedFeature:
    """A feature in the list and on the map, under one number.

    ``longitude`` and ``latitude`` are EPSG:4326, where its marker goes.
    """

    number: int
    symbol: int
    slug: str
    fid: str
    title: str
    facts: tuple[str, ...]
    distance: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items that the map marks with one shape, such as the nearest of a layer.

    ``anchor`` is the id of its heading.
    """

    anchor: str
    title: str
    symbol: int
    layer: PublishedLayer
    items: tuple[ListedFeature, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: what it says in the summary, in its place, and what it does not know.

    ``anchor`` is the id of its heading and ``template`` what shows its ``content``.
    ``sentences`` stand in the page's summary, so each is true by itself; those of a section
    that ``leads`` come before the others'. ``easy`` says all of the section's facts, apart
    from its items, in the words of the easy read version, an idea a line.

    What is in ``lists`` is on the map, and numbered alike. ``layers`` are those that the answer
    came from. ``not_known`` says, in a sentence, that there is no answer and why; it is empty
    where there is one, be it “none”.
    """

    anchor: str
    title: str
    template: str
    sentences: tuple[str, ...] = ()
    easy: tuple[str, ...] = ()
    leads: bool = False
    lists: tuple[ItemList, ...] = ()
    layers: tuple[PublishedLayer, ...] = ()
    not_known: str = ""
    content: Any = None
