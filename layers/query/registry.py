"""The published layers as frozen values: everything an answer needs to know of its layer."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from layers.errors import NotFound
from layers.models import Layer, Theme
from layers.query.state import everything_state

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PublishedField:
    """One public property of a layer's features."""

    name: str
    title: str
    description: str
    type: str
    unit: str
    is_queryable: bool
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class PublishedLayer:
    """A layer with its published edition.

    ``extent_4326`` is west, south, east, north in degrees; ``extent_27700`` the
    same in metres; both None for a layer without any location. ``changed_at``
    moves whenever the description or the published edition does.

    ``checked_at`` (when the source was last read to the end) and ``failing_since`` move
    without it: `standing_layers` sees that, and what `layers.query.cache` remembers does not.
    """

    id: int
    slug: str
    title: str
    description: str
    theme: str
    theme_title: str
    geometry_type: str
    is_public: bool
    is_service: bool
    is_area: bool
    is_constraint: bool
    role: str
    title_field: str
    has_stable_ids: bool
    datetime_field: str
    facts: tuple[str, ...]
    opening_hours: dict[str, Any]
    style: dict[str, Any]
    keywords: tuple[str, ...]
    licence: str
    licence_url: str
    attribution: str
    organisation: str
    source_url: str
    refresh_days: int | None
    changed_at: datetime
    checked_at: datetime | None
    failing_since: datetime | None
    edition_id: int
    published_at: datetime
    source: str
    is_sample: bool
    feature_count: int
    quarantined_count: int
    extent_4326: Box | None
    extent_27700: Box | None
    fields: tuple[PublishedField, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where every layer stood at one instant: what a page that asks many layers needs to know.

    ``layers`` are all that have a published edition, in page order; ``public`` the public ones
    by slug; ``by_role`` those that a domain app reads, public or not. ``unpublished`` are the
    titles of public layers that people ask about and that have none. ``digest`` is another as
    soon as any layer or the council changes.
    """

    digest: str
    layers: tuple[PublishedLayer, ...]
    public: Mapping[str, PublishedLayer]
    by_role: Mapping[str, tuple[PublishedLayer, ...]]
    unpublished: tuple[str, ...]

    def for_role(self, role: str) -> PublishedLayer | None:
        """Return the first layer that is read as ``role``."""
        return next(iter(self.by_role.get(role, ())), None)


# One assignment changes it, so that no thread sees half of it.
_remembered: Standing | None = None
_held: ContextVar[Standing | None] = ContextVar("held", default=None)


@contextmanager
def standing_held() -> Iterator[None]:
    """Have whatever is asked within be of one instant: it is looked once where layers stand."""
    token = _held.set(standing_layers())
    try:
        yield
    finally:
        _held.reset(token)


def standing_layers() -> Standing:
    """Return where all layers stand: read anew only when one of them has changed since.

    A hundred layers and their fields cost 20 ms to read; that they are as they were, 0.3 ms,
    and nothing within `standing_held`.
    """
    global _remembered
    if held := _held.get():
        return held
    digest, _ = everything_state()
    known = _remembered
    if known is None or known.digest != digest:
        # The digest is the older of the two: a change in between is seen at the next look.
        known = _remembered = _read_standing(digest)
    return known


def published_layers() -> Mapping[str, PublishedLayer]:
    """Return the public layers that have a published edition, by slug, in page order."""
    return standing_layers().public


def layer_for_role(role: str) -> PublishedLayer | None:
    """Return the published layer that a domain app reads as ``role``, public or not.

    Of several the first in page order.
    """
    return standing_layers().for_role(role)


def find_layer(slug: str) -> PublishedLayer:
    """Return a public layer with its published edition.

    Raises
    ------
    NotFound
        There is none of that name, it is not public, or nothing is published.
    """
    try:
        return published_layers()[slug]
    except KeyError:
        raise NotFound(f"There is no layer called “{slug[:100]}”.") from None


def _read_standing(digest: str) -> Standing:
    layers = _read_layers()
    by_role: dict[str, tuple[PublishedLayer, ...]] = {}
    for layer in layers:
        if layer.role:
            by_role[layer.role] = (*by_role.get(layer.role, ()), layer)
    return Standing(
        digest=digest,
        layers=tuple(layers),
        public={layer.slug: layer for layer in layers if layer.is_public},
        by_role=by_role,
        unpublished=_titles_of_unpublished(),
    )


def _titles_of_unpublished() -> tuple[str, ...]:
    titles = (
        Layer.objects.using("read")
        .filter(is_public=True, published_edition=None)
        .exclude(is_service=False, is_area=False, is_constraint=False)
        .values_list("title", flat=True)
    )
    return tuple(titles)


def find_layers(slugs: Collection[str]) -> list[PublishedLayer]:
    """Return those of some layers that are public and have a published edition, in page order."""
    return [layer for layer in published_layers().values() if layer.slug in slugs]


def _read_layers() -> list[PublishedLayer]:
    layers = (
        Layer.objects.using("read")
        .filter(published_edition__isnull=False)
        .select_related("published_edition", "organisation")
        .prefetch_related("fields")
    )
    return [_describe(layer) for layer in layers]


def _describe(layer: Layer) -> PublishedLayer:
    edition = layer.published_edition
    assert edition is not None  # the queryset asks for it
    assert edition.published_at is not None  # set by the update that publishes
    return PublishedLayer(
        id=layer.pk,
        slug=layer.slug,
        title=layer.title,
        description=layer.description,
        theme=layer.theme,
        theme_title=str(Theme(layer.theme).label),
        geometry_type=layer.geometry_type,
        # The database refuses a public layer with a restricted licence, and so does the catalogue.
        is_public=layer.is_public and not layer.licence_restricted,
        is_service=layer.is_service,
        is_area=layer.is_area,
        is_constraint=layer.is_constraint,
        role=layer.role,
        title_field=layer.title_field,
        has_stable_ids=layer.has_stable_ids,
        datetime_field=layer.datetime_field,
        facts=tuple(layer.facts),
        opening_hours=layer.opening_hours,
        style=layer.style,
        keywords=tuple(layer.keywords),
        licence=layer.licence,
        licence_url=layer.licence_url,
        attribution=layer.attribution,
        organisation=layer.organisation.name,
        source_url=layer.source_url,
        refresh_days=layer.refresh_days,
        changed_at=layer.changed_at,
        checked_at=layer.checked_at,
        failing_since=layer.failing_since,
        edition_id=edition.pk,
        published_at=edition.published_at,
        source=edition.source,
        is_sample=edition.is_sample,
        feature_count=edition.feature_count,
        quarantined_count=edition.quarantined_count,
        extent_4326=as_box(edition.extent_4326),
        extent_27700=as_box(edition.extent_27700),
        fields=_public_fields(layer),
    )


def _public_fields(layer: Layer) -> tuple[PublishedField, ...]:
    return tuple(
        PublishedField(
            name=field.name,
            title=field.title,
            description=field.description,
            type=field.type,
            unit=field.unit,
            is_queryable=field.is_queryable,
            is_required=field.is_required,
        )
        for field in layer.fields.all()
        if field.is_public and not field.is_personal
    )


def as_box(corners: list[float] | None) -> Box | None:
    """Return an edition's extent as four numbers, or None where it has none."""
    return None if corners is None else (corners[0], corners[1], corners[2], corners[3])
