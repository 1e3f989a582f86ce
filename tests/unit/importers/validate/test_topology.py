"""Squares of a kilometre and what lies between them, in EPSG:27700.

┌────┬────┐
│ W1 │ W2 │
└────┴────┘
"""

import numpy as np
import pyarrow as pa
from shapely import Geometry, box

from importers.transform.batch import PreparedBatch
from importers.validate.topology import TopologyReport

W1 = box(401_000, 281_000, 402_000, 282_000)
W2 = box(402_000, 281_000, 403_000, 282_000)


def report_of(*shapes: Geometry | None) -> TopologyReport:
    report = TopologyReport()
    count = len(shapes)
    column = np.array(shapes, dtype=object)
    keys = [f"W{n}" for n in range(1, count + 1)]
    rows = np.arange(1, count + 1)
    properties = pa.array([b"{}"] * count, pa.large_binary())
    restricted = pa.nulls(count, pa.large_binary())
    report.add(PreparedBatch(rows, keys, properties, restricted, column, column, column))
    return report


def kinds(report: TopologyReport) -> list[str]:
    return [finding.kind for finding in report.findings()]


def test_areas_that_meet_are_fine() -> None:
    assert kinds(report_of(W1, W2, None)) == []
    assert kinds(report_of()) == []


def test_an_overlap_names_both_and_how_much() -> None:
    (finding,) = report_of(W1, box(401_990, 281_000, 403_000, 282_000)).findings()

    assert finding.kind == "LAYER-OVERLAP"
    assert "“W1” (row 1) and “W2” (row 2) overlap by 10,000 m²" in finding.message


def test_a_sliver_is_left_alone() -> None:
    assert kinds(report_of(W1, box(401_999.9995, 281_000, 403_000, 282_000))) == []


def test_a_gap_is_told_unless_it_is_narrower_than_a_metre() -> None:
    around = box(400_000, 280_000, 404_000, 284_000) - W1

    assert kinds(report_of(around, box(401_010, 281_000, 402_000, 282_000))) == ["LAYER-GAP"]
    assert kinds(report_of(around, box(401_000.5, 281_000, 402_000, 282_000))) == []
