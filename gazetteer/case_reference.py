"""References of planning applications, which people paste where a place is asked for."""

import re

from gazetteer.plain_text import plain_text

_PART = r"(?:[A-Z]{1,5}|[A-Z]{0,3}[0-9]{1,8}[A-Z]{0,3})"
# Two slashes at least: "12/3" is a flat in Scotland, and "2/4" are two houses.
_REFERENCE = re.compile(rf"{_PART}(?:/{_PART}){{2,5}}", re.ASCII | re.IGNORECASE)


def is_case_reference(text: str) -> bool:
    """Return whether a text is written as a case of a planning register: "2026/01234/PA"."""
    plain = plain_text(text)
    return bool(_REFERENCE.fullmatch(plain)) and any(map(str.isdigit, plain.split("/")))
