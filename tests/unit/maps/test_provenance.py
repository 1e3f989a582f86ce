from datetime import UTC, date, datetime

import pytest

from maps.provenance import next_refresh_on, source_name
from tests.unit.maps.published import make_published_layer


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("schools.csv", "schools.csv"),
        ("/srv/incoming/2026/schools.csv", "schools.csv"),
        ("https://data.example.org/files/schools.csv?key=secret", "schools.csv"),
    ],
)
def test_a_source_is_named_without_where_it_lay(source: str, name: str) -> None:
    assert source_name(make_published_layer(source=source)) == name


def test_the_next_refresh_counts_from_the_day_of_publishing_in_the_uk() -> None:
    # Half past midnight of the fourth in London, in summer time.
    published_at = datetime(2026, 5, 3, 23, 30, tzinfo=UTC)

    layer = make_published_layer(published_at=published_at, refresh_days=30)

    assert next_refresh_on(layer) == date(2026, 6, 3)


def test_a_layer_without_a_rhythm_has_no_next_refresh() -> None:
    assert next_refresh_on(make_published_layer(refresh_days=None)) is None
