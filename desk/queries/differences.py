"""What a new edition adds, changes and takes away: as a list, and as GeoJSON for a map."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.contrib.gis.db.models.functions import AsGeoJSON, Centroid
from django.contrib.gis.geos import Point
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from layers.models import Change, Edition, Feature, Layer

MOST_ON_A_MAP = 2_000
ON_A_PAGE = 50
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class ListedChange:
    """One line of the list. ``number`` is the one that the map's mark carries too."""

    number: int
    kind: str
    fid: str
    title: str
    sentence: str
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A page of what an edition changes, of ``total`` changes altogether."""

    changes: tuple[ListedChange, ...]
    total: int
    is_first: bool


def difference_of(edition: Edition, *, start: int = 0, most: int = ON_A_PAGE) -> Difference:
    """Return ``most`` changes from the one of place ``start``.

    Of a layer's first edition every feature is new.
    """
    if edition.compared_with_id is None:
        features = _features(edition.pk).order_by("id")[start : start + most]
        listed = tuple(
            _line(place, "added", feature.fid, feature, edition.layer, "")
            for place, feature in enumerate(features, start + 1)
        )
        return Difference(listed, edition.feature_count, is_first=True)
    found = _changes(edition)
    page = list(found[start : start + most])
    titles = dict(edition.layer.fields.values_list("name", "title"))
    listed = tuple(
        _line(place, change.kind, change.fid, feature, edition.layer, _sentence(change, titles))
        for place, (change, feature) in enumerate(_with_features(edition, page), start + 1)
    )
    return Difference(listed, found.count(), is_first=False)


def difference_geojson(edition: Edition) -> bytes:
    """Return up to `MOST_ON_A_MAP` changes as GeoJSON, numbered as in the list."""
    pairs: list[tuple[str, Feature | None]]
    if edition.compared_with_id is None:
        pairs = [
            ("added", feature)
            for feature in _with_shapes(_features(edition.pk).order_by("id")[:MOST_ON_A_MAP])
        ]
    else:
        page = list(_changes(edition)[:MOST_ON_A_MAP])
        pairs = [
            (change.kind, feature)
            for change, feature in _with_features(edition, page, has_shapes=True)
        ]
    features = [
        _as_geojson(number, kind, feature, edition.layer)
        for number, (kind, feature) in enumerate(pairs, 1)
        if feature is not None
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _changes(edition: Edition) -> QuerySet[Change]:
    return Change.objects.filter(edition=edition, since=edition.compared_with_id).order_by("id")


def _features(edition_id: int) -> QuerySet[Feature]:
    # Named columns: the web's role may not read the restricted ones.
    features = Feature.objects.filter(edition_id=edition_id)
    return features.only("edition_id", "id", "fid", "properties").annotate(
        # A point is its own middle and has none beside it.
        middle_4326=Coalesce("centroid_4326", Centroid("geom_4326"))
    )


def _with_shapes(features: QuerySet[Feature]) -> QuerySet[Feature]:
    return features.annotate(shape=AsGeoJSON("geom_4326", precision=_DECIMALS))


def _with_features(
    edition: Edition, changes: list[Change], *, has_shapes: bool = False
) -> list[tuple[Change, Feature | None]]:
    """Return each change with its feature: of the edition before, if it is gone from this one."""
    gone = [change.fid for change in changes if change.kind == Change.Kind.REMOVED]
    here = [change.fid for change in changes if change.kind != Change.Kind.REMOVED]
    assert edition.compared_with_id is not None  # a first edition has no changes
    found: dict[tuple[bool, str], Feature] = {}
    for is_gone, edition_id, fids in (
        (False, edition.pk, here),
        (True, edition.compared_with_id, gone),
    ):
        features = _features(edition_id).filter(fid__in=fids)
        for feature in _with_shapes(features) if has_shapes else features:
            found[is_gone, feature.fid] = feature
    return [
        (change, found.get((change.kind == Change.Kind.REMOVED, change.fid))) for change in changes
    ]


def _line(
    number: int, kind: str, fid: str, feature: Feature | None, layer: Layer, sentence: str
) -> ListedChange:
    place = _middle(feature)
    title = fid if feature is None else _title(feature, layer)
    longitude, latitude = place or (None, None)
    return ListedChange(number, kind, fid, title, sentence, longitude, latitude)


def _middle(feature: Feature | None) -> tuple[float, float] | None:
    """Return longitude and latitude of the middle of a feature that has a location."""
    middle: Point | None = getattr(feature, "middle_4326", None)
    return None if middle is None else (middle.x, middle.y)


def _title(feature: Feature, layer: Layer) -> str:
    return str(feature.properties.get(layer.title_field) or feature.fid)


def _sentence(change: Change, titles: dict[str, str]) -> str:
    """Return what of a feature changed: its fields, its shape, its place."""
    if change.kind != Change.Kind.CHANGED:
        return ""
    fields = [titles.get(name, name) for name in change.fields]
    said = [f"Changed: {', '.join(fields)}."] if fields else []
    if change.moved_m:
        said.append(f"Moved {_distance(change.moved_m)}.")
    elif change.shape_changed:
        said.append("Its shape changed.")
    return " ".join(said) or "Only fields that are not public changed."


def _distance(metres: float) -> str:
    if metres < 1:
        return "less than a metre"
    return f"{metres:,.0f} m" if metres < 1000 else f"{metres / 1000:,.1f} km"


def _as_geojson(number: int, kind: str, feature: Feature, layer: Layer) -> dict[str, Any]:
    shape: str | None = getattr(feature, "shape", None)
    place = _middle(feature)
    return {
        "type": "Feature",
        "id": number,
        "geometry": orjson.Fragment(shape) if shape else None,
        "properties": {
            "kind": kind,
            "number": number,
            "title": _title(feature, layer),
            "position": list(place) if place else None,
        },
    }
