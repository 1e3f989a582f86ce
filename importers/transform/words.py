"""Reading a cell that holds words which the catalogue explains."""

import re
from typing import Any

from importers.catalogue.entries import FieldEntry
from importers.catalogue.field_words import ANY_OTHER, fold_word
from importers.listing import list_names
from importers.transform.cells import EMPTY_WORDS, ValueNotRead, read_integer, read_text

_BETWEEN = re.compile(r"[,;/&+]|\band\b", re.IGNORECASE)
_MOST_SHOWN = 12


def read_words(value: Any, field: FieldEntry) -> str | int | None:
    """Return what the word in a cell stands for; of several what each does, as "a, b".

    Raises
    ------
    ValueNotRead
        The catalogue does not have the word, nor "*" for every other. It is never guessed from
        one like it.
    """
    text = read_text(value)
    if text is None or text.lower() in EMPTY_WORDS:
        return None
    if fold_word(text) in field.words:
        return field.words[fold_word(text)]
    if field.type == "integer":
        return _read_number(value, field)
    if not field.several and ANY_OTHER in field.words:
        return field.words[ANY_OTHER]
    if not field.several:
        raise _unknown(field)
    parts = [fold_word(part) for part in _BETWEEN.split(text) if part.strip()]
    if not parts or any(part not in field.words for part in parts):
        raise _unknown(field)
    return ", ".join(dict.fromkeys(str(field.words[part]) for part in parts))


def _read_number(value: Any, field: FieldEntry) -> int | None:
    try:
        return read_integer(value)
    except ValueNotRead:
        raise _unknown(field) from None


def _unknown(field: FieldEntry) -> ValueNotRead:
    if field.type == "integer":
        known = [f"“{word}”" for word in field.words]
        expected = f"a whole number or one of {list_names(known, _MOST_SHOWN)}"
    else:
        known = [f"“{meaning}”" for meaning in dict.fromkeys(field.words.values())]
        expected = f"{'some' if field.several else 'one'} of {list_names(known, _MOST_SHOWN)}"
    return ValueNotRead(
        "WORD-UNKNOWN", f"{expected}. If it means one of them, add it to the field's words"
    )
