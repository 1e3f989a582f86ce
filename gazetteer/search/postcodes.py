"""Postcodes, their sectors and their districts."""

from typing import Any

from gazetteer.place import Kind
from gazetteer.postcode import PostcodeBeginning, read_beginnings, read_postcode
from gazetteer.search.found import Found, Position
from gazetteer.sql import read_statement
from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows

# What a layer may call the day on which a postcode went out of use.
_ENDED = ("terminated", "terminated_on", "ended_on", "doterm")


def find_postcode(postcode: str, layer: PublishedLayer | None) -> list[Found]:
    """Return the place of a full postcode, ``B1 1BB``; nothing where it is not known."""
    if layer is None:
        return []
    rows = fetch_rows(
        read_statement("feature_place"),
        {"edition_id": layer.edition_id, "fid": postcode.replace(" ", "")},
    )
    return [_found(*row) for row in rows]


def find_beginning(text: str, layer: PublishedLayer | None, limit: int) -> list[Found]:
    """Return the district or sector that a text names, and then postcodes in it."""
    if layer is None:
        return []
    for beginning in read_beginnings(text):
        rows = _rows_beginning(beginning, layer, limit)
        if not rows:
            continue
        *_, easting, northing = rows[0]
        postcodes = [_found(*row[:-2], is_exact=False) for row in rows]
        if beginning.letter:
            return postcodes[:limit]
        kind: Kind = "postcode-district"
        slug = beginning.district
        if beginning.sector:
            kind, slug = "postcode-sector", f"{beginning.district}-{beginning.sector}"
        whole = Found(kind, beginning.label, slug, Position(easting, northing))
        return [whole, *postcodes][:limit]
    return []


def find_by_slug(slug: str, layer: PublishedLayer | None) -> list[Found]:
    """Return the postcode, sector or district that a page's address names."""
    postcode = read_postcode(slug)
    if postcode:
        return find_postcode(postcode, layer)
    return [
        one
        for one in find_beginning(slug.replace("-", " "), layer, 1)
        if one.slug == slug.upper() and one.kind != "postcode"
    ]


def _rows_beginning(
    beginning: PostcodeBeginning, layer: PublishedLayer, limit: int
) -> list[tuple[Any, ...]]:
    text = beginning.district + beginning.sector + beginning.letter
    return fetch_rows(
        read_statement("postcodes_beginning"),
        {
            "edition_id": layer.edition_id,
            "beginning": text,
            "after": text[:-1] + chr(ord(text[-1]) + 1),
            "outward": len(beginning.district),
            "most": limit,
        },
    )


def _found(fid: str, parts: dict[str, Any], *point: float, is_exact: bool = True) -> Found:
    ended_on = next((str(parts[name]) for name in _ENDED if parts.get(name)), "")
    label = parts.get("postcode") or f"{fid[:-3]} {fid[-3:]}"
    return Found("postcode", label, fid, Position(*point), ended_on=ended_on, is_exact=is_exact)
