"""Building the names of an edition, and dropping them with it."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nlargest
from itertools import chain, islice
from operator import attrgetter
from typing import Any

import numpy as np
from django.db import connection, transaction

from gazetteer.bearer import Bearer
from gazetteer.misspelling import shortened_each
from gazetteer.models import NamedPlace, NameKind, NameWord, WordVariant
from gazetteer.sql import read_statement
from gazetteer.street_names import COMMON_WORDS, search_name
from layers import crs
from layers.models import Edition

# Birmingham has a tenth of it. A layer with whole addresses in `street` has as many as addresses.
MOST_NAMES = 150_000
_LONGEST_NAME = 200
_LONGEST_IN_ONE = 12
_LINES_AT_ONCE = 5_000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_ESCAPED = tuple(map(chr, _ESCAPES))
_COPY_PLACES = (
    "COPY gazetteer_namedplace (edition_id, kind, search_name, name, street, locality, town,"
    " around, detail, fid, weight, centre_27700, longitude, latitude) FROM STDIN"
)
_COPY_WORDS = "COPY gazetteer_nameword (edition_id, word, kind, search_name) FROM STDIN"
_COPY_VARIANTS = "COPY gazetteer_wordvariant (edition_id, variant, word) FROM STDIN"
_ANALYZE = "ANALYZE gazetteer_namedplace, gazetteer_nameword, gazetteer_wordvariant"
_COMPANIONS = (NamedPlace, NameWord, WordVariant)
# OS Open Names' words, and how much more often a larger place is meant.
_ROADS = "transportNetwork"
_SIZES = {
    "City": 500_000,
    "Town": 100_000,
    "Suburban Area": 20_000,
    "Village": 5_000,
    "Hamlet": 500,
    "Other Settlement": 300,
}
_SIZE_OF_WARD = 15_000


def build_names(edition: Edition, **_: Any) -> None:
    """Write the names of a staged edition that has a part in the gazetteer."""
    read = _READERS.get(edition.layer.role)
    if read is None:
        return
    with connection.cursor() as cursor:
        # The planner takes every address for a street of its own, and would sort them all.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        named = (row for row in read(edition) if row.search_name)
        rows = sorted(nlargest(MOST_NAMES, named, key=attrgetter("weight")))
        _copy(cursor, _COPY_PLACES, _placed(edition.pk, rows))
        names = {(row.kind, row.search_name): row.search_name.split() for row in rows}
        words = {(word, *name) for name, words in names.items() for word in _words(words)}
        _copy(cursor, _COPY_WORDS, ((str(edition.pk), *word) for word in sorted(words)))
        telling = set(chain.from_iterable(map(_telling, names.values())))
        _copy(cursor, _COPY_VARIANTS, _variants(edition.pk, telling))
        # A search right after publishing is planned for what is there; a coarse view will do.
        cursor.execute("SET LOCAL default_statistics_target = 10")
        cursor.execute(_ANALYZE)


def drop_names(edition_id: int, **_: Any) -> None:
    """Drop the names of an edition whose features are gone."""
    for model in _COMPANIONS:
        model.objects.filter(edition_id=edition_id).delete()


def build_missing_names(**_: Any) -> None:
    """Write the names of published editions that came before there were names, or such names."""
    published = Edition.objects.filter(
        pk__in=Edition.objects.filter(layer__published_edition__isnull=False).values(
            "layer__published_edition"
        )
    ).select_related("layer")
    for edition in published.filter(layer__role__in=_READERS, feature_count__gt=0):
        if not all(each.objects.filter(edition=edition).exists() for each in _COMPANIONS):
            with transaction.atomic():
                drop_names(edition.pk)
                build_names(edition)


def _streets_and_buildings(edition: Edition) -> Iterator[Bearer]:
    yield from _streets(edition)
    yield from _buildings(edition)


def _streets(edition: Edition) -> Iterator[Bearer]:
    for street, locality, town, outcodes, count, east, north in _rows("streets", edition):
        yield Bearer(
            NameKind.STREET, _short(street), street, street, locality, town,
            _around(locality, town, outcodes), "", "", count, east, north,
        )  # fmt: skip


def _buildings(edition: Edition) -> Iterator[Bearer]:
    for name, street, locality, town, outcode, count, east, north in _rows("buildings", edition):
        yield Bearer(
            NameKind.BUILDING, _short(name), name, street, locality, town,
            _around(street, locality, town, outcode), "", "", count, east, north,
        )  # fmt: skip


def _places(edition: Edition) -> Iterator[Bearer]:
    for name, type_, kind, place, district, outcode, fid, east, north in _rows("places", edition):
        is_street = type_ == _ROADS and "road" in kind.casefold()
        yield Bearer(
            NameKind.STREET if is_street else NameKind.PLACE, _short(name), name, "", place,
            district, _around(place, district, outcode), kind, fid, _SIZES.get(kind, 1),
            east, north,
        )  # fmt: skip


def _wards(edition: Edition) -> Iterator[Bearer]:
    for name, _type, _kind, _place, _district, _outcode, fid, east, north in _rows(
        "places", edition
    ):
        yield Bearer(
            NameKind.WARD, _short(name), name, "", "", "", "", "", fid,
            _SIZE_OF_WARD, east, north,
        )  # fmt: skip


_READERS = {"address": _streets_and_buildings, "place": _places, "ward": _wards}


def _rows(what: str, edition: Edition) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            read_statement(f"{what}_of_edition"),
            {"edition_id": edition.pk, "title_field": edition.layer.title_field},
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _placed(edition_id: int, rows: list[Bearer]) -> Iterator[Iterable[str]]:
    """Yield rows of the table; what lies beyond OSTN15 has no longitude, and is nowhere."""
    eastings = np.array([row.easting for row in rows], dtype=float)
    northings = np.array([row.northing for row in rows], dtype=float)
    degrees = (each.tolist() for each in crs.lonlat_from_national_grid(eastings, northings))
    edition = str(edition_id)
    for row, longitude, latitude in zip(rows, *degrees, strict=True):
        if longitude == longitude:
            *texts, weight, easting, northing = row
            point = f"SRID=27700;POINT({easting:.2f} {northing:.2f})"
            yield _escaped(
                [edition, *texts, str(weight), point, f"{longitude:.8f}", f"{latitude:.8f}"]
            )


def _words(words: list[str]) -> set[str]:
    """Return the words that find a name; a short name of two is also found as one."""
    whole = "".join(words)
    if len(words) == 2 and len(whole) <= _LONGEST_IN_ONE:
        return _telling(words) | {whole}
    return _telling(words)


def _telling(words: list[str]) -> set[str]:
    return set(words) - COMMON_WORDS or set(words)


def _variants(edition_id: int, words: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    words = sorted(words)
    # In the order of their index, which is written in one go then.
    texts, places = shortened_each(words)
    edition = str(edition_id)
    variants = texts.astype(str).tolist()
    return (
        (edition, variant, words[place])
        for variant, place in zip(variants, places.tolist(), strict=True)
    )


def _copy(cursor: Any, command: str, rows: Iterable[Iterable[str]]) -> None:
    """Write rows as COPY's text; psycopg's own way takes three times as long."""
    with cursor.copy(command) as copy:
        lines = ("\t".join(row) + "\n" for row in rows)
        while some := "".join(islice(lines, _LINES_AT_ONCE)):
            copy.write(some)


def _escaped(cells: list[str]) -> list[str]:
    """Return cells as COPY reads them. Hardly any needs it, and compared words never do."""
    whole = "".join(cells)
    if any(mark in whole for mark in _ESCAPED):
        return [cell.translate(_ESCAPES) for cell in cells]
    return cells


def _short(name: str) -> str:
    return _compared(name)[:_LONGEST_NAME]


# Houses that stand together are around the same.
@lru_cache(maxsize=20_000)
def _around(*names: str | None) -> str:
    """Return the words of some names, each once."""
    words = (word for name in names if name for word in _compared(name).split())
    return " ".join(dict.fromkeys(words))


# Localities and towns come again and again.
@lru_cache(maxsize=20_000)
def _compared(name: str) -> str:
    return search_name(name)
