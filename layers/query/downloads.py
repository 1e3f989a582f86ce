"""The files of a whole layer: those ready made, and those that are made when asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import orjson

from layers.exports.formats import FORMATS, Format
from layers.models import Export
from layers.query.registry import PublishedLayer

# Counted up when files are written otherwise, so that those made before are made anew.
WRITTEN_AS = 2
# What is told of an edition, and known without its digest.
_OF_EDITION = ("published", "madeUp")


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that lies ready. ``file_name`` is below `settings.EXPORTS_DIR`."""

    format: str
    file_name: str
    bytes: int
    sha256: str
    edition_id: int
    made_at: datetime

    @property
    def name(self) -> str:
        return self.file_name.rpartition("/")[2]

    def path(self, slug: str) -> str:
        """Return the file's address below this service."""
        return f"/api/collections/{slug}/downloads/{self.edition_id}/{self.name}"


@dataclass(frozen=True, slots=True)
class Download:
    """A whole layer in one format. ``ready`` is None where it is made when it is asked for."""

    format: Format
    path: str
    ready: ReadyFile | None


def downloads_of(layer: PublishedLayer) -> list[Download]:
    """Return how the whole layer can be had, in every format."""
    ready = ready_files(layer)
    return [_download(layer, each, ready.get(each.name)) for each in FORMATS.values()]


def on_demand_path(slug: str, format_name: str) -> str:
    """Return the address that makes a whole layer, or leads to the file that is ready."""
    return f"/api/collections/{slug}/download?f={format_name}"


def _download(layer: PublishedLayer, format_: Format, ready: ReadyFile | None) -> Download:
    path = ready.path(layer.slug) if ready else on_demand_path(layer.slug, format_.name)
    return Download(format_, path, ready)


def provenance(layer: PublishedLayer) -> dict[str, object]:
    """Return licence, attribution, edition and its date, as every file carries them."""
    return {
        "collection": layer.slug,
        "edition": layer.edition_id,
        "published": layer.published_at.isoformat(timespec="seconds"),
        "licence": layer.licence,
        "licenceUrl": layer.licence_url or None,
        "attribution": layer.attribution,
        "madeUp": layer.is_sample,
    }


def digest_of(layer: PublishedLayer) -> str:
    """Return a digest of all that a whole layer's files are made from, beside its features.

    A field that is no longer public, or another licence, makes other files, and so does another
    way of writing them.
    """
    fields = [(each.name, each.title, each.type, each.unit) for each in layer.fields]
    described = [layer.title, layer.description, layer.title_field, layer.geometry_type]
    terms = {name: value for name, value in provenance(layer).items() if name not in _OF_EDITION}
    return sha256(orjson.dumps([WRITTEN_AS, terms, described, fields])).hexdigest()


def ready_files(layer: PublishedLayer) -> dict[str, ReadyFile]:
    """Return the files of the layer's edition that are ready and still true, by format."""
    return {each.format: each for each in _describe(_exports(layer))}


def find_ready_file(layer: PublishedLayer, name: str) -> ReadyFile | None:
    """Return the ready file of the layer's edition that is called ``name``."""
    return next((each for each in _describe(_exports(layer)) if each.name == name), None)


def _exports(layer: PublishedLayer) -> Iterable[Export]:
    return Export.objects.using("read").filter(
        edition_id=layer.edition_id, made_of=digest_of(layer)
    )


def _describe(exports: Iterable[Export]) -> list[ReadyFile]:
    return [
        ReadyFile(
            each.format,
            each.file_name,
            each.bytes,
            each.sha256,
            each.edition_id,
            each.made_at,
        )
        for each in exports
    ]
