"""What a shapefile cannot say by itself: whole names, long texts, and its licence."""

from collections.abc import Iterable, Mapping, Sequence

from layers.exports.table import Column

LONGEST_NAME = 10
LONGEST_TEXT = 254
_COPYABLE = str.maketrans({"-": "_", " ": "_"})


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each name one of ten characters at most, in capitals or not told apart."""
    taken: set[str] = set()
    short: dict[str, str] = {}
    for name in names:
        wanted = name.encode("ascii", "ignore").decode().translate(_COPYABLE) or "field"
        candidate, number = wanted[:LONGEST_NAME], 1
        while candidate.lower() in taken:
            number += 1
            ending = f"_{number}"
            candidate = wanted[: LONGEST_NAME - len(ending)] + ending
        taken.add(candidate.lower())
        short[name] = candidate
    return short


def read_me(
    description: str,
    columns: Sequence[Column],
    names: Mapping[str, str],
    longest: Mapping[str, int],
) -> str:
    """Return the README.txt of the archive: terms of use, fields, and what was cut."""
    lines = [description, "", "Names of the columns (a shapefile has ten characters for one):"]
    lines += [f"  {names[column.name]:<10}  {column.name}: {column.title}" for column in columns]
    cut = [column.name for column in columns if longest.get(column.name, 0) > LONGEST_TEXT]
    if cut:
        lines += [
            "",
            f"Texts of more than {LONGEST_TEXT} bytes are cut, as a shapefile asks, in:"
            f" {', '.join(cut)}. Every other format of this download has them whole.",
        ]
    lines += ["", "Times are texts here: a shapefile has dates only."]
    return "\r\n".join(lines).replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"
