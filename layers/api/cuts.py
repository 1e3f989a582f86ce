"""Cuts of a layer as files, made when they are asked for."""

import tempfile
from collections.abc import Generator
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from layers.api.base import PublicView, absolute
from layers.api.cut_parameters import CRS_URIS, read_cut
from layers.api.downloads import as_attachment
from layers.api.edition_parameter import read_edition
from layers.api.files import send_part
from layers.api.ranges import ByteRange
from layers.api.turns import turn_for
from layers.errors import DownloadsBusy, DownloadTooLarge, NotFound
from layers.exports.extract import Extract, whole_layer
from layers.exports.formats import Format, find_format
from layers.exports.slots import MAKING, SENDING
from layers.exports.spool import Spool
from layers.exports.survey import survey_extract
from layers.exports.text import TextFile
from layers.exports.text_stream import begin_text, further_chunks, plan_text
from layers.query.downloads import ready_files
from layers.query.editions import layer_as_of
from layers.query.registry import PublishedLayer, find_layer
from layers.query.turns import SEARCHES


class CutView(PublicView):
    page = ""

    def refuse_unknown(self, query: QueryDict) -> None:
        # A collection's queryables are parameters too: they are known when it is.
        pass

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        web = request._request
        format_ = find_format(web.GET.get("f", "geojson"))
        layer = _find_layer(slug, web.GET)
        with turn_for(web.GET):
            extract = read_cut(web.GET, layer, format_)
        layer = extract.layer
        if extract == whole_layer(layer) and (ready := ready_files(layer).get(format_.name)):
            # It is made already, can be taken up where it broke off, and costs nothing.
            response: HttpResponseBase = HttpResponse(status=307)
            response["Location"] = absolute(web, ready.path(slug))
            return response
        response = _answer(web, format_, extract)
        # Made for this request: there is nothing to take up again.
        response["Accept-Ranges"] = "none"
        # Where somebody stands is nobody else's to keep.
        whose = "private, no-store" if "within" in web.GET else "public, no-cache"
        response["Cache-Control"] = f"{whose}, no-transform"
        response["Content-Crs"] = f"<{CRS_URIS[extract.srid]}>"
        return as_attachment(response, layer, f"{slug}.{format_.extension}")


def _find_layer(slug: str, query: QueryDict) -> PublishedLayer:
    try:
        return find_layer(slug)
    except NotFound:
        read_edition(query).refuse_withdrawn(slug)
        raise


def _answer(request: HttpRequest, format_: Format, extract: Extract) -> HttpResponseBase:
    if request.method == "HEAD":
        # Streamed, so that it is not said to have 0 bytes, or given a tag of them.
        return StreamingHttpResponse((), content_type=format_.media_type)
    if not format_.is_text:
        return _whole_file(request, format_, extract)
    if format_.name != "kml":
        return _text(format_, extract, plan_text(format_.name, extract))
    # A KML's head depends on all of its features, and reading them is a download's work.
    give_back = MAKING.take()
    try:
        plan = plan_text(format_.name, extract)
    finally:
        give_back()
    return _text(format_, extract, plan)


def _text(format_: Format, extract: Extract, plan: TextFile) -> HttpResponseBase:
    with SEARCHES.taken() if extract.conditions else nullcontext():
        beginning = begin_text(plan, extract)
    layer_as_of(find_layer(extract.layer.slug), extract.layer.edition_id)
    if beginning.after is None:
        response = HttpResponse(beginning.content, content_type=format_.media_type)
        response["Content-Length"] = str(len(beginning.content))
        return response
    return StreamingHttpResponse(
        _spool(plan, extract, beginning.content, beginning.after), content_type=format_.media_type
    )


def _spool(plan: TextFile, extract: Extract, first: bytes, after: int) -> Spool:
    """Return the whole file; one slot is free as soon as the database is, one when it is sent."""
    is_sent = SENDING.take()
    try:
        is_made = MAKING.take()
    except DownloadsBusy:
        is_sent()
        raise

    def make() -> Generator[bytes]:
        try:
            yield from further_chunks(plan, extract, after=after)
        finally:
            is_made()

    return Spool(
        make,
        first=first,
        cut_off=plan.cut_off,
        most_bytes=settings.DOWNLOAD_MAX_BYTES,
        on_end=is_sent,
    )


def _whole_file(request: HttpRequest, format_: Format, extract: Extract) -> HttpResponseBase:
    # Here, because whoever asks for no such file needs no Arrow in this process.
    from layers.exports.binary import write_binary

    give_back = MAKING.take()
    try:
        survey = survey_extract(extract)
        _refuse_many(extract, format_, survey.count)
        with tempfile.TemporaryDirectory(prefix="council-maps-download-") as folder:
            path = Path(folder) / f"{extract.layer.slug}.{format_.extension}"
            write_binary(format_.name, extract, survey, path, most_s=settings.DOWNLOAD_MAX_S)
            file = path.open("rb")
            # The name goes with the folder; the bytes stay until the file is closed.
            size = path.stat().st_size
        return send_part(request, file, ByteRange(0, size - 1), format_.media_type)
    finally:
        give_back()


def _refuse_many(extract: Extract, format_: Format, count: int) -> None:
    if count > settings.DOWNLOAD_MAX_FEATURES:
        raise DownloadTooLarge(
            f"These are {count:,} features; as {format_.title}, "
            f"{settings.DOWNLOAD_MAX_FEATURES:,} are made on demand. Take the whole layer from "
            f"/api/collections/{extract.layer.slug}/downloads, narrow this with “area”, “bbox” or "
            "“filter”, or ask for f=csv or f=geojson, which have no such limit."
        )
