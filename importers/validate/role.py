"""Rows that a domain app cannot make anything of, whatever each of their values is by itself."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from importers.catalogue.entries import LayerEntry
from importers.findings import Finding
from importers.transform.cells import as_shown
from importers.transform.fields import TypedFields
from layers.publish.role_checks import row_check


def find_role_faults(
    entry: LayerEntry, typed: TypedFields, rows: NDArray[np.int64], findings: Sequence[Finding]
) -> list[Finding]:
    """Return what the app that reads layers of this role says against rows.

    Of a row that is kept out anyway nothing more is said: its values are not all there.
    """
    check = row_check(entry.role)
    if check is None:
        return []
    faulty = {finding.row for finding in findings if finding.severity == "error"}
    columns = [typed.values[field.name].to_pylist() for field in entry.fields]
    names = [field.name for field in entry.fields]
    found = []
    for row, values in zip(rows.tolist(), zip(*columns, strict=True), strict=True):
        if row in faulty:
            continue
        properties = dict(zip(names, values, strict=True))
        for fault in check(properties):
            severity = "error" if fault.keeps_out else "warning"
            value = properties.get(fault.field)
            shown = "" if value is None else as_shown(value)
            found.append(Finding(fault.kind, severity, fault.message, row, fault.field, shown))
    return found
