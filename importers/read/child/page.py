"""Looks at one page of a map server and says, as a table of one row, what is on it."""

import hashlib
import re
from pathlib import Path

import orjson
import pyarrow as pa

from importers.read.child.gml_scan import GmlScan
from importers.read.child.opened import OpenedBatch, OpenedSource
from importers.read.child.page_json import read_json_page
from importers.read.child.xml_syntax import walk_xml
from importers.read.form import HEAD_BYTES, check_content, content_of_root, recognise
from importers.read.limits import ReadLimits
from importers.read.request import ReadRequest

_FIRST_MEMBER = re.compile(rb"<(?:[\w.-]+:)?(?:featureMembers?|member)\b")
_COLUMNS = {
    "form": pa.string(),
    "features": pa.int64(),
    "matched": pa.int64(),
    "following": pa.string(),
    "exceeded": pa.bool_(),
    # Of the features alone: a page that comes again may have another time on it.
    "digest": pa.string(),
}


def open_source(request: ReadRequest) -> OpenedSource:
    """Return a table of one row with the columns that `importers.read.summary` reads.

    Raises
    ------
    SourceUnreadable
        ``JSON-…``, ``XML-…``, ``SOURCE-ERROR``, ``SOURCE-PARTIAL``, ``GEOJSON-ROOT`` or
        ``FMT-MISMATCH``.
    """
    text = Path(request.path).read_bytes()
    if recognise(text[:HEAD_BYTES]).kind == "json":
        row = _json_row(text, request.limits)
    else:
        row = _gml_row(text, request)
    columns = [pa.array([row[name]], kind) for name, kind in _COLUMNS.items()]
    return OpenedSource(
        form="page",
        fields=tuple(pa.field(name, kind) for name, kind in _COLUMNS.items()),
        batches=iter([OpenedBatch(rows=[1], columns=columns)]),
    )


def _json_row(text: bytes, limits: ReadLimits) -> dict[str, object]:
    page = read_json_page(text, limits)
    return {
        "form": page.form,
        "features": len(page.features),
        "matched": page.matched,
        "following": page.following,
        "exceeded": page.exceeded,
        "digest": hashlib.sha256(orjson.dumps(page.features)).hexdigest(),
    }


def _gml_row(text: bytes, request: ReadRequest) -> dict[str, object]:
    scan = GmlScan()
    walk_xml(Path(request.path), scan, request.limits, refuse_root=_refuse_root)
    matched = scan.said("numberMatched")
    first = _FIRST_MEMBER.search(text)
    return {
        "form": "gml",
        "features": len(scan.features),
        "matched": scan.said("numberOfFeatures") if matched is None else matched,
        "following": "",
        "exceeded": False,
        "digest": hashlib.sha256(text[first.start() :] if first else b"").hexdigest(),
    }


def _refuse_root(name: str) -> None:
    check_content("gml", content_of_root(name.lower().encode()))
