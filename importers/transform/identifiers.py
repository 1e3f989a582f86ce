"""Reading identifiers: UPRNs and postcodes, each in the one way that it is kept."""

import re
from typing import Any

from importers.invisible import strip_unseen
from importers.transform.cells import Mended, ValueNotRead, is_empty, read_text

_PADDED_OR_FLOAT = re.compile(r"0*(?P<digits>\d{1,12})(?:\.0+)?", re.ASCII)
_ROUNDED_BY_EXCEL = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.ASCII | re.IGNORECASE)

# No district ends in I, L, O, Q or Z: "B1O" is a B10 whose nought became a letter.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-HJKMNPR-Y]?)(\s*)([0-9][A-Z]{2})")
_LETTERS = re.compile("[A-Z]+")
_OUTWARD_AND_INWARD = re.compile(r"([A-Z0-9]{2,4}?)\s*([A-Z0-9]{3})")
# Royal Mail's areas, with the Crown dependencies, BFPO (BF) and those of firms (BX, XX).
_AREA_LIST = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL "
    "DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW "
    "KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH "
    "RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF "
    "WN WR WS WV XX YO ZE"
)
POSTCODE_AREAS = frozenset(_AREA_LIST.split())
_DIGIT_FOR = str.maketrans("OIL", "011")
_LETTER_FOR = str.maketrans("01", "OI")


def read_uprn(value: Any) -> Any:
    """Return a UPRN as text of at most 12 digits, without zeros in front.

    Text, because a UPRN is a name and no quantity: nothing adds UPRNs up, or
    writes them with commas.

    Raises
    ------
    ValueNotRead
        ``UPRN-EXCEL``: digits are gone for good. ``UPRN-INVALID`` else.
    """
    if is_empty(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        text = str(value)
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = strip_unseen(str(value))
    if _ROUNDED_BY_EXCEL.fullmatch(text):
        raise ValueNotRead(
            "UPRN-EXCEL",
            "a UPRN of up to 12 digits. Excel has rounded the UPRN: format the column as text, "
            "and fill it again from where it came",
        )
    found = _PADDED_OR_FLOAT.fullmatch(text)
    if found is None or not found["digits"].strip("0"):
        raise ValueNotRead("UPRN-INVALID", "a UPRN: up to 12 digits, and nothing else")
    uprn = found["digits"].lstrip("0")
    return uprn if uprn == text else Mended(uprn, "UPRN-MENDED", f"read as {uprn}")


def read_postcode(value: Any) -> Any:
    """Return a postcode in capitals with one space; `Mended` where it was written otherwise."""
    text = read_text(value)
    if text is None:
        return None
    found = _POSTCODE.fullmatch(text.upper())
    if not found:
        raise ValueNotRead("POSTCODE-INVALID", f"a full postcode, such as B1 1BB{_suggest(text)}")
    area = _LETTERS.match(found[1])
    if area is None or area.group() not in POSTCODE_AREAS:
        raise ValueNotRead(
            "POSTCODE-INVALID", f"a postcode that can exist; no postcode begins as {found[1]} does"
        )
    postcode = f"{found[1]} {found[3]}"
    # Registers pad postcodes to a width ("B1  1AY"): of that no fuss is made.
    if text.isupper() and found[2]:
        return postcode
    return Mended(postcode, "POSTCODE-MENDED", f"written as {postcode}")


def _suggest(text: str) -> str:
    """Return a question where letters and digits that look alike may have been swapped."""
    found = _OUTWARD_AND_INWARD.fullmatch(text.strip().upper())
    if not found:
        return ""
    outward, inward = found[1], found[2]
    inward = inward[0].translate(_DIGIT_FOR) + inward[1:].translate(_LETTER_FOR)
    for letters in (1, 2):
        start = outward[:letters].translate(_LETTER_FOR)
        candidate = start + outward[letters:].translate(_DIGIT_FOR)
        if _POSTCODE.fullmatch(f"{candidate} {inward}") and start in POSTCODE_AREAS:
            return f". Is {candidate} {inward} meant?"
    return ""
