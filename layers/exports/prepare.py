"""Whole layers as files, made once for each edition and removed with it."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.db import connection, transaction

from layers.errors import DownloadFailed, DownloadTooLarge, EditionGone
from layers.exports.binary import write_binary
from layers.exports.extract import Extract, whole_layer
from layers.exports.formats import FORMATS, Format
from layers.exports.store import put_in_place, remove_file, remove_unknown, scratch_folder
from layers.exports.survey import Survey, survey_extract
from layers.exports.text import text_file
from layers.exports.text_stream import text_chunks
from layers.models import Export
from layers.publish.kept import is_kept
from layers.query.downloads import digest_of
from layers.query.registry import PublishedLayer, published_layers

# The first half of the advisory lock's key; the layer's id is the second.
_LOCK_CLASS = 0x455850
_MOST_S = 1800.0
_TRY_AGAIN_S = 3600.0
_failed_at: dict[tuple[int, str], float] = {}

logger = logging.getLogger(__name__)


def layers_without_files() -> list[str]:
    """Return the public layers whose published edition has not all its files yet.

    Left out is what this process could not make within the last hour.
    """
    return [
        layer.slug
        for layer in published_layers().values()
        if any(not _failed_lately(layer, each) for each in _missing(layer))
    ]


def prepare_layer(slug: str) -> list[str]:
    """Make what is missing of the published edition's files, and return their formats.

    A layer that is not public, or of which nothing is published, gets none. Where
    another process is making them, this one leaves it to that. One format that cannot be
    made stops no other: it stays on demand, and is tried again the next time.
    """
    layer = published_layers().get(slug)
    if layer is None:
        return []
    with _only_preparation_of(layer) as is_ours:
        return _prepare(layer) if is_ours else []


def remove_stale_files() -> int:
    """Remove the files of editions that nobody may read any longer; return how many.

    That is: withdrawn, dropped, of layers that are not public, described otherwise now,
    or known to no row at all.
    """
    layers = published_layers()
    exports = Export.objects.select_related("edition__layer")
    stale = [each for each in exports if not _may_be_read(each, layers)]
    _remove(stale)
    return len(stale) + remove_unknown(set(Export.objects.values_list("file_name", flat=True)))


def remove_files_of_edition(edition_id: int) -> None:
    """Remove an edition's files, when its features are dropped."""
    _remove(Export.objects.filter(edition_id=edition_id))


def remove_files_of_layer(layer_id: int) -> None:
    """Remove the files of all of a layer's editions, when fields of them are hidden."""
    _remove(Export.objects.filter(edition__layer_id=layer_id))


def _remove(exports: Iterable[Export]) -> None:
    """Forget the files, and delete them as soon as that is certain."""
    for export in exports:
        export.delete()
        transaction.on_commit(partial(remove_file, export.file_name))


def _prepare(layer: PublishedLayer) -> list[str]:
    extract = whole_layer(layer)
    survey = survey_extract(extract)
    made = []
    for each in _missing(layer):
        try:
            _make(each, extract, survey)
        except (DownloadFailed, DownloadTooLarge, EditionGone, OSError) as error:
            logger.error("%s as %s was not made: %s", layer.slug, each.name, error)
            _failed_at[layer.edition_id, each.name] = time.monotonic()
        else:
            made.append(each.name)
    return made


def _failed_lately(layer: PublishedLayer, format_: Format) -> bool:
    failed_at = _failed_at.get((layer.edition_id, format_.name))
    return failed_at is not None and time.monotonic() - failed_at < _TRY_AGAIN_S


def _missing(layer: PublishedLayer) -> list[Format]:
    there = set(
        Export.objects.filter(edition_id=layer.edition_id, made_of=digest_of(layer)).values_list(
            "format", flat=True
        )
    )
    return [each for each in FORMATS.values() if each.name not in there]


def _make(format_: Format, extract: Extract, survey: Survey) -> None:
    layer, made_of = extract.layer, digest_of(extract.layer)
    name = f"{layer.slug}.{format_.extension}"
    with scratch_folder() as folder:
        made = folder / name
        if format_.is_text:
            _write_text(format_.name, extract, survey, made)
        else:
            write_binary(format_.name, extract, survey, made, most_s=_MOST_S)
        # A file that is made anew gets a name of its own: nobody reads half of each.
        file_name = f"{layer.edition_id}-{made_of[:8]}/{name}"
        size, sha256 = put_in_place(made, file_name)
    before = Export.objects.filter(edition_id=layer.edition_id, format=format_.name).first()
    Export.objects.update_or_create(
        edition_id=layer.edition_id,
        format=format_.name,
        defaults={
            "file_name": file_name,
            "bytes": size,
            "sha256": sha256,
            "made_of": made_of,
        },
    )
    if before is not None and before.file_name != file_name:
        remove_file(before.file_name)


def _write_text(format_name: str, extract: Extract, survey: Survey, path: Path) -> None:
    plan = text_file(format_name, extract, small_integers=survey.small_integers)
    with path.open("wb") as file:
        for chunk in text_chunks(plan, extract):
            file.write(chunk)


def _may_be_read(export: Export, layers: Mapping[str, PublishedLayer]) -> bool:
    edition = export.edition
    layer = layers.get(edition.layer.slug)
    if layer is None or edition.withdrawn_at is not None or not is_kept(edition.pk):
        return False
    # Those of the published edition are made anew, and stay until they are.
    return edition.pk == layer.edition_id or export.made_of == digest_of(
        replace(layer, edition_id=edition.pk)
    )


@contextmanager
def _only_preparation_of(layer: PublishedLayer) -> Iterator[bool]:
    """Hold the layer's lock, which PostgreSQL lets go of when this process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_CLASS, layer.id])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_CLASS, layer.id])
