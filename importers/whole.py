"""What can only be said of a source as a whole, once its last row is read."""

from dataclasses import dataclass, field
from typing import Any

from importers.catalogue.entries import LayerEntry
from importers.findings import Finding
from importers.read.batch import SourceBatch
from importers.transform.batch import PreparedBatch
from importers.transform.date_order import DateOrder, needs_proof
from importers.validate.last_row import find_total
from importers.validate.topology import TopologyReport


@dataclass
class WholeSource:
    """Watches batches go by and says at the end what they are together."""

    entry: LayerEntry
    column_of: dict[str, str]
    topology: TopologyReport = field(default_factory=TopologyReport)
    last_row: int = 0
    last_values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.orders = [DateOrder(one) for one in self.entry.fields if needs_proof(one)]

    def see_source(self, batch: SourceBatch) -> None:
        """Look at rows as they were read."""
        for order in self.orders:
            column = self.column_of.get(order.field.name)
            if column is not None and not order.is_proven:
                order.add(batch.columns.column(column).to_pylist(), batch.rows.tolist())
        if len(batch.rows):
            self._remember(
                int(batch.rows[-1]), batch.columns.slice(len(batch.rows) - 1).to_pylist()[0]
            )
        for finding, raw in batch.spoilt:
            self._remember(finding.row or 0, {"text": raw})

    def see_prepared(self, batch: PreparedBatch) -> None:
        """Look at rows as they are to be published."""
        if self.entry.checks.no_overlap:
            self.topology.add(batch)

    def findings(self) -> list[Finding]:
        """Return what is to be said of the whole."""
        said = [order.finding() for order in self.orders]
        said.append(find_total(self.last_row, self.last_values))
        return [*filter(None, said), *self.topology.findings()]

    def _remember(self, row: int, values: dict[str, Any]) -> None:
        if row >= self.last_row:
            self.last_row, self.last_values = row, values
