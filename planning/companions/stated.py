"""From what a layer's catalogue entry states of its coverage to what the area is made of."""

from dataclasses import dataclass
from typing import Any

from layers.models import Layer
from planning.sql import read_statement


@dataclass(frozen=True, slots=True)
class Stated:
    """What an area of coverage is to be made of.

    ``key`` is the same for layers that share the area. ``statement`` writes it, with
    ``parameters``. ``made_of`` says it in words.
    """

    key: str
    made_of: str
    statement: str
    parameters: dict[str, Any]


def stated_coverage(layer: Layer, edition_id: int) -> list[Stated]:
    """Return what the coverage of an edition may be made of, best first; nothing if not stated."""
    said = layer.coverage
    if said.get("area") == "council":
        return [*_council(layer), *_wards(layer)]
    if "extent_27700" in said:
        return [_box(said["extent_27700"])]
    if said.get("features"):
        return [_of_edition(edition_id, f"The features of “{layer.title}”")]
    if slug := said.get("layer"):
        named = Layer.objects.filter(slug=slug, published_edition__isnull=False).first()
        if named is not None and named.published_edition_id is not None:
            return [_of_edition(named.published_edition_id, f"“{named.title}”")]
    return []


def stated_less(whole: str, made_of: str, edition_id: int, accuracy_m: float) -> Stated:
    """Return the area with the key ``whole`` less where rows lie that an edition is without.

    What is no area takes away what lies within ``accuracy_m`` of it.
    """
    return Stated(
        f"{whole}, less what edition {edition_id} is without to {accuracy_m:g} m",
        f"{made_of}, less where rows lie that were kept out of edition {edition_id}",
        read_statement("write_area_less"),
        {"whole": whole, "edition_id": edition_id, "accuracy_m": accuracy_m},
    )


def depends_on(layer: Layer, other: Layer) -> bool:
    """Return whether the coverage of ``layer`` is made of features of ``other``."""
    said = layer.coverage
    is_boundary = other.role in ("council", "ward")
    return (said.get("area") == "council" and is_boundary) or said.get("layer") == other.slug


def _council(layer: Layer) -> list[Stated]:
    code = layer.organisation.gss_code
    return [
        _of_edition(edition_id, f"{layer.organisation.name}'s area in “{title}”", code)
        for edition_id, title in _published("council")
    ]


def _wards(layer: Layer) -> list[Stated]:
    return [
        _of_edition(edition_id, f"All of “{title}” together")
        for edition_id, title in _published("ward", organisation=layer.organisation)[:1]
    ]


def _published(role: str, **of: Any) -> list[tuple[int, str]]:
    found = Layer.objects.filter(role=role, published_edition__isnull=False, **of)
    return list(found.values_list("published_edition_id", "title"))


def _of_edition(edition_id: int, made_of: str, code: str | None = None) -> Stated:
    key = f"edition {edition_id}" + (f" of {code}" if code else "")
    return Stated(
        key, f"{made_of}, edition {edition_id}", read_statement("write_area"),
        {"edition_id": edition_id, "code": code},
    )  # fmt: skip


def _box(extent_27700: list[float]) -> Stated:
    west, south, east, north = extent_27700
    words = f"{west:.10g}, {south:.10g} to {east:.10g}, {north:.10g}"
    return Stated(
        f"box {words}", f"The box from {words} (easting, northing)",
        read_statement("write_area_of_box"),
        {"west": west, "south": south, "east": east, "north": north},
    )  # fmt: skip
