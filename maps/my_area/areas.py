"""Which other areas the place lies in, and what limits building on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from maps.backdrop import is_polygonal
from maps.field_values import noun_of
from maps.my_area.asked import Asked
from maps.my_area.section import Section
from maps.split_postcode import SplitShare, hint_of_split, shares_of_split


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """Which features of a layer contain the place. ``is_known`` is False where no layer of
    ours covers it: an empty list then means nothing. Where the address decides, ``shares``
    are all answers with their number of addresses; ``hint`` says how far an answer holds.
    """

    layer: PublishedLayer
    noun: str
    titles: tuple[str, ...]
    is_known: bool
    shares: tuple[SplitShare, ...] = ()
    hint: str = ""


def describe_areas(asked: Asked) -> Iterator[Section]:
    answers = tuple(_answer(asked, layer) for layer in _layers(asked))
    if answers:
        yield Section(
            anchor="areas",
            title=_("Areas and planning limits"),
            template="maps/my_area/_areas.html",
            sentences=tuple(_sentences(answers)),
            easy=tuple(_easy(answer) for answer in answers),
            layers=tuple(answer.layer for answer in answers),
            content=answers,
        )


def _layers(asked: Asked) -> Iterator[PublishedLayer]:
    ward = asked.standing.for_role("ward")
    for layer in asked.standing.public.values():
        is_asked = (layer.is_area or layer.is_constraint) and is_polygonal(layer)
        if is_asked and not (ward and layer.slug == ward.slug):
            yield layer


def _answer(asked: Asked, layer: PublishedLayer) -> AreaAnswer:
    titles = tuple(feature.title for feature in asked.containing[layer.slug])
    return AreaAnswer(
        layer=layer,
        noun=noun_of(layer),
        titles=titles,
        is_known=bool(titles) or (asked.place.is_inside_council and not layer.is_area),
        shares=shares_of_split(asked.spread, layer),
        hint=hint_of_split(asked.spread, layer),
    )


def _sentences(answers: Sequence[AreaAnswer]) -> Iterator[str]:
    limits = [answer for answer in answers if answer.layer.is_constraint]
    applying = [answer.layer.title for answer in limits if answer.titles and not answer.shares]
    for_some = [answer.layer.title for answer in limits if answer.shares]
    if applying:
        yield _("Planning limits here: %(titles)s.") % {"titles": get_text_list(applying, _("and"))}
    if for_some:
        yield _("Planning limits for some of the addresses: %(titles)s.") % {
            "titles": get_text_list(for_some, _("and"))
        }
    elif limits and not applying and all(_is_none(answer) for answer in limits):
        yield _("None of the planning limits that we hold is here.")


def _is_none(answer: AreaAnswer) -> bool:
    """Return whether there is nothing of the layer, at any address."""
    return answer.is_known and not answer.titles and not answer.hint


def _easy(answer: AreaAnswer) -> str:
    words = {"layer": answer.layer.title, "names": get_text_list(list(answer.titles), _("and"))}
    if answer.shares:
        return _("%(layer)s: it depends on the address. Some are in %(names)s.") % words
    if answer.titles:
        return _("%(layer)s: yes. This place is in %(names)s.") % words
    if answer.is_known:
        return _("%(layer)s: no. There is none here.") % words
    return _("%(layer)s: we do not know.") % words
