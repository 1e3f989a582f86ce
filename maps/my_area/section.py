"""What every section of the page is made of, whatever it is about."""

from dataclasses import dataclass
from typing import Any

from layers.query.registry import PublishedLayer
from maps.listed_feature import ListedFeature
from maps.planning_nearby import PlanningApplication


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items that the map marks with one shape, such as the nearest of a layer.

    ``anchor`` is the id of its heading, which it has unless the section's says the same. Where it
    ``stands_alone``, its layer's date and its page of more are below it; otherwise the section has
    them.
    """

    anchor: str
    title: str
    symbol: int
    layer: PublishedLayer
    items: tuple[ListedFeature | PlanningApplication, ...]
    stands_alone: bool = True
    has_heading: bool = True


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
