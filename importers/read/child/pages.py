"""Joins the pages that a map server was asked for into one source, row after row."""

import zipfile
from dataclasses import replace
from pathlib import Path

from importers.errors import SourceUnreadable
from importers.read.child.opened import OpenedSource
from importers.read.child.pages_gml import join_gml
from importers.read.child.pages_json import join_json
from importers.read.child.zip_members import check_members
from importers.read.pages import MANIFEST, MAX_PAGES, PagesManifest, page_name
from importers.read.request import ReadRequest


def open_source(request: ReadRequest) -> OpenedSource:
    """Return the features of all pages, numbered from 1 on the first.

    Raises
    ------
    SourceUnreadable
        ``ZIP-…``, ``SOURCE-PAGES`` for pages that do not fit together, ``SOURCE-PARTIAL`` for
        one that does not hold what was counted, and what a single file of the form is refused for.
    """
    manifest, paths = _unpack(request)
    if not sum(manifest.counts):
        raise SourceUnreadable("The server has no features.", code="NO-ROWS")
    if sum(manifest.counts) > request.limits.rows:
        raise SourceUnreadable(
            f"The server has {sum(manifest.counts):,} features and at most "
            f"{request.limits.rows:,} are read. Ask it for less.",
            code="TOO-MANY-ROWS",
        )
    join = join_gml if manifest.form == "gml" else join_json
    return join(request, manifest, paths)


def _unpack(request: ReadRequest) -> tuple[PagesManifest, list[Path]]:
    """Unpack every page into the scratch folder; one more member than pages is the manifest."""
    scratch = Path(request.scratch)
    try:
        with zipfile.ZipFile(request.path) as archive:
            members = archive.infolist()
            check_members(members, replace(request.limits, members=MAX_PAGES + 1))
            manifest = PagesManifest.from_json(archive.read(MANIFEST))
            names = [page_name(number + 1, manifest.form) for number in range(len(manifest.counts))]
            for name in names:
                (scratch / name).write_bytes(archive.read(name))
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError):
        raise SourceUnreadable(
            "The pages are damaged, or this file was not made by fetching. Fetch them again.",
            code="ZIP-CORRUPT",
        ) from None
    return manifest, [scratch / name for name in names]
