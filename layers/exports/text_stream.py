"""A text file as chunks of bytes, made while it is read."""

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import sql

from layers.exports.extract import Extract
from layers.exports.read import feature_rows
from layers.exports.survey import survey_extract
from layers.exports.text import TextFile, text_file
from layers.query.run import fetch_text_rows

_FIRST_FEATURES = 200


def plan_text(format_name: str, extract: Extract) -> TextFile:
    """Return how a text file is written; KML's types depend on what is among the features."""
    small = survey_extract(extract).small_integers if format_name == "kml" else frozenset()
    return text_file(format_name, extract, small_integers=small)


def text_chunks(plan: TextFile, extract: Extract) -> Iterator[bytes]:
    """Yield the whole file."""
    yield plan.head
    yield from further_chunks(plan, extract, after=0)


def further_chunks(plan: TextFile, extract: Extract, *, after: int) -> Iterator[bytes]:
    """Yield what of the file comes after the feature of that id, or all of them for 0."""
    is_first = after == 0
    for rows in feature_rows(extract, plan.row, after=after):
        yield plan.chunk([row for (row,) in rows], is_first=is_first)
        is_first = False
    yield plan.tail


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first features of a file as bytes. ``after`` is the id to go on from, or None."""

    content: bytes
    after: int | None


def begin_text(plan: TextFile, extract: Extract) -> Beginning:
    """Return the beginning of a file, which is all of it where the features are few.

    One short statement on the connection that is warm already, within its own
    `statement_timeout`: what is wrong with it is known before the answer begins.
    """
    statement = sql.SQL(
        "SELECT id, {row} FROM layers_feature WHERE {where} ORDER BY id LIMIT %(page_size)s"
    ).format(row=plan.row, where=extract.where())
    rows = fetch_text_rows(statement, extract.values(page_size=_FIRST_FEATURES + 1))
    has_more = len(rows) > _FIRST_FEATURES
    rows = rows[:_FIRST_FEATURES]
    content = plan.head + plan.chunk([row for _, row in rows], is_first=True)
    if has_more:
        return Beginning(content, rows[-1][0])
    return Beginning(content + plan.tail, None)
