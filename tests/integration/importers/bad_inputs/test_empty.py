"""Files with nothing in them."""

import pytest

from tests.integration.importers.bad_inputs.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.mark.parametrize("name", ["trees.zip", "trees.csv", "trees.geojson", "trees.gpkg"])
def test_a01_an_empty_file_is_said_to_be_empty(name: str, desk: Desk) -> None:
    path = desk.folder / name
    path.touch()

    desk.refuse(path, "EMPTY-FILE", "is empty (0 bytes)")
