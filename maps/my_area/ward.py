"""Which ward the place is in, and who represents it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from layers.query.found import FoundFeature
from layers.query.registry import PublishedLayer
from layers.query.rows import FeatureRow, features_with
from maps.field_values import describe_field
from maps.my_area.asked import Asked
from maps.my_area.section import Section
from maps.my_area.subject import subject_of
from maps.split_postcode import counts_of_split, say_split

_TEMPLATE = "maps/my_area/_ward.html"


@dataclass(frozen=True, slots=True)
class Councillor:
    """Who represents a ward. What the layer does not give is empty."""

    name: str
    party: str
    email: str
    phone: str
    website: str


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward, and its councillors as far as they are known.

    ``addresses`` says how many of a postcode are in it, where they are not all.
    """

    fid: str
    name: str
    councillors: tuple[Councillor, ...]
    addresses: str = ""


@dataclass(frozen=True, slots=True)
class WardAnswer:
    """``wards`` is more than one on a border. ``councillors_not_known`` says why there are none."""

    layer: PublishedLayer
    wards: tuple[Ward, ...]
    councillors_layer: PublishedLayer | None
    councillors_not_known: str


def describe_ward(asked: Asked) -> Iterator[Section]:
    layer = asked.standing.for_role("ward")
    if layer is None or layer.slug not in asked.containing:
        return
    found = asked.containing[layer.slug]
    if not found:
        yield _not_known(layer, _("Our map of wards does not cover this place."))
        return
    councillors_layer = _councillors_layer(asked)
    counts = counts_of_split(asked.spread, layer)
    wards = tuple(
        replace(_describe(feature, councillors_layer), addresses=counts.get(feature.fid, ""))
        for feature in found
    )
    answer = WardAnswer(
        layer, wards, councillors_layer, _why_no_councillors(councillors_layer, wards)
    )
    sentence = say_split(asked.spread, layer) or _say(asked, found)
    # Of a ward itself that would say nothing.
    sentences = () if asked.place.kind == "ward" else (sentence,)
    yield Section(
        anchor="ward",
        title=_title(),
        template=_TEMPLATE,
        sentences=sentences,
        easy=(*sentences, *_easy_lines(answer)),
        leads=True,
        layers=(layer, councillors_layer) if councillors_layer else (layer,),
        content=answer,
    )


def _title() -> str:
    return _("Ward and councillors")


def _not_known(layer: PublishedLayer, why: str) -> Section:
    return Section("ward", _title(), _TEMPLATE, easy=(why,), layers=(layer,), not_known=why)


def _say(asked: Asked, found: Sequence[FoundFeature]) -> str:
    names = [feature.title for feature in found]
    words = {
        "subject": subject_of(asked.place, asked.spread),
        "wards": get_text_list(names, _("and")),
    }
    if len(names) > 1:
        return _("%(subject)s is on the border of %(wards)s wards.") % words
    return _("%(subject)s is in %(wards)s ward.") % words


def _councillors_layer(asked: Asked) -> PublishedLayer | None:
    layer = asked.standing.for_role("councillor")
    return layer if layer and layer.is_public else None


def _describe(feature: FoundFeature, councillors_layer: PublishedLayer | None) -> Ward:
    # The ward's id is its code: that is what councillors are listed by.
    if councillors_layer is None:
        return Ward(feature.fid, feature.title, ())
    rows = features_with(councillors_layer, "ward_code", feature.fid)
    councillors = tuple(_councillor(councillors_layer, row) for row in rows)
    return Ward(feature.fid, feature.title, councillors)


def _councillor(layer: PublishedLayer, row: FeatureRow) -> Councillor:
    values = {field.name: describe_field(field, row.properties) for field in layer.fields}
    given = {name: value.text for name, value in values.items()}
    return Councillor(
        name=row.title,
        party=given.get("party", ""),
        email=given.get("email", ""),
        phone=given.get("phone", ""),
        website=values["website"].href if "website" in values else "",
    )


def _why_no_councillors(layer: PublishedLayer | None, wards: Sequence[Ward]) -> str:
    if layer is None:
        return _("We do not have a list of councillors.")
    if not all(ward.councillors for ward in wards):
        return _("Our list of councillors names nobody for this ward. The seat may be vacant.")
    return ""


def _easy_lines(answer: WardAnswer) -> Iterator[str]:
    for ward in answer.wards:
        for councillor in ward.councillors:
            yield _("%(name)s is a councillor for %(ward)s.") % {
                "name": councillor.name,
                "ward": ward.name,
            }
            yield from _easy_contacts(councillor)
    if answer.councillors_not_known:
        yield answer.councillors_not_known


def _easy_contacts(councillor: Councillor) -> Iterator[str]:
    if councillor.party:
        yield _("Their party is %(party)s.") % {"party": councillor.party}
    if councillor.phone:
        yield _("Phone: %(phone)s") % {"phone": councillor.phone}
    if councillor.email:
        yield _("Email: %(email)s") % {"email": councillor.email}
