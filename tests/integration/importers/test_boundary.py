"""What an operator is told while nothing published says where the council's area ends."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import shapely
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from importers.boundary import describe_missing_boundary
from importers.catalogue.constraint_entry import CoverageEntry
from importers.pipeline import import_layer
from importers.request import ImportRequest
from importers.words import describe_report
from tests.factories import MadeFeature, drop_everything, make_field, make_layer, publish_features
from tests.factories.council import make_council
from tests.factories.entries import council_entry, layer_entry
from tests.factories.source_files import write_csv

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

CITY = shapely.box(404_000, 284_000, 408_000, 288_000)  # EPSG:27700
CODE = "E08000025"


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    yield
    drop_everything()


def publish(slug: str, code: str = CODE, **said: object) -> None:
    layer = make_layer(slug, "Polygon", fields=[make_field("code")], title_field="code", **said)
    publish_features(layer, [MadeFeature("a", CITY, {"code": code})])


def publish_trees() -> None:
    publish("tree-zones", is_constraint=True, coverage={"area": "council"})


def listed() -> str:
    said = StringIO()
    call_command("list_layers", stdout=said)
    return said.getvalue()


def test_layers_are_listed_with_what_the_missing_boundary_does() -> None:
    publish_trees()
    said = StringIO()

    call_command("list_layers", "--json", stdout=said)

    assert "Note: The boundary of Birmingham City Council is not published" in listed()
    [note] = json.loads(said.getvalue())["notes"]
    assert "“does not apply” for tree-zones" in note
    assert "template boundary-line-districts" in note


def test_a_layer_that_is_described_and_not_published_is_named_as_the_way() -> None:
    publish_trees()
    make_layer("our-wards", "Polygon", role="ward")
    publish("councils", code="E08000026", role="council")

    said = describe_missing_boundary(make_council())

    assert "Import councils, with the feature E08000025, or our-wards" in said


@pytest.mark.parametrize("role", ["council", "ward"])
def test_nothing_is_said_with_a_boundary(role: str) -> None:
    publish_trees()
    publish("boundary", role=role)

    assert "Note" not in listed()


def test_nothing_is_said_where_no_layer_needs_it() -> None:
    publish("tree-zones", is_constraint=True, coverage={"features": True})
    publish("parks", coverage={"area": "council"})
    make_layer("flood-zones", "Polygon", is_constraint=True, coverage={"area": "council"})

    assert "Note" not in listed()


def test_the_import_of_such_a_layer_says_it_too(tmp_path: Path) -> None:
    row = {"ref": "a", "name": "Oak", "height_m": "3", "Easting": "405000", "Northing": "285000"}
    source = write_csv(tmp_path / "trees.csv", [row])
    entry = layer_entry(is_constraint=True, coverage=CoverageEntry(area="council"))

    report = import_layer(entry, council_entry(), ImportRequest(str(source)))

    assert "Note: The boundary of Smallville Council is not published" in describe_report(report)
    assert len(report.as_json()["notes"]) == 1


def test_the_desk_says_it(client: Client, settings: Settings) -> None:
    publish_trees()
    settings.COUNCIL = make_council().slug
    client.force_login(User.objects.create_superuser("officer"))

    assert "The boundary of Birmingham City Council is not published" in client.get("/manage/").text
