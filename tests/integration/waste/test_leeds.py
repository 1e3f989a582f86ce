"""Leeds City Council's jobs, written out as the council gives them: premises, bin and day."""

import csv
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
import shapely

from gazetteer.query import find_place
from importers.catalogue.load import load_catalogue
from importers.pipeline import import_layer
from importers.request import ImportRequest
from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.factories.processes import ROOT
from tests.factories.shared_data import SHARED_DATA, needs_shared_data
from waste.collection import PlaceCollections
from waste.query import collections_at

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    needs_shared_data,
]

_BINS = {"B": "BLACK", "G": "GREEN", "R": "BROWN"}
_GROUP = 5
_LAYER = """
template = "collection-dates"
[source]
header = false
columns = ["premises", "bin", "date"]
[[fields]]
name = "uprn"
source = ["premises"]
[[fields]]
name = "service_kind"
[fields.words]
"BLACK" = "refuse"
"GREEN" = "recycling"
"BROWN" = "garden"
[[fields]]
name = "collected_on"
date_formats = ["%d/%m/%y"]
"""


def days(group: str) -> tuple[str, date]:
    """Return the bin and the day of one job: YYMMDD in base 36, then the bin's letter."""
    number = f"{int(group[:4], 36):06}"
    year, month, day = int(number[:2]), int(number[2:4]), int(number[4:])
    return _BINS[group[4]], date(2000 + year, month, day)


def jobs() -> dict[str, list[tuple[str, date]]]:
    file = SHARED_DATA / "bins/leeds/jobs-BRJ-BRO.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        return {
            premises: [days(groups[at : at + _GROUP]) for at in range(0, len(groups), _GROUP)]
            for premises, groups in csv.reader(opened)
        }


def import_jobs(folder: Path, expanded: dict[str, list[tuple[str, date]]]) -> tuple[int, int]:
    council = folder / "smallville"
    council.mkdir()
    source = ROOT / "tests/fixtures/catalogue/smallville/council.toml"
    (council / "council.toml").write_bytes(source.read_bytes())
    (council / "jobs.toml").write_text(_LAYER, encoding="utf-8")
    with (folder / "dm_jobs.csv").open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows(
            (premises, name, f"{day:%d/%m/%y}")
            for premises, collections in expanded.items()
            for name, day in collections
        )
    catalogue = load_catalogue(council)
    report = import_layer(
        catalogue.layers["jobs"], catalogue.council, ImportRequest(str(folder / "dm_jobs.csv"))
    )
    assert report.outcome == "published", report.reason
    return report.rows_read, report.published


def publish_homes(homes: list[str]) -> None:
    layer = make_layer("addresses", role="address", is_public=False, fields=[make_field("street")])
    here = shapely.Point(405000, 285000)
    publish_features(layer, [MadeFeature(uprn, here, {"street": "LANE"}) for uprn in homes])


def by_bin(answer: PlaceCollections) -> dict[str, list[date | None]]:
    return {
        one.service.name: [collection.on for collection in one.collections]
        for one in answer.services
    }


def test_a_group_is_a_bin_and_a_day() -> None:
    assert days("5DG1B") == ("BLACK", date(2025, 7, 5))


def test_every_job_of_leeds_becomes_a_day_of_its_property(tmp_path: Path) -> None:
    expanded = jobs()
    homes = list(islice(expanded, 0, None, 2000))

    read, published = import_jobs(tmp_path, expanded)

    # 1,712 jobs are there twice: one of each is kept out.
    assert read == sum(map(len, expanded.values()))
    assert published == sum(len(set(collections)) for collections in expanded.values())
    publish_homes(homes)
    first, last = date(2025, 7, 20), date(2025, 8, 31)
    for home in homes:
        answer = collections_at(find_place(f"uprn-{home}"), first, last)
        expected = {
            name: sorted(
                day for bin_, day in set(expanded[home]) if bin_ == name and first <= day <= last
            )
            for name, _ in expanded[home]
        }
        assert by_bin(answer) == expected
        assert all(
            one.known_until == max(day for bin_, day in expanded[home] if bin_ == one.service.name)
            for one in answer.services
        )
