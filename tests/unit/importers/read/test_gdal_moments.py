"""A column of moments is typed where it has one zone, and otherwise text as it is written."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from importers.read.child.gdal_moments import find_moment_types, with_moments

TEN = "2024-06-01T10:00:00"


def read(*batches):
    """Return a column's type and values, of which GDAL gave ``batches`` of texts."""
    written = [
        pa.record_batch({"at": pa.array(texts, pa.string()), "n": pa.array(range(len(texts)))})
        for texts in batches
    ]
    types = find_moment_types(["at"], written)
    found = list(with_moments(written, types))
    assert all(batch.schema.names == ["at", "n"] for batch in found)
    return types["at"], [cell for batch in found for cell in batch.column("at").to_pylist()]


@pytest.mark.parametrize(
    ("texts", "type_", "moment"),
    [
        ([TEN, None], pa.timestamp("ms"), datetime(2024, 6, 1, 10)),
        ([f"{TEN}Z", None], pa.timestamp("ms", "UTC"), datetime(2024, 6, 1, 10, tzinfo=UTC)),
        (
            [f"{TEN}.000+00:00", None],
            pa.timestamp("ms", "UTC"),
            datetime(2024, 6, 1, 10, tzinfo=UTC),
        ),
    ],
)
def test_moments_of_one_zone_that_arrow_can_say_are_typed(texts, type_, moment):
    assert read(texts) == (type_, [moment, None])


@pytest.mark.parametrize(
    "texts", [(f"{TEN}Z", f"{TEN}+01:00"), (f"{TEN}+01:00",), (TEN, f"{TEN}Z"), ("24-6-1 10:00",)]
)
def test_all_others_stay_as_they_are_written(texts):
    assert read(texts) == (pa.string(), list(texts))


def test_the_last_batch_counts_as_much_as_the_first():
    assert read([f"{TEN}Z"], [f"{TEN}+01:00"]) == (pa.string(), [f"{TEN}Z", f"{TEN}+01:00"])
