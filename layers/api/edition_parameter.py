"""`edition` and `cursor`: which edition of a layer a request reads, and from where."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from layers.api.cursor import read_cursor
from layers.errors import CursorStale, EditionGone, ParameterInvalid
from layers.query.editions import layer_as_begun, layer_as_of, refuse_withdrawn
from layers.query.registry import PublishedLayer

_EDITION = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EditionAsked:
    """The edition that a request reads. ``edition_id`` is None for the published one.

    ``is_named`` says that the request names it by `edition`: its answer stays as it is.
    ``after`` is the `id` of the feature that a page goes on from, 0 for the first page.
    """

    edition_id: int | None = None
    is_named: bool = False
    after: int = 0

    def layer_of(self, layer: PublishedLayer) -> PublishedLayer:
        """Return ``layer`` as of the edition. To be asked after its features were read.

        Raises
        ------
        NotFound, EditionGone
            The edition that the request names cannot be read.
        CursorStale
            Nor can the one that its cursor names.
        """
        if self.edition_id is None:
            return layer
        find = layer_as_of if self.is_named else layer_as_begun
        return find(layer, self.edition_id)

    def refuse_withdrawn(self, slug: str) -> None:
        """Raise if it is one of a layer of which nothing is public any more.

        Raises
        ------
        EditionGone
            The request names it.
        CursorStale
            Its cursor does.
        """
        if self.edition_id is None:
            return
        try:
            refuse_withdrawn(slug, self.edition_id)
        except EditionGone as error:
            if self.is_named:
                raise
            raise CursorStale(str(error), "cursor") from None


def read_edition(query: QueryDict) -> EditionAsked:
    """Return the edition that `edition` and `cursor` name.

    Raises
    ------
    ParameterInvalid
        One of the two cannot be read, or they are of two editions.
    """
    named = _read_named(str(query["edition"])) if "edition" in query else None
    if "cursor" not in query:
        return EditionAsked(named, is_named=named is not None)
    cursor = read_cursor(str(query["cursor"]))
    if named not in (None, cursor.edition_id):
        raise ParameterInvalid(
            f"“cursor” goes on in edition {cursor.edition_id}, but “edition” names {named}. "
            "Follow the next link of a page as it is.",
            "cursor",
        )
    return EditionAsked(cursor.edition_id, is_named=named is not None, after=cursor.after)


def _read_named(text: str) -> int:
    if not _EDITION.fullmatch(text):
        raise ParameterInvalid(
            f"“edition” must be the number of an edition, such as 12; “{text[:50]}” is not. "
            "Every answer says which edition it is from.",
            "edition",
        )
    return int(text)
