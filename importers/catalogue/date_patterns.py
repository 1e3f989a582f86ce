"""How much of a date a strptime pattern says."""

import re

from importers.catalogue.entries import EPOCH_MS


def kept_characters(pattern: str) -> int:
    """Return how many characters of YYYY-MM-DD a date in ``pattern`` fills: 4, 7 or 10."""
    if pattern == EPOCH_MS or re.search(r"%[djcxD]", pattern):
        return len("YYYY-MM-DD")
    return len("YYYY-MM") if re.search(r"%[mbB]", pattern) else len("YYYY")


def is_partial(pattern: str) -> bool:
    """Return whether a pattern leaves out the day, as ``%Y`` and ``%m/%Y`` do."""
    return "%" in pattern and kept_characters(pattern) < len("YYYY-MM-DD")
