"""Reading one coordinate, or a grid reference that holds both, from what people write in a cell."""

import re
from typing import Any, Literal

from importers.invisible import strip_unseen
from importers.transform.cells import Mended, ValueNotRead, is_empty, read_number

# "430 000", with the spaces that spreadsheets and word processors put in.
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3},\d+", re.ASCII)
_POWER_OF_TEN = re.compile(r"[+-]?\d(?:\.(?P<decimals>\d+))?E\+?(?P<power>\d+)", re.ASCII | re.I)
# Something must stand before minutes and seconds, or they would take a number's own last digits.
_DEGREES = re.compile(
    r"""\s*(?P<sign>[+-]?)(?P<degrees>\d{1,3}(?:\.\d+)?)\s*[°º]?
    (?:(?<=[°º\s])\s*(?P<minutes>\d{1,2}(?:\.\d+)?)\s*['′’])?
    (?:(?<=[°º\s'′’])\s*(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:["″”]|''))?
    \s*(?P<side>[NSEW]?)\s*""",
    re.ASCII | re.VERBOSE | re.IGNORECASE,
)
_GRID_REFERENCE = re.compile(r"([HJNOST][A-HJ-Z])\s*(\d[\d\s]*\d)", re.ASCII | re.IGNORECASE)
Axis = Literal["x", "y"]
_SIDES: dict[Axis, str] = {"x": "EW", "y": "NS"}
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # the grid has no I
_SQUARE_M = 100_000


def read_coordinate(value: Any, crs: str, axis: Axis) -> Any:
    """Return one coordinate as a number in ``crs``, `Mended` where it was written otherwise.

    Parameters
    ----------
    crs
        "EPSG:27700", metres, or "EPSG:4326", degrees, in which a comma can only
        be a decimal one and a compass letter gives the sign.
    axis
        "x" for an easting or longitude, "y" for a northing or latitude.

    Raises
    ------
    ValueNotRead
        ``COORD-INVALID``, also for a number that a spreadsheet has shortened to
        a power of ten, whose last digits are gone.
    """
    if is_empty(value):
        return None
    text = strip_unseen(str(value))
    if isinstance(value, str):
        if crs == "EPSG:27700" and _has_lost_digits(text):
            raise ValueNotRead(
                "COORD-INVALID",
                "metres, such as 430000. A spreadsheet has shortened the number and its last "
                "digits are gone: format the column as a number without decimals",
            )
        if (number := _read_mended(text, crs, axis)) is not None:
            return Mended(number, "COORD-MENDED", f"read as {number:.10g}")
    try:
        return read_number(value)
    except ValueNotRead:
        wanted = "metres, such as 430000" if crs == "EPSG:27700" else "degrees, such as -1.9"
        raise ValueNotRead("COORD-INVALID", f"a number of {wanted}") from None


def read_grid_reference(value: Any) -> tuple[float, float, float] | None:
    """Return easting, northing and half the cell's side, in metres, of a National Grid reference.

    Of ``SK 430 400`` the middle of its cell of 100 m: 443050, 340050, 50. None
    where the cell holds no such reference.
    """
    found = _GRID_REFERENCE.fullmatch(strip_unseen(str(value))) if value is not None else None
    if found is None:
        return None
    digits = re.sub(r"\s", "", found[2])
    half = len(digits) // 2
    if len(digits) % 2 or not 1 <= half <= 5:
        return None
    cell_m = 10.0 ** (5 - half)
    easting, northing = _square(found[1].upper())
    return (
        easting + int(digits[:half]) * cell_m + cell_m / 2,
        northing + int(digits[half:]) * cell_m + cell_m / 2,
        cell_m / 2,
    )


def _has_lost_digits(text: str) -> bool:
    """Return whether a number as ``4.30E+05`` has fewer digits than whole metres need."""
    found = _POWER_OF_TEN.fullmatch(text)
    return found is not None and len(found["decimals"] or "") < int(found["power"])


def _read_mended(text: str, crs: str, axis: Axis) -> float | None:
    """Return a number that is not written plainly and can mean one thing only."""
    if _SPACED.fullmatch(text) and crs == "EPSG:27700":
        return float(re.sub(r"[ \u00a0\u2009\u202f]", "", text))
    if crs == "EPSG:4326":
        if _DECIMAL_COMMA.fullmatch(text):
            return float(text.replace(",", "."))
        return _read_degrees(text, axis)
    if "," in text:
        try:
            return read_number(text)
        except ValueNotRead:
            return None
    return None


def _read_degrees(text: str, axis: Axis) -> float | None:
    """Return decimal degrees of ``52°57'N``; None of a plain number or of anything else."""
    found = _DEGREES.fullmatch(text)
    if found is None or not (found["minutes"] or found["side"] or "°" in text or "º" in text):
        return None
    if _has_decimals_before_its_last_part(found):
        return None
    minutes, seconds = float(found["minutes"] or 0), float(found["seconds"] or 0)
    if minutes >= 60 or seconds >= 60 or (found["sign"] and found["side"]):
        return None
    if found["side"] and found["side"].upper() not in _SIDES[axis]:
        return None
    degrees = float(found["degrees"]) + minutes / 60 + seconds / 3600
    is_negative = found["sign"] == "-" or found["side"].upper() in {"S", "W"}
    return -degrees if is_negative else degrees


def _has_decimals_before_its_last_part(found: re.Match[str]) -> bool:
    parts = [part for part in found.group("degrees", "minutes", "seconds") if part]
    return any("." in part for part in parts[:-1])


def _square(letters: str) -> tuple[float, float]:
    """Return the south-west corner in metres of a square that two letters name."""
    first, second = _LETTERS.index(letters[0]), _LETTERS.index(letters[1])
    # Squares of 500 km count from the one called V, squares of 100 km inside each from its own.
    column = (first % 5 - 2) * 5 + second % 5
    row = (3 - first // 5) * 5 + 4 - second // 5
    return float(column * _SQUARE_M), float(row * _SQUARE_M)
