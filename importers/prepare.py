"""One batch from raw rows to rows that may be published, and those that may not."""

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from importers.catalogue.entries import (
    CouncilEntry,
    FieldEntry,
    FieldType,
    LatLonColumn,
    LayerEntry,
)
from importers.findings import Finding
from importers.read.batch import SourceBatch
from importers.spool import Spool
from importers.transform.batch import PreparedBatch, Quarantined
from importers.transform.fields import TypedFields, read_fields, write_properties
from importers.transform.geometry import (
    SourceShapes,
    StoredShapes,
    shapes_from_columns,
    shapes_from_lat_lon,
    shapes_from_wkb,
    store_shapes,
    swapped,
)
from importers.understanding import Understanding
from importers.validate.filters import FILTERED, find_filtered
from importers.validate.keys import KeyRegister
from importers.validate.location import LocationTally, find_outside, widened
from importers.validate.role import find_role_faults
from importers.whole import WholeSource

_KEEPS_OUT = ("error", "excluded")


@dataclass
class Preparation:
    """Turns batches into what may be published, and remembers what may not.

    After every batch ``rows_read`` is the number of prepared rows so far plus
    ``len(quarantined)``. ``filtered_count`` of those were left out on purpose. ``kept_out`` are
    the places of the others as WKB in EPSG:27700, as far as they are known and the layer limits
    what may be built.
    """

    entry: LayerEntry
    council: CouncilEntry
    understood: Understanding
    rows_read: int = 0
    filtered_count: int = 0
    findings: Spool[Finding] = field(default_factory=Spool)
    quarantined: Spool[Quarantined] = field(default_factory=Spool)
    kept_out: Spool[bytes] = field(default_factory=Spool)

    def __post_init__(self) -> None:
        extent = widened(self.council.extent_27700, self.entry.checks.extent_margin_m)
        self.tally = LocationTally(extent, self.understood.crs, self.entry.source.covers_more)
        by_name = {field.name: field for field in self.entry.fields}
        self.key_fields = [by_name[n] for n in (*self.entry.key, *self.entry.key_if_given)]
        self.keys = KeyRegister(" and ".join(field.title for field in self.key_fields))
        self.whole = WholeSource(self.entry, self.understood.column_of)
        self.findings.extend(self.understood.findings)

    def prepare(self, batch: SourceBatch) -> PreparedBatch:
        """Return the rows of ``batch`` that may be published; quarantine the others."""
        self._keep_spoilt(batch)
        self.whole.see_source(batch)
        self.rows_read += len(batch.rows)
        batch = self._leave_out_filtered(batch)
        source = self._shapes(batch)
        self.tally.add(source.shapes, source.crs_by_row)
        typed = read_fields(batch, self.entry, self.understood.column_of)
        stored = store_shapes(source, batch.rows, self.entry.geometry_type, self.entry.checks)
        keys = _join_keys(typed, self.key_fields, len(self.entry.key))
        findings = [*typed.findings, *stored.findings]
        findings += self._find_unlocated(stored, batch.rows, findings)
        findings += find_outside(
            stored.geom_27700,
            batch.rows,
            self.council.extent_27700,
            self.entry.checks.extent_margin_m,
            self.council.name,
            covers_more=self.entry.source.covers_more,
        )
        findings += find_role_faults(self.entry, typed, batch.rows, findings)
        findings += self._find_key_faults(keys, batch.rows, findings)
        kept = self._quarantine(batch, findings)
        if len(kept) < len(batch.rows):
            self._keep_places(stored, batch.rows, findings)
        prepared = self._select(typed, stored, keys, batch.rows, kept)
        self.whole.see_prepared(prepared)
        return prepared

    def finish(self) -> None:
        """Say what can only be said once the last row is read."""
        self.findings.extend(self.whole.findings())

    @property
    def unplaced_count(self) -> int | None:
        """Of how many rows with a fault nobody knows where they lie; None if it was not noted."""
        if not self.entry.is_constraint:
            return None
        return len(self.quarantined) - self.filtered_count - len(self.kept_out)

    def _keep_spoilt(self, batch: SourceBatch) -> None:
        self.rows_read += len(batch.spoilt)
        self.findings.extend(batch.told)
        for finding, raw in batch.spoilt:
            self.findings.append(finding)
            self.quarantined.append(Quarantined(finding.row or 0, finding.kind, {"text": raw}))

    def _leave_out_filtered(self, batch: SourceBatch) -> SourceBatch:
        kept = self._quarantine(batch, find_filtered(batch, self.understood.filters))
        if len(kept) == len(batch.rows):
            return batch
        return SourceBatch(
            rows=batch.rows[kept],
            columns=batch.columns.take(pa.array(kept)),
            wkb=None if batch.wkb is None else batch.wkb[kept],
        )

    def _shapes(self, batch: SourceBatch) -> SourceShapes:
        source = self._shapes_as_given(batch)
        return swapped(source) if self.understood.swap_axes else source

    def _shapes_as_given(self, batch: SourceBatch) -> SourceShapes:
        where = self.understood.coordinates
        if isinstance(where, LatLonColumn):
            return shapes_from_lat_lon(batch, where)
        if where is not None:
            return shapes_from_columns(batch, where)
        wkb = batch.wkb if batch.wkb is not None else np.full(len(batch.rows), None, dtype=object)
        return shapes_from_wkb(wkb, batch.rows, self.understood.crs)

    def _find_unlocated(
        self, stored: StoredShapes, rows: NDArray[np.int64], findings: list[Finding]
    ) -> list[Finding]:
        if self.entry.checks.allow_no_location or self.entry.geometry_type == "None":
            return []
        faulty = {finding.row for finding in findings if finding.severity == "error"}
        return [
            Finding("NO-LOCATION", "error", "The row has no location.", row)
            for row in rows[shapely.is_missing(stored.geom_27700)].tolist()
            if row not in faulty
        ]

    def _find_key_faults(
        self, keys: list[str | None], rows: NDArray[np.int64], findings: list[Finding]
    ) -> list[Finding]:
        """Return faults of keys; a row that is kept out anyway does not claim its key."""
        faulty = [finding.row for finding in findings if finding.severity in _KEEPS_OUT]
        if not faulty:
            return self.keys.find_faults(keys, rows)
        sound = np.flatnonzero(~np.isin(rows, [row for row in faulty if row is not None]))
        return self.keys.find_faults([keys[at] for at in sound], rows[sound])

    def _quarantine(self, batch: SourceBatch, findings: list[Finding]) -> NDArray[np.int64]:
        """Keep findings, put faulty rows aside, and return the places of the other rows."""
        kind_of = _kind_by_row(findings)
        self.findings.extend(findings)
        rows = batch.rows
        is_faulty = np.isin(rows, list(kind_of))
        if not is_faulty.any():
            return np.arange(len(rows))
        faulty = np.flatnonzero(is_faulty)
        self.filtered_count += sum(kind == FILTERED for kind in kind_of.values())
        for row, values in zip(
            rows[faulty].tolist(), batch.columns.take(pa.array(faulty)).to_pylist(), strict=True
        ):
            self.quarantined.append(Quarantined(row, kind_of[row], values))
        return np.flatnonzero(~is_faulty)

    def _keep_places(
        self, stored: StoredShapes, rows: NDArray[np.int64], findings: list[Finding]
    ) -> None:
        """Remember where rows with a fault lie, for whom that is a gap in what is known.

        What was left out on purpose, such as what lies outside the area, leaves no gap.
        """
        if self.entry.is_constraint:
            faulty = [row for row, kind in _kind_by_row(findings).items() if kind != FILTERED]
            shapes = stored.geom_27700[np.isin(rows, faulty)]
            self.kept_out.extend(shapely.to_wkb(shapes[~shapely.is_missing(shapes)]).tolist())

    def _select(
        self,
        typed: TypedFields,
        stored: StoredShapes,
        keys: list[str | None],
        rows: NDArray[np.int64],
        kept: NDArray[np.int64],
    ) -> PreparedBatch:
        fields = self.entry.fields
        restricted = pa.nulls(len(kept), pa.large_binary())
        if any(not one.public for one in fields):
            restricted = write_properties(typed, fields, kept, public=False)
        if len(kept) < len(rows):
            keys = [keys[at] for at in kept]
        return PreparedBatch(
            rows=rows[kept],
            keys=cast(list[str], keys),  # a row without one was kept out
            properties=write_properties(typed, fields, kept, public=True),
            restricted=restricted,
            geom_27700=stored.geom_27700[kept],
            geom_4326=stored.geom_4326[kept],
            centroid_4326=stored.centroid_4326[kept],
        )


