"""What a person confirmed about one source, beyond what its catalogue entry says."""

import shlex
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, get_args

from importers.catalogue.entries import CoordinateColumns, Crs, LayerEntry
from importers.errors import WrongUse

_CRS_WORDS = {
    "EPSG:27700": "British National Grid (EPSG:27700)",
    "EPSG:4326": "longitude and latitude (EPSG:4326)",
}


@dataclass(frozen=True, slots=True)
class Fixes:
    """How a source is to be read where it, or the catalogue, has it wrong.

    Nothing of this is ever guessed: an import that stops may *offer* a fix, a person
    confirms it, and the record of the import keeps it.

    Parameters
    ----------
    swap_axes
        The two coordinates stand the wrong way round.
    crs
        What the coordinates are in, whatever the file or the catalogue says.
    encoding
        What the text is written in.
    table
        Which table, sheet or layer of the file is meant.
    columns
        The source column of a field, by the field's name.
    x, y
        The columns with the coordinates of a table, easting or longitude first.
    accept_empty
        No rows at all is what is meant.
    """

    swap_axes: bool = False
    crs: Crs | None = None
    encoding: str | None = None
    table: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    x: str | None = None
    y: str | None = None
    accept_empty: bool = False

    def __bool__(self) -> bool:
        return bool(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """Return what differs from no fix at all, as `ImportRun.fixes` keeps it."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, members: dict[str, Any]) -> "Fixes":
        """Return the fixes that `as_json` wrote."""
        return cls(**members)

    def combined(self, later: "Fixes") -> "Fixes":
        """Return these fixes with those of ``later`` on top."""
        together = {**self.as_json(), **later.as_json()}
        together["columns"] = {**self.columns, **later.columns}
        return Fixes(**together)

    def applied_to(self, entry: LayerEntry) -> LayerEntry:
        """Return the catalogue entry as if it said what the person confirmed."""
        source = replace(
            entry.source,
            encoding=self.encoding or entry.source.encoding,
            table=self.table or entry.source.table,
        )
        if self.x and self.y:
            crs = self.crs or _first_crs(entry)
            pair = CoordinateColumns(self.x, self.y, crs)
            source = replace(source, coordinates=(pair,), wkt=None, lat_lon=None)
        elif self.crs:
            pairs = tuple(
                replace(pair, crs=self.crs, crs_column=None) for pair in source.coordinates
            )
            source = replace(source, coordinates=pairs, crs=self.crs)
        entry_fields = tuple(
            replace(field, source=(self.columns[field.name],))
            if field.name in self.columns
            else field
            for field in entry.fields
        )
        return replace(entry, source=source, fields=entry_fields)

    def in_words(self) -> list[str]:
        """Return a sentence for each fix."""
        said = []
        if self.swap_axes:
            said.append("The two coordinates are swapped.")
        if self.crs:
            said.append(f"Coordinates are read as {_CRS_WORDS[self.crs]}.")
        if self.x and self.y:
            said.append(f"Coordinates are read from the columns “{self.x}” and “{self.y}”.")
        if self.encoding:
            said.append(f"Text is read as {self.encoding}.")
        if self.table:
            said.append(f"“{self.table}” is the table that is read.")
        said += [
            f"“{name}” is read from the column “{column}”." for name, column in self.columns.items()
        ]
        if self.accept_empty:
            said.append("No rows at all is what is meant.")
        return said

    def as_options(self) -> str:
        """Return the fixes as `import_layer` takes them on the command line."""
        options = []
        for name, value in self.as_json().items():
            if name == "columns":
                options += [f"column.{field}={column}" for field, column in value.items()]
            elif value is True:
                options.append(name.replace("_", "-"))
            else:
                options.append(f"{name.replace('_', '-')}={value}")
        return " ".join(f"--fix {shlex.quote(option)}" for option in options)

    def refuse_unknown_fields(self, entry: LayerEntry) -> None:
        """Refuse a column for a field that the layer does not have, which would do nothing.

        Raises
        ------
        WrongUse
            The message lists the fields that there are.
        """
        known = [field.name for field in entry.fields]
        for name in self.columns:
            if name not in known:
                raise WrongUse(
                    f"{entry.slug} has no field “{name}”. Its fields are: {', '.join(known)}."
                )


NO_FIXES = Fixes()


@dataclass(frozen=True, slots=True)
class Offer:
    """A fix that would let a stopped source be read, and what would come of it, in words."""

    fixes: Fixes
    words: str

    def as_json(self) -> dict[str, Any]:
        return {"fixes": self.fixes.as_json(), "words": self.words}


def read_fixes(options: Iterable[str]) -> Fixes:
    """Return the fixes that ``--fix`` options name, such as ``crs=EPSG:27700``.

    Raises
    ------
    WrongUse
        There is no such fix, or it is given in another way.
    """
    read: dict[str, Any] = {}
    columns: dict[str, str] = {}
    for option in options:
        _refuse_what_is_no_text(option)
        name, _, value = option.partition("=")
        into, member = read, name.replace("-", "_")
        if name.startswith("column."):
            into, member = columns, name.removeprefix("column.")
        if member in into:
            raise WrongUse(f"The fix {name} is given twice. Keep one of them.")
        into[member] = _value_of(name, value)
    if ("x" in read) != ("y" in read):
        raise WrongUse("The fixes x and y go together: write --fix x=COLUMN --fix y=COLUMN.")
    return Fixes(**read, columns=columns)


def _value_of(name: str, value: str) -> str | bool:
    known = {each.name.replace("_", "-"): each for each in fields(Fixes)}
    is_column = name.startswith("column.") and name != "column."
    if not is_column and (name not in known or name == "columns"):
        names = ", ".join([*(each for each in known if each != "columns"), "column.FIELD"])
        raise WrongUse(f"There is no fix “{name}”. There are: {names}.")
    if not is_column and known[name].default is False:
        if value:
            raise WrongUse(f"The fix {name} takes no value: write --fix {name}.")
        return True
    if not value:
        raise WrongUse(f"The fix {name} needs a value: write --fix {name}=….")
    if name == "crs" and value not in get_args(Crs):
        raise WrongUse(f"--fix crs={value} is not known. Write {' or '.join(get_args(Crs))}.")
    if name == "encoding" and not _is_encoding(value):
        raise WrongUse(f"--fix encoding={value} is not known. Write utf-8 or windows-1252.")
    return value


def _is_encoding(name: str) -> bool:
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def _refuse_what_is_no_text(option: str) -> None:
    try:
        option.encode()
    except UnicodeEncodeError as error:
        shown = option.encode("utf-8", "backslashreplace").decode()
        raise WrongUse(f"--fix {shown} holds bytes that are no text.") from error


def _first_crs(entry: LayerEntry) -> Crs:
    if entry.source.coordinates:
        return entry.source.coordinates[0].crs
    return entry.source.crs or "EPSG:27700"
