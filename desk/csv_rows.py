"""Tables as downloads that spreadsheets open safely."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import StreamingHttpResponse

from layers.query.csv_rows import csv_lines


def csv_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Return a download that Excel reads as UTF-8."""
    response = StreamingHttpResponse(
        csv_lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
