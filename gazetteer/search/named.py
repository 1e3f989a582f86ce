"""Streets, places and wards as places of their own, and by the addresses of their pages."""

from typing import Any

from gazetteer.address_label import mixed_case
from gazetteer.bearer import Bearer
from gazetteer.models import NameKind
from gazetteer.place import Kind
from gazetteer.search.candidates import Candidate
from gazetteer.search.found import Found, Position
from gazetteer.sql import read_statement
from gazetteer.street_names import search_name
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows

_LONGEST_SLUG = 250


def as_found(candidate: Candidate) -> Found:
    """Return a street, place or ward with the slug that finds it again."""
    bearer = candidate.bearer
    kind: Kind
    if bearer.kind == NameKind.WARD:
        kind, slug = "ward", f"ward-{bearer.fid}"
    elif bearer.fid:
        kind = "street" if bearer.kind == NameKind.STREET else "place"
        slug = f"place-{bearer.fid}"
    else:
        kind, slug = "street", _slug_of_street(bearer)
    return Found(
        kind,
        _joined(bearer.name, bearer.locality, bearer.town),
        slug,
        Position(bearer.easting, bearer.northing, candidate.longitude, candidate.latitude),
        detail=bearer.detail,
        is_exact=candidate.is_exact,
    )


def find_street(slug: str, addresses: PublishedLayer | None) -> list[Found]:
    """Return the street that a page's address names: ``street-oak-road_moseley-birmingham``."""
    name, _, _ = slug.removeprefix("street-").partition("_")
    if addresses is None or len(slug) > _LONGEST_SLUG or "\0" in slug:
        return []
    rows = fetch_rows(
        read_statement("streets_of_name"),
        {"edition_id": addresses.edition_id, "search_name": name.replace("-", " ")},
    )
    streets = (
        as_found(Candidate(Bearer(*columns), longitude, latitude, score=1, is_exact=True))
        for *columns, longitude, latitude in rows
    )
    return [street for street in streets if street.slug == slug][:1]


def find_feature(slug: str, layer: PublishedLayer | None) -> list[Found]:
    """Return the place or the ward that a page's address names by its feature's id."""
    kind, _, fid = slug.partition("-")
    if layer is None or not fid or len(slug) > _LONGEST_SLUG or "\0" in slug:
        return []
    rows = fetch_rows(read_statement("feature_place"), {"edition_id": layer.edition_id, "fid": fid})
    return [_feature(kind, slug, layer, *row) for row in rows]


def _feature(
    kind: str, slug: str, layer: PublishedLayer, _fid: str, parts: dict[str, Any], *point: float
) -> Found:
    name = str(parts.get(layer.title_field) or parts.get("name") or "")
    if kind == "ward":
        return Found("ward", name, slug, Position(*point))
    detail = str(parts.get("kind") or "")
    is_street = parts.get("type") == "transportNetwork" and "road" in detail.casefold()
    around = (parts.get("place"), parts.get("district") or parts.get("county"))
    label = _joined(name, *around)
    return Found("street" if is_street else "place", label, slug, Position(*point), detail=detail)


def _joined(*names: str | None) -> str:
    return ", ".join(dict.fromkeys(mixed_case(name) for name in names if name))


def _slug_of_street(bearer: Bearer) -> str:
    area = dict.fromkeys(search_name(name) for name in (bearer.locality, bearer.town))
    around = " ".join(name for name in area if name)
    slug = f"street-{bearer.search_name}"
    return f"{slug}_{around}".replace(" ", "-") if around else slug.replace(" ", "-")