def _kind_by_row(findings: list[Finding]) -> dict[int, str]:
    """Return why each row is kept out: the kind of the first finding that does so."""
    kind_of: dict[int, str] = {}
    for finding in findings:
        if finding.severity in _KEEPS_OUT and finding.row is not None:
            kind_of.setdefault(finding.row, finding.kind)
    return kind_of


def _join_keys(typed: TypedFields, fields: list[FieldEntry], needed: int) -> list[str | None]:
    """Return each row's key; None where one of the first ``needed`` fields is empty."""
    columns = [_as_keys(typed.values[field.name], field.type) for field in fields]
    if len(columns) == 1:
        return columns[0]
    return [_joined(parts, needed) for parts in zip(*columns, strict=True)]


def _as_keys(values: "pa.Array[Any]", type_: FieldType) -> list[str | None]:
    """Return values as keys. A postcode is written without its space in addresses."""
    if type_ == "postcode":
        return cast(list[str | None], pc.replace_substring(values, " ", "").to_pylist())
    if pa.types.is_string(values.type):
        return cast(list[str | None], values.to_pylist())
    return [None if value is None else str(value) for value in values.to_pylist()]


def _joined(parts: tuple[str | None, ...], needed: int) -> str | None:
    """Return one key of several parts; hyphens inside parts are marked, so that no two meet.

    A part that may be empty keeps its place; those at the end take none.
    """
    if None in parts[:needed]:
        return None
    marked = ((part or "").replace("%", "%25").replace("-", "%2D") for part in parts)
    return "-".join(marked).rstrip("-")
