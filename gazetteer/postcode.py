"""Postcodes as people type them."""

import re
import unicodedata

# Royal Mail's shape: one or two letters, a digit, a digit or letter; then a digit and two letters.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})", re.ASCII)


def read_postcode(text: str) -> str | None:
    """Return a full postcode as ``B1 1BB``, or None where the text is not one.

    Any spaces, hyphens, case and full-width letters are taken as meant.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    found = _POSTCODE.fullmatch(re.sub(r"[\s.-]+", "", plain))
    return f"{found[1]} {found[2]}" if found else None
