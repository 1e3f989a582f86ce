"""A TOML table that is read key by key, and says in plain English what is wrong with it."""

import difflib
from collections.abc import Iterable
from typing import Any, NoReturn, cast, get_args

from importers.catalogue.merged_table import MergedTable, Place
from importers.errors import CatalogueInvalid

_REQUIRED: Any = object()
_WORDS = {
    str: "text in quotes",
    bool: "true or false, without quotes",
    int: "a whole number, without quotes",
    float: "a number, without quotes",
    list: "a list in [square brackets]",
    dict: "a table",
}


class TomlTable:
    """One table of a TOML file, with the file and the key path that lead to it.

    Every key that is asked for is remembered, so that `close` can refuse the
    keys that nobody asked for: a misspelt key must never be passed over.
    """

    def __init__(self, file: str, values: dict[str, Any], path: str = "") -> None:
        self.file = file
        self._values = values
        self._path = path
        self._asked: list[str] = []

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are there, for a table whose keys are the file's own words."""
        return tuple(self._values)

    def refuse(self, key: str, message: str) -> NoReturn:
        """Raise `CatalogueInvalid` for ``key`` of this table, in the file that says it."""
        place = self._place(key)
        raise CatalogueInvalid(place.file, place.path, message)

    def has(self, key: str) -> bool:
        """Return whether the key stands in the table."""
        return key in self._values

    def file_of(self, key: str) -> str:
        """Return the file in which a key stands: a layer's own or its template's."""
        return self._place(key).file

    def text(self, key: str, default: str = _REQUIRED) -> str:
        """Return a text without spaces around it. A text that must be given must not be empty."""
        value: str = self._get(key, str, default).strip()
        if not value and default is _REQUIRED:
            self.refuse(key, "is empty. Write what it should say.")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        return cast(bool, self._get(key, bool, default))

    def integer(self, key: str, default: int | None, *, at_least: int) -> int | None:
        """Return a whole number of at least ``at_least``, or the default."""
        value: int | None = self._get(key, int, default)
        if value is not None and value < at_least:
            self.refuse(key, f"is {value}. Write a whole number of at least {at_least}.")
        return value

    def number(
        self, key: str, default: float = _REQUIRED, *, at_least: float, at_most: float
    ) -> float:
        """Return a number between ``at_least`` and ``at_most``, both allowed."""
        value: float = self._get(key, float, default)
        if not at_least <= value <= at_most:
            self.refuse(key, f"is {value}. Write a number from {at_least:g} to {at_most:g}.")
        return value

    def texts(self, key: str, default: Iterable[str] = _REQUIRED) -> tuple[str, ...]:
        """Return a list of texts. A list that must be given must not be empty."""
        values = self._get(key, list, default)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                self.refuse(key, f'holds {_shown(value)}. Write a list of texts, as ["a", "b"].')
        if not values and default is _REQUIRED:
            self.refuse(key, "is an empty list. Write at least one text in it.")
        return tuple(values)

    def numbers(
        self, key: str, default: Iterable[float], *, at_least: float, at_most: float
    ) -> tuple[float, ...]:
        """Return a list of numbers between ``at_least`` and ``at_most``, both allowed."""
        values = self._get(key, list, default)
        for value in values:
            # bool is a subclass of int.
            if type(value) not in (int, float) or not at_least <= value <= at_most:
                self.refuse(
                    key, f"holds {_shown(value)}. Write numbers from {at_least:g} to {at_most:g}."
                )
        return tuple(float(value) for value in values)

    def choice(self, key: str, literal: Any, default: Any = _REQUIRED) -> Any:
        """Return one of the words of a ``Literal`` type."""
        value = self._get(key, str, default)
        words = [word for word in get_args(literal) if word]
        if value != default and value not in words:
            nearest = difflib.get_close_matches(value, words, n=1, cutoff=0.5)
            advice = f' Did you mean "{nearest[0]}"?' if nearest else ""
            self.refuse(key, f'is "{value}".{advice} Write one of: {", ".join(words)}.')
        return value

    def table(self, key: str, *, optional: bool = False) -> "TomlTable":
        """Return the table ``[key]``, empty when it is left out and ``optional``."""
        values = self._get(key, dict, {} if optional else _REQUIRED)
        return self._inner(values, self._place(key))

    def tables(self, key: str, *, optional: bool = True) -> list["TomlTable"]:
        """Return the tables ``[[key]]`` in their order."""
        values = self._get(key, list, [] if optional else _REQUIRED)
        for value in values:
            if not isinstance(value, dict):
                self.refuse(
                    key,
                    f"is not a list of tables. Head each with [[{self._place(key).path}]].",
                )
        place = self._place(key)
        return [
            self._inner(value, Place(place.file, f"{place.path}[{number}]"))
            for number, value in enumerate(values, start=1)
        ]

    def close(self) -> None:
        """Refuse every key that was not asked for."""
        for key in self._values:
            if key not in self._asked:
                nearest = difflib.get_close_matches(key, self._asked, n=1, cutoff=0.5)
                advice = (
                    f'Did you mean "{nearest[0]}"?'
                    if nearest
                    else f"Known here: {', '.join(sorted(self._asked))}."
                )
                self.refuse(key, f"is not a key that is known here. {advice}")

    def _get(self, key: str, kind: type, default: Any) -> Any:
        self._asked.append(key)
        if key not in self._values:
            if default is _REQUIRED:
                self._refuse_missing(key, kind)
            return default
        value = self._values[key]
        if kind is float and type(value) is int:
            return float(value)
        # bool is a subclass of int: `rank = true` must not pass as 1.
        if type(value) is not kind and not (kind is dict and isinstance(value, MergedTable)):
            self.refuse(key, f"is {_shown(value)}. Write {_WORDS[kind]}.")
        return value

    def _refuse_missing(self, key: str, kind: type) -> NoReturn:
        unasked = [known for known in self._values if known not in self._asked]
        nearest = difflib.get_close_matches(key, unasked, n=1, cutoff=0.7)
        advice = f' "{nearest[0]}" looks like a misspelling of it.' if nearest else ""
        self.refuse(key, f"is missing.{advice} Write {_WORDS[kind]}.")

    def _place(self, key: str) -> Place:
        """Return where a key stands, or would: of a merged table, in either of its files."""
        if isinstance(self._values, MergedTable):
            return self._values.place_of(key)
        return Place(self.file, self._path).below(key)

    def _inner(self, values: dict[str, Any], here: Place) -> "TomlTable":
        place = values.place if isinstance(values, MergedTable) else here
        return TomlTable(place.file, values, place.path)


def _shown(value: Any) -> str:
    """Return a value as a person would write it in TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'the text "{value}"'
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else str(value)
