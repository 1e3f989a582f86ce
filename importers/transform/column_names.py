"""The names in a source's header, and finding among them what a catalogue asks for."""

import re
from collections.abc import Iterable

from importers.errors import CheckFailed
from importers.invisible import strip_unseen
from importers.listing import list_names

PATTERN = "pattern:"
MOST_NAMES = 40
_TWO_DIGITS_FROM = 1970
# A year stands alone among letters: "lad24cd", "LSOA2021CD"; not the 1 of "lep21cd1".
_YEAR = re.compile(r"(?<!\d)(?:\d{4}|\d{2})(?!\d)")


class ColumnNames:
    """A source's columns in their order, to be found by name or by pattern."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        # Of two that are loosely the same the first is found.
        self._by_loose_name = {loosely(name): name for name in reversed(self.names)}

    def find(self, wanted: Iterable[str]) -> str | None:
        r"""Return the first column that ``wanted`` names, or None.

        Names are compared exactly first, then without regard to case and to
        spaces around them; patterns ("pattern:^lad\d\dcd$") come last, for they
        are the least sure.

        Raises
        ------
        CheckFailed
            Several columns fit one pattern and are not one column's years.
        """
        wanted = tuple(wanted)
        aliases = [name for name in wanted if not is_pattern(name)]
        for alias in aliases:
            if alias in self.names:
                return alias
        for alias in aliases:
            if loosely(alias) in self._by_loose_name:
                return self._by_loose_name[loosely(alias)]
        for pattern in filter(is_pattern, wanted):
            if (column := self._fitting(pattern)) is not None:
                return column
        return None

    def listed(self) -> str:
        """Return the names for a message, not all of a very wide header."""
        return list_names(self.names, MOST_NAMES)

    def _fitting(self, pattern: str) -> str | None:
        expression = as_expression(pattern)
        fitting = [name for name in self.names if expression.fullmatch(strip_unseen(name))]
        if len(fitting) > 1 and not _differ_by_year_only(fitting):
            raise CheckFailed(
                f"Several columns fit {as_words(pattern)}: {', '.join(fitting)}. Name the right "
                "one in the layer's catalogue entry.",
                code="COLUMN-AMBIGUOUS",
            )
        return max(fitting, key=_years, default=None)


def is_pattern(name: str) -> bool:
    """Return whether a catalogue's name of a column is a regular expression."""
    return name.startswith(PATTERN)


def as_expression(pattern: str) -> re.Pattern[str]:
    """Return a catalogue's pattern compiled; it must fit a whole name, in any case."""
    return re.compile(pattern.removeprefix(PATTERN), re.IGNORECASE)


def as_words(name: str) -> str:
    """Return a name or a pattern as a message shows it."""
    return f"the pattern {name.removeprefix(PATTERN)}" if is_pattern(name) else name


def loosely(name: str) -> str:
    """Return a name as names are compared loosely."""
    return strip_unseen(name).casefold()


def _differ_by_year_only(names: list[str]) -> bool:
    without = {_YEAR.sub("#", loosely(name)) for name in names}
    return len(without) == 1 and len({_years(name) for name in names}) == len(names)


def _years(name: str) -> tuple[int, ...]:
    return tuple(_full_year(int(digits), len(digits)) for digits in _YEAR.findall(name))


def _full_year(number: int, digits: int) -> int:
    if digits == 4:
        return number
    return number + (1900 if number >= _TWO_DIGITS_FROM % 100 else 2000)
