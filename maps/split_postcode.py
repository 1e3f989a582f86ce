"""What a page says of a postcode whose addresses have different answers: it never guesses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gazetteer.query import (
    AreaShare,
    Certainty,
    LayerSpread,
    Place,
    PostcodeSpread,
)
from layers.query.found import FoundFeature
from layers.query.registry import PublishedLayer
from maps.distances import describe_metres
from maps.field_values import noun_of


@dataclass(frozen=True, slots=True)
class SplitShare:
    """One of the answers that a layer gives, and for how many addresses: "9 of 15 addresses".

    ``fid`` and ``title`` are empty for the addresses that lie in no feature of the layer.
    """

    fid: str
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


def with_council_of_addresses(spread: PostcodeSpread) -> Place:
    """Return the postcode, inside the council where any of its addresses is."""
    return replace(spread.place, is_inside_council=not spread.is_outside)


def features_of_spread(spread: PostcodeSpread) -> dict[str, list[FoundFeature]]:
    """Return the features of each layer, by slug, that contain any address of the postcode."""
    place = spread.place
    return {
        answer.layer.slug: [
            FoundFeature(
                fid=share.fid,
                title=share.title,
                properties=share.properties,
                distance_m=0.0,
                longitude=place.longitude,
                latitude=place.latitude,
            )
            for share in answer.shares
        ]
        for answer in spread.layers
    }


def describe_split(spread: PostcodeSpread) -> SplitPostcode:
    undecided = [each for each in spread.layers if _is_undecided(each)]
    return SplitPostcode(
        spread=spread,
        heading=_heading(spread, undecided),
        lines=tuple(_describe_layer(spread, each) for each in undecided),
        sides=() if spread.has_list else tuple(_sides(undecided)),
        has_list=spread.has_list,
        address_count=spread.address_count,
    )


def shares_of_split(spread: PostcodeSpread | None, layer: PublishedLayer) -> tuple[SplitShare, ...]:
    """Return every answer of a layer with its addresses; nothing where there is one for all."""
    answer = _answer_of(spread, layer)
    if spread is None or answer is None or answer.certainty is not Certainty.SEVERAL:
        return ()
    shares = [
        SplitShare(share.fid, share.title, _count_addresses(share.address_count, spread))
        for share in answer.shares
    ]
    if answer.elsewhere_count:
        shares.append(SplitShare("", "", _count_addresses(answer.elsewhere_count, spread)))
    return tuple(shares)


def counts_of_split(spread: PostcodeSpread | None, layer: PublishedLayer) -> dict[str, str]:
    """Return "9 of 15 addresses" by the id of each feature, where the address decides."""
    return {share.fid: share.addresses for share in shares_of_split(spread, layer)}


def say_split(spread: PostcodeSpread | None, layer: PublishedLayer) -> str:
    """Return the sentence that names every answer of a layer, or nothing where there is one."""
    answer = _answer_of(spread, layer)
    if spread is None or answer is None or answer.certainty is not Certainty.SEVERAL:
        return ""
    return _("Of the %(all)s addresses of %(postcode)s, %(parts)s.") % {
        "all": spread.address_count,
        "postcode": spread.place.label,
        "parts": get_text_list(_parts(answer), _("and")),
    }


def hint_of_split(spread: PostcodeSpread | None, layer: PublishedLayer) -> str:
    """Return what to know about an answer that may not hold for every address, or nothing."""
    answer = _answer_of(spread, layer)
    if spread is None or answer is None:
        return ""
    if answer.certainty is Certainty.CANNOT_TELL and answer.edge_m is not None:
        return _("For the middle of the postcode. An edge is about %(distance)s from it.") % {
            "distance": describe_metres(answer.edge_m)
        }
    if spread.outside_count and not spread.is_outside and layer.is_constraint:
        return ngettext(
            "Not known for %(count)s address outside the council’s area.",
            "Not known for %(count)s addresses outside the council’s area.",
            spread.outside_count,
        ) % {"count": spread.outside_count}
    return ""


def _answer_of(spread: PostcodeSpread | None, layer: PublishedLayer) -> LayerSpread | None:
    return spread.of(layer) if spread else None


def _is_undecided(answer: LayerSpread) -> bool:
    if answer.certainty is Certainty.SEVERAL:
        return True
    # Near a constraint's edge its own answer says so: a maybe about every protected tree in the
    # street is too little to stand on top of the page.
    is_likely = bool(answer.nearby) and not answer.layer.is_constraint
    return is_likely and answer.certainty is Certainty.CANNOT_TELL


def _heading(spread: PostcodeSpread, undecided: list[LayerSpread]) -> str:
    if not undecided:
        return ""
    first = next((each for each in undecided if not each.layer.is_constraint), None)
    if first is None:
        return _("The answers differ within %(postcode)s") % {"postcode": spread.place.label}
    named = {"postcode": spread.place.label, "areas": first.layer.title.lower()}
    if first.certainty is Certainty.CANNOT_TELL and not first.shares:
        return _("Part of %(postcode)s may lie in our %(areas)s") % named
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
    return _("%(layer)s: of %(all)s addresses, %(parts)s.") % {
        "layer": answer.layer.title,
        "all": spread.address_count,
        "parts": get_text_list(_parts(answer), _("and")),
    }


def _parts(answer: LayerSpread) -> list[str]:
    """Return "9 are in Moseley", "6 are in King's Heath", "2 are outside the council's area"."""
    # A round has an area for each of its services: what is the same is said once.
    parts = list(dict.fromkeys(_are_in(share) for share in answer.shares))
    if answer.elsewhere_count:
        words = {"count": answer.elsewhere_count}
        if answer.layer.role == "ward":
            said = ngettext(
                "%(count)s is outside the council’s area",
                "%(count)s are outside the council’s area",
                answer.elsewhere_count,
            )
        else:
            said = ngettext("%(count)s is in none", "%(count)s are in none", answer.elsewhere_count)
        parts.append(said % words)
    return parts


def _are_in(share: AreaShare) -> str:
    said = ngettext("%(count)s is in %(area)s", "%(count)s are in %(area)s", share.address_count)
    return said % {"count": share.address_count, "area": share.title}


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
            areas = [(area.fid, area.title) for area in answer.shares]
            areas += [(area.fid, area.title) for area in answer.nearby]
            for fid, title in areas:
                yield Side(answer.layer.slug, fid, _side_label(answer.layer, title))


def _side_label(layer: PublishedLayer, title: str) -> str:
    noun = noun_of(layer)
    return _("%(area)s (%(noun)s)") % {"area": title, "noun": noun.lower()}


def _count_addresses(count: int, spread: PostcodeSpread) -> str:
    return _("%(count)s of %(all)s addresses") % {"count": count, "all": spread.address_count}
