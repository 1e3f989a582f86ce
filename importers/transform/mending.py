"""What was put right in values, as findings: every kind told, none told ten thousand times."""

from collections.abc import Sequence
from typing import Any

from importers.findings import Finding
from importers.transform.cells import Mended, as_shown

# A column of a million postcodes without spaces is one fact about the source, not a million.
_TOLD_ONE_BY_ONE = 50


def tell_mended(
    mended: Sequence[tuple[int, Any, Mended]], *, title: str, field: str
) -> list[Finding]:
    """Return a finding for each value that was put right, the many after the first in one.

    Parameters
    ----------
    mended
        Of one batch: the row, the value as the source has it, and what became of it.
    """
    groups: dict[str, list[tuple[int, Any, Mended]]] = {}
    for one in mended:
        groups.setdefault(one[2].kind, []).append(one)
    findings: list[Finding] = []
    for group in groups.values():
        findings.extend(_tell(one, title, field) for one in group[:_TOLD_ONE_BY_ONE])
        if others := group[_TOLD_ONE_BY_ONE:]:
            findings.append(_tell_together(others, title, field))
    return findings


def _tell(one: tuple[int, Any, Mended], title: str, field: str) -> Finding:
    row, value, result = one
    shown = as_shown(value)
    message = f"“{title}” is “{shown}”; {result.note}."
    return Finding(result.kind, result.severity, message, row, field, shown)


def _tell_together(others: list[tuple[int, Any, Mended]], title: str, field: str) -> Finding:
    _, _, result = others[0]
    message = (
        f"“{title}” of {len(others):,} more rows, from row {others[0][0]} to row {others[-1][0]}, "
        "in the same way."
    )
    return Finding(result.kind, result.severity, message, field=field)
