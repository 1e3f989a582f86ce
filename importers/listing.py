"""Lists of names as messages have them."""

from collections.abc import Sequence


def list_names(names: Sequence[str], most: int = 8) -> str:
    """Return the first ``most`` of ``names``, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
