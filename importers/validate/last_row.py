"""Notices a line of totals at the end of a table."""

import re
from collections.abc import Mapping

from importers.findings import Finding

_TOTAL = re.compile(r"\W*(?:grand\s+|sub-?\s*)?totals?\b\W*", re.IGNORECASE)
_SHOWN_CHARACTERS = 60


def find_total(row: int, values: Mapping[str, object]) -> Finding | None:
    """Return a warning if the last row of a source begins with the word total.

    Parameters
    ----------
    row
        Its number as a person counts.
    values
        Its cells by column, in their order.
    """
    filled = [str(value).strip() for value in values.values() if str(value or "").strip()]
    if not filled or not _TOTAL.fullmatch(filled[0].split(",")[0]):
        return None
    shown = ", ".join(filled)[:_SHOWN_CHARACTERS]
    return Finding(
        "TOTAL-ROW",
        "warning",
        f"The last line looks like a total ({shown}) and is no feature. Leave it out.",
        row,
        value=shown,
    )
