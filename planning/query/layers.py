"""The layers that a check asks, as frozen values that a process remembers."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from layers.models import Edition, Layer
from layers.query.state import everything_state
from planning.constraint import ConstraintSettings, settings_of


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """The edition that answers. ``source`` is its file's name, or its address without a query.

    ``unplaced_count`` as `layers.models.Edition` has it.
    """

    id: int
    published_at: datetime
    source: str
    is_sample: bool
    unplaced_count: int | None = None


@dataclass(frozen=True, slots=True)
class ConstraintLayer:
    """A public layer that limits what may be built, published or not.

    ``was_published``: an edition of it has been shown at some time. ``checked_at`` is when its
    source was last read to the end, ``failing_since`` since when it cannot be: of the moment for
    which it is asked.
    """

    id: int
    slug: str
    title: str
    title_field: str
    settings: ConstraintSettings
    licence: str
    attribution: str
    published: EditionFacts | None
    was_published: bool
    checked_at: datetime | None
    failing_since: datetime | None


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Every public constraint layer in page order, and the digest of all layers as they stood."""

    digest: str
    layers: tuple[ConstraintLayer, ...]


# One assignment changes it, so that no thread sees half of it.
_remembered: Known | None = None


def constraint_layers() -> Known:
    """Return the layers as they stand, read anew if any layer has changed."""
    global _remembered
    digest, _ = everything_state()
    known = _remembered
    if known is None or known.digest != digest:
        # The digest is the older of the two: a change in between is seen at the next look.
        known = _remembered = Known(digest, _read())
    return known


def remembered_layers() -> Known:
    """Return the layers as this process last saw them; whoever asks finds out if they still are."""
    return _remembered or constraint_layers()


def edition_facts(edition: Edition, published_at: datetime) -> EditionFacts:
    """Return what an answer says of its edition."""
    return EditionFacts(
        edition.pk,
        published_at,
        _source_words(edition.source),
        edition.is_sample,
        edition.unplaced_count,
    )


def _read() -> tuple[ConstraintLayer, ...]:
    layers = (
        Layer.objects.using("read")
        .filter(is_constraint=True, is_public=True, licence_restricted=False)
        .select_related("published_edition")
    )
    shown = Edition.objects.using("read").filter(layer__in=layers).exclude(published_at=None)
    once_shown = set(shown.values_list("layer_id", flat=True))
    return tuple(_describe(layer, layer.pk in once_shown) for layer in layers)


def _describe(layer: Layer, was_published: bool) -> ConstraintLayer:
    edition = layer.published_edition
    published_at = edition.published_at if edition else None
    return ConstraintLayer(
        id=layer.pk,
        slug=layer.slug,
        title=layer.title,
        title_field=layer.title_field,
        settings=settings_of(layer.constraint, layer.theme),
        licence=layer.licence,
        attribution=layer.attribution,
        published=edition_facts(edition, published_at) if edition and published_at else None,
        was_published=was_published,
        checked_at=layer.checked_at,
        failing_since=layer.failing_since,
    )


def _source_words(source: str) -> str:
    address = urlsplit(source)
    if address.scheme in ("http", "https"):
        return f"{address.scheme}://{address.hostname}{address.path}"
    return PurePosixPath(source).name
