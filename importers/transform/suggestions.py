"""Which columns of a file may be meant by the fields that a catalogue asks for."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from importers.catalogue.entries import FieldEntry, LayerEntry
from importers.errors import CheckFailed
from importers.transform.column_names import ColumnNames, is_pattern
from importers.transform.values import ValueNotRead, is_empty, value_reader

Suggestion = tuple[str, str]

_ALIKE = 0.75
_HALF = 0.5
_SHORTEST_CUT = 3
_CUT = 0.9
_MOST_FOR_A_FIELD = 3
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
# Types whose values are seldom taken for another's. Any cell is a text.
_TELLING = {
    "postcode": "all its values are postcodes",
    "date": "all its values are dates",
    "datetime": "all its values are dates with times",
    "url": "all its values are web addresses",
}


def suggest_columns(
    entry: LayerEntry,
    names: Sequence[str],
    samples: Mapping[str, Sequence[Any]] | None = None,
) -> dict[str, list[Suggestion]]:
    """Return, for each field that no column was found for, the columns that may be meant.

    Parameters
    ----------
    names
        The file's columns.
    samples
        Some values of each column, by its name. Without them only names are compared.

    Returns
    -------
    dict
        By the field's name, at most three of (column, reason in words), best first.
        A field without any idea is left out. Columns that another field already
        has are not suggested.
    """
    columns = ColumnNames(names)
    found = {field.name: _found(field, columns) for field in entry.fields}
    taken = set(found.values())
    free = [name for name in columns.names if name not in taken]
    suggestions = {
        field.name: _for_field(field, free, samples or {})
        for field in entry.fields
        if found[field.name] is None
    }
    return {field: columns for field, columns in suggestions.items() if columns}


def near_names(wanted: Iterable[str], names: Sequence[str]) -> list[Suggestion]:
    """Return the columns whose names are like one that is wanted, the likest first."""
    words = [name for name in wanted if not is_pattern(name)]
    scored = [(max(_likeness(name, word) for word in words), name) for name in names if words]
    best = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: -pair[0])
    return [(name, f"is named like {_nearest(name, words)}") for _, name in best]


def _found(field: FieldEntry, columns: ColumnNames) -> str | None:
    try:
        return columns.find(field.source)
    except CheckFailed:  # several fit, so a person has to say which
        return None


def _for_field(
    field: FieldEntry, names: list[str], samples: Mapping[str, Sequence[Any]]
) -> list[Suggestion]:
    suggested = dict(near_names((*field.source, field.name, field.title), names))
    if field.type in _TELLING:
        read = _telling_reader(field)
        for name in names:
            if name not in suggested and _all_read(samples.get(name, ()), read):
                suggested[name] = _TELLING[field.type]
    return list(suggested.items())[:_MOST_FOR_A_FIELD]


def _telling_reader(field: FieldEntry) -> Callable[[Any], Any]:
    """Return a field's reader; for a date, one of the usual ways to write it fits too."""
    read = value_reader(field)
    if field.type != "date":
        return read

    def read_any_date(value: Any) -> Any:
        if isinstance(value, date):
            return value
        text = str(value).strip()
        if re.fullmatch(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/ ]\w{1,9}[-/ ]\d{2,4}", text):
            return text
        return read(value) if not text.isdigit() or field.date_formats else _no_date()

    return read_any_date


def _no_date() -> None:
    raise ValueNotRead("DATE-INVALID", "a date")


def _all_read(values: Sequence[Any], read: Callable[[Any], Any]) -> bool:
    """Return whether there are values, and all of them are of the reader's type."""
    present = [value for value in values if not is_empty(value)]
    try:
        return bool(present) and all(read(value) is not None for value in present)
    except ValueNotRead:
        return False


def _nearest(name: str, words: Iterable[str]) -> str:
    return max(words, key=lambda word: _likeness(name, word))


def _likeness(name: str, wanted: str) -> float:
    """Return how alike two names are, from 0 to 1: letter by letter, or word by word."""
    one, other = _words(name), _words(wanted)
    if not one or not other:
        return 0.0
    letters = difflib.SequenceMatcher(None, "".join(one), "".join(other)).ratio()
    shared = sum(max(_sameness(word, another) for another in other) for word in set(one))
    if not shared:
        return letters
    # "Site reference" and "reference": all of the shorter is in the longer.
    shorter, longer = sorted((len(set(one)), len(set(other))))
    return max(letters, _HALF * shared / shorter + _HALF * shared / longer)


def _sameness(word: str, other: str) -> float:
    """Return 1 for the same word, a little less if one is the other cut short, as "ref" is."""
    if word == other:
        return 1.0
    shorter, longer = sorted((word, other), key=len)
    return _CUT if len(shorter) >= _SHORTEST_CUT and longer.startswith(shorter) else 0.0


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]
