"""Turns the properties of GeoJSON features into typed columns."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from importers.errors import SourceUnreadable
from importers.findings import Finding
from importers.read.child.geojson_geometry import Faults
from importers.read.child.json_syntax import to_json_text
from importers.read.limits import ReadLimits

# The largest whole number that every smaller one of is exact as a double.
_EXACT_INTEGER = 2**53


@dataclass(frozen=True, slots=True)
class PropertyColumns:
    """Columns in the order in which their names first appear, one value a feature."""

    columns: dict[str, "pa.Array[Any]"]
    faults: Faults
    findings: tuple[Finding, ...]


def read_properties(features: list[Any], limits: ReadLimits) -> PropertyColumns:
    """Return a column for every property, and ``id`` for the features' own ids if they have any.

    A column of one kind keeps it; one that mixes kinds becomes text with a
    warning. Lists and objects become JSON text.

    Raises
    ------
    SourceUnreadable
        ``COL-TOO-MANY``, ``COL-NAME`` or ``CELL-TOO-BIG``.
    """
    rows, faults = _property_rows(features)
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) > limits.columns:
        raise SourceUnreadable(
            f"The features have {len(names):,} different properties and at most "
            f"{limits.columns} are read. Leave out those that are not needed.",
            code="COL-TOO-MANY",
        )
    _refuse_unwritable_names(names)
    columns: dict[str, pa.Array[Any]] = {}
    findings: list[Finding] = []
    for name in names:
        values = [row.get(name) for row in rows]
        try:
            columns[name], found = _column(name, values, limits)
        except UnicodeEncodeError:
            _spoil_unwritable(name, values, faults)
            columns[name], found = _column(name, values, limits)
        findings += found
    return PropertyColumns(columns, faults, tuple(findings))


def _refuse_unwritable_names(names: list[str]) -> None:
    for name in names:
        if "\x00" in name or not _is_writable(name):
            raise SourceUnreadable(
                f"The property {ascii(name[:60])} has a character in its name that no text may "
                "hold. Rename it and export the file again.",
                code="COL-NAME",
            )


def _spoil_unwritable(name: str, values: list[Any], faults: Faults) -> None:
    """Take out values with half of a surrogate pair, which no encoding can write."""
    for place, value in enumerate(values):
        if isinstance(value, str) and not _is_writable(value):
            shown = ascii(value[:60])
            faults[place] = (
                "TEXT-INVALID",
                f"{name} holds half of a character ({shown}), which no text may.",
            )
            values[place] = None


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _property_rows(features: list[Any]) -> tuple[list[dict[str, Any]], Faults]:
    faults: Faults = {}
    rows: list[dict[str, Any]] = []
    for place, feature in enumerate(features):
        properties = (feature.get("properties") or {}) if isinstance(feature, dict) else {}
        if not isinstance(properties, dict):
            faults[place] = ("GEOJSON-FEATURE", "its properties are not an object.")
            properties = {}
        if isinstance(feature, dict) and "id" in feature:
            properties.setdefault("id", feature["id"])
        rows.append(properties)
    return rows, faults


def _column(
    name: str, values: list[Any], limits: ReadLimits
) -> tuple["pa.Array[Any]", list[Finding]]:
    kinds = frozenset(type(value) for value in values if value is not None)
    if kinds == {bool}:
        return pa.array(values, pa.bool_()), []
    if kinds == {int} and all(-(2**63) <= value < 2**63 for value in values if value is not None):
        return pa.array(values, pa.int64()), []
    if kinds and kinds <= {int, float} and _exact_as_doubles(values):
        return pa.array(values, pa.float64()), []
    texts, findings = _texts(name, values, limits)
    if len(kinds - {dict, list}) > 1 or kinds & {dict, list} and kinds - {dict, list}:
        findings.append(_mixed(name, kinds))
    return pa.array(texts, pa.string()), findings


def _exact_as_doubles(values: list[Any]) -> bool:
    return all(abs(value) <= _EXACT_INTEGER for value in values if isinstance(value, int))


def _texts(
    name: str, values: list[Any], limits: ReadLimits
) -> tuple[list[str | None], list[Finding]]:
    texts = [value if value is None else _text(value) for value in values]
    for place, text in enumerate(texts):
        if text is not None and len(text) > limits.cell_characters:
            raise SourceUnreadable(
                f"Feature {place + 1} holds more than {limits.cell_characters:,} characters "
                f"in {name}. Shorten it or leave the property out.",
                code="CELL-TOO-BIG",
            )
    return _without_nul(name, texts)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else to_json_text(value)


def _without_nul(name: str, texts: list[str | None]) -> tuple[list[str | None], list[Finding]]:
    """Remove NUL characters, which PostgreSQL keeps in no text."""
    touched = sum(1 for text in texts if text and "\x00" in text)
    if not touched:
        return texts, []
    message = f"NUL characters were removed from {touched:,} values of {name}."
    cleaned = [text.replace("\x00", "") if text else text for text in texts]
    return cleaned, [Finding("TEXT-NUL", "fixed", message, field=name)]


_KIND_WORDS: dict[type, str] = {
    bool: "true or false",
    int: "numbers",
    float: "numbers",
    str: "text",
    dict: "objects",
    list: "lists",
}


def _mixed(name: str, kinds: frozenset[type]) -> Finding:
    words = " and ".join(sorted({_KIND_WORDS[kind] for kind in kinds}))
    return Finding(
        "TYPE-MIXED",
        "warning",
        f"{name} holds {words}; all were read as text.",
        field=name,
    )
