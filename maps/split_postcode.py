"""What a page says of a postcode whose addresses do not all have one answer: it asks, never guesses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gazetteer.query import (

    Certainty,
    LayerSpread,
    Place,
    PostcodeSpread,
    spread_of_postcode,
)
from layers.query.registry import PublishedLayer
from maps.backdrop import is_polygonal
from maps.distances import describe_metres
from maps.field_values import noun_of

# Layers that a whole household belongs to, beside those of areas and constraints.
_ROLES_OF_HOUSEHOLDS = ("collection-round", "school-catchment")


@dataclass(frozen=True, slots=True)
class SplitShare:
    """One of the answers that a layer gives, and for how many addresses: "9 of 15 addresses".

    ``title`` is empty for the addresses that lie in no feature of the layer.
    """

    title: str
    addresses: str


@dataclass(frozen=True, slots=True)
class Side:
    """A part of the postcode that has a page of its own."""

    layer: str
    fid: str
    label: str


@dataclass(frozen=True, slots=True)
class SplitPostcode:
    """What stands at the top of a postcode's page.

    ``heading`` is empty where every address has the same answers, as far as can be told.
    ``has_list`` says that people can choose their address; where they cannot, ``sides`` are
    what they choose from. ``address_count`` is 0 where no address is known.
    """

    spread: PostcodeSpread
    heading: str
    lines: tuple[str, ...]
    sides: tuple[Side, ...]
    has_list: bool
    address_count: int


def find_spread(place: Place, layers: Mapping[str, PublishedLayer]) -> PostcodeSpread | None:
    """Return where a postcode's addresses lie, or None for any other place."""
    if place.kind != "postcode":
        return None
    return spread_of_postcode(place, [layer for layer in layers.values() if _may_split(layer)])


def describe_split(spread: PostcodeSpread | None) -> SplitPostcode | None:
    if spread is None:
        return None
    undecided = [each for each in spread.layers if _is_undecided(each)]
    return SplitPostcode(
        spread=spread,
        heading=_heading(spread, undecided),
        lines=tuple(_describe_layer(spread, each) for each in undecided),
        sides=() if spread.has_list else tuple(_sides(undecided)),
        has_list=spread.has_list,
        address_count=spread.address_count,
    )


def shares_of(spread: PostcodeSpread, answer: LayerSpread) -> tuple[SplitShare, ...]:
    """Return every answer of a layer with its addresses, where the address decides."""
    if answer.certainty is not Certainty.SEVERAL:
        return ()
    shares = [
        SplitShare(share.title, _count_addresses(share.address_count, spread))
        for share in answer.shares
    ]
    if answer.elsewhere_count:
        shares.append(SplitShare("", _count_addresses(answer.elsewhere_count, spread)))
    return tuple(shares)


def hint_of(spread: PostcodeSpread, answer: LayerSpread) -> str:
    """Return what a reader should know about an answer that may not hold for every address."""
    if answer.certainty is Certainty.CANNOT_TELL and answer.edge_m is not None:
        return _("For the middle of the postcode. An edge is about %(distance)s from it.") % {
            "distance": describe_metres(answer.edge_m)
        }
    if spread.outside_count and not spread.is_outside and not answer.layer.is_area:
        return ngettext(
            "Not known for %(count)s address outside the council’s area.",
            "Not known for %(count)s addresses outside the council’s area.",
            spread.outside_count,
        ) % {"count": spread.outside_count}
    return ""


def _may_split(layer: PublishedLayer) -> bool:
    is_asked = layer.is_area or layer.is_constraint or layer.role in _ROLES_OF_HOUSEHOLDS
    return is_asked and is_polygonal(layer)


def _is_undecided(answer: LayerSpread) -> bool:
    if answer.certainty is Certainty.SEVERAL:
        return True
    # Near a constraint's edge the layer's own answer says so; to stand on top of the page for
    # every tree preservation order in the street, a maybe is too little.
    is_of_households = answer.layer.is_area or answer.layer.role in _ROLES_OF_HOUSEHOLDS
    return is_of_households and bool(answer.nearby) and answer.certainty is Certainty.CANNOT_TELL


def _heading(spread: PostcodeSpread, undecided: list[LayerSpread]) -> str:
    if not undecided:
        return ""
    first = next((each for each in undecided if not each.layer.is_constraint), None)
    if first is None:
        return _("The answers differ within %(postcode)s") % {"postcode": spread.place.label}
    named = {"postcode": spread.place.label, "areas": first.layer.title.lower()}
    if first.certainty is Certainty.CANNOT_TELL:
        return _("%(postcode)s may lie in several of our %(areas)s") % named
    if len(first.shares) > 1:
        named["count"] = str(len(first.shares))
        return _("%(postcode)s is in %(count)s %(areas)s") % named
    if first.layer.role == "ward":
        return _("Part of %(postcode)s is outside the council’s area") % named
    return _("Part of %(postcode)s is in none of our %(areas)s") % named


def _describe_layer(spread: PostcodeSpread, answer: LayerSpread) -> str:
    if answer.certainty is Certainty.CANNOT_TELL:
        return _describe_nearby(answer)
    parts = [
        _("%(count)s in %(area)s") % {"count": share.address_count, "area": share.title}
        for share in answer.shares
    ]
    if answer.elsewhere_count:
        words = (
            _("%(count)s outside the council’s area")
            if answer.layer.role == "ward"
            else _("%(count)s in none")
        )
        parts.append(words % {"count": answer.elsewhere_count})
    return _("%(layer)s: of %(all)s addresses, %(parts)s.") % {
        "layer": answer.layer.title,
        "all": spread.address_count,
        "parts": ", ".join(parts),
    }


def _describe_nearby(answer: LayerSpread) -> str:
    nearby = answer.nearby[0]
    named = {"layer": answer.layer.title, "area": nearby.title}
    named["distance"] = describe_metres(nearby.edge_m)
    if not answer.shares:
        return (
            _(
                "%(layer)s: the middle of the postcode is in none of them; %(area)s begins about "
                "%(distance)s from it."
            )
            % named
        )
    named["home"] = answer.shares[0].title
    return (
        _(
            "%(layer)s: the middle of the postcode is in %(home)s; %(area)s begins about "
            "%(distance)s from it."
        )
        % named
    )


def _sides(undecided: Iterable[LayerSpread]) -> Iterator[Side]:
    for answer in undecided:
        if answer.layer.is_public:
            for area in (*answer.shares, *answer.nearby):
                yield Side(answer.layer.slug, area.fid, _side_label(answer.layer, area.title))


def _side_label(layer: PublishedLayer, title: str) -> str:
    noun = noun_of(layer)
    return _("%(area)s (%(noun)s)") % {"area": title, "noun": noun.lower()}


def _count_addresses(count: int, spread: PostcodeSpread) -> str:
    return _("%(count)s of %(all)s addresses") % {"count": count, "all": spread.address_count}


