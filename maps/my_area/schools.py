"""The nearest schools of each sort, and whose catchment the place is in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from layers.query.found import FoundFeature
from layers.query.nearest import nearest_of_each_kind
from layers.query.registry import PublishedLayer
from maps.backdrop import is_polygonal
from maps.listed_feature import ListedFeature
from maps.my_area.asked import Asked
from maps.my_area.listing import list_feature, next_symbol
from maps.my_area.school_kinds import SchoolKind, kind_of, title_of_kind
from maps.my_area.section import ItemList, Section

_KIND_FIELDS = ("phase", "type")
# Parents choose between schools of these sorts; of the others one says how far they are.
_CHOSEN_BETWEEN = (SchoolKind.NURSERY, SchoolKind.PRIMARY, SchoolKind.SECONDARY)
_SHOWN_OF_CHOSEN = 3
_SHOWN_OF_OTHERS = 1


@dataclass(frozen=True, slots=True)
class Catchments:
    """The schools in whose catchment areas the place lies. ``text`` says it, or what is unknown."""

    text: str
    schools: tuple[FoundFeature, ...] = ()
    layers: tuple[PublishedLayer, ...] = ()


def describe_schools(asked: Asked) -> Iterator[Section]:
    layer = asked.standing.for_role("school")
    if layer is None or layer.slug not in asked.standing.public:
        return
    catchments = _find_catchments(asked)
    lists = tuple(_lists(asked, layer, catchments))
    yield Section(
        anchor="schools",
        title=_("Schools near here"),
        template="maps/my_area/_schools.html",
        sentences=_sentences(catchments),
        easy=(catchments.text,),
        lists=lists,
        layers=(layer, *catchments.layers),
        content=catchments,
    )


def _lists(asked: Asked, layer: PublishedLayer, catchments: Catchments) -> Iterator[ItemList]:
    found = nearest_of_each_kind(
        layer,
        asked.place.easting,
        asked.place.northing,
        kind_fields=_KIND_FIELDS,
        per_kind=_SHOWN_OF_CHOSEN,
    )
    symbol = next_symbol(asked)
    for kind, schools in sorted(_by_kind(found).items()):
        yield ItemList(
            anchor=f"schools-{kind.name.lower().replace('_', '-')}",
            title=title_of_kind(kind),
            symbol=symbol,
            layer=layer,
            items=tuple(_list_school(asked, layer, each, symbol, catchments) for each in schools),
            stands_alone=False,
        )


def _by_kind(found: Sequence[FoundFeature]) -> Mapping[SchoolKind, list[FoundFeature]]:
    """Return as many as are shown of each sort, nearest first, as ``found`` are."""
    by_kind: dict[SchoolKind, list[FoundFeature]] = {}
    for school in found:
        kind = kind_of(_text(school, "phase"), _text(school, "type"))
        listed = by_kind.setdefault(kind, [])
        if len(listed) < (_SHOWN_OF_CHOSEN if kind in _CHOSEN_BETWEEN else _SHOWN_OF_OTHERS):
            listed.append(school)
    return by_kind


def _list_school(
    asked: Asked,
    layer: PublishedLayer,
    school: FoundFeature,
    symbol: int,
    catchments: Catchments,
) -> ListedFeature:
    item = list_feature(asked, layer, school, symbol)
    if any(_is_of_school(area, school) for area in catchments.schools):
        return replace(item, note=_("This place is in its catchment area."))
    return item


def _is_of_school(area: FoundFeature, school: FoundFeature) -> bool:
    """Return whether a catchment area is a school's: by its number in the register, or its name."""
    urn = _text(area, "urn")
    if urn:
        return urn == _text(school, "urn")
    return area.title.casefold() == school.title.casefold()


def _find_catchments(asked: Asked) -> Catchments:
    layers = tuple(
        layer
        for layer in asked.standing.by_role.get("school-catchment", ())
        if layer.is_public and is_polygonal(layer)
    )
    if not layers:
        return Catchments(
            _("We do not hold the catchment areas of schools. Ask the school which area it takes.")
        )
    schools = tuple(area for layer in layers for area in asked.containing[layer.slug])
    if schools:
        names = get_text_list([school.title for school in schools], _("and"))
        text = _("This place is in the catchment area of %(schools)s.") % {"schools": names}
    else:
        text = _("This place is in none of the catchment areas that we hold.")
    return Catchments(text, schools, layers)


def _sentences(catchments: Catchments) -> tuple[str, ...]:
    return (catchments.text,) if catchments.schools else ()


def _text(feature: FoundFeature, name: str) -> str:
    value = feature.properties.get(name)
    return "" if value is None else str(value)
