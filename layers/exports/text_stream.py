"""A text file as chunks of bytes, made while it is read."""

from collections.abc import Iterator

from layers.exports.extract import Extract
from layers.exports.read import feature_rows
from layers.exports.survey import survey_extract
from layers.exports.text import TextFile, text_file


def plan_text(format_name: str, extract: Extract) -> TextFile:
    """Return how a text file is written; KML's types depend on what is among the features."""
    small = survey_extract(extract).small_integers if format_name == "kml" else frozenset()
    return text_file(format_name, extract, small_integers=small)


def text_chunks(plan: TextFile, extract: Extract) -> Iterator[bytes]:
    """Yield the whole file."""
    yield plan.head
    is_first = True
    for rows in feature_rows(extract, plan.row):
        yield plan.chunk([row for (row,) in rows], is_first=is_first)
        is_first = False
    yield plan.tail
