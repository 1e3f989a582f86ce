"""Times that there are not."""

import pytest

from tests.factories.problems import refused

pytestmark = pytest.mark.django_db(databases=["default", "read"])

ITEMS = "/collections/schools/items"
LONG = "a" * 10_000


@pytest.mark.parametrize(
    "datetime",
    [
        "",
        "..",
        "now",
        "2025-02-30",
        "2025/2024",
        "2025-13",
        "2025-12-31/2025-01-01",
        "2025-01-01/2025-02-01/2025-03-01",
        "//",
        "../../..",
        "2025-03-30T01:30:00",
        "2025-03-30 01:30:00Z",
        "20250330",
        "2025-W01-1",
        "2025-01-01T25:00:00Z",
        "2025-01-01T00:00:00Z/..x",
        "２０２５-01-01",
        "2025-01-01\0",
        LONG,
    ],
)
def test_j12_a_time_that_is_none(city, ask, datetime):
    problem = refused(ask, ITEMS, datetime=datetime)

    assert problem["parameter"] == "datetime"
    assert "datetime" in problem["detail"]


def test_j12_an_interval_open_at_both_ends_is_legal(city, read):
    assert read(ITEMS, datetime="../..")["numberReturned"] == 100
