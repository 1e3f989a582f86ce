"""The layers that Birmingham's catalogue says the hours of, as they are stored and asked."""

from datetime import datetime

import pytest
import shapely

from importers.catalogue.load import load_catalogue
from importers.catalogue.sync import sync_layer
from layers.query.registry import find_layer
from maps.opening_hours.describe import describe_hours
from maps.opening_hours.state import LONDON
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.processes import ROOT

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

CATALOGUE = load_catalogue(ROOT / "catalogue/birmingham")
HERE = shapely.Point(407_300, 286_600)  # EPSG:27700
FRIDAY_EVENING = datetime(2026, 11, 27, 17, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("slug", "properties", "text"),
    [
        (
            "libraries",
            {"name": "Central", "friday_hours": "09:30-18:00"},
            "Open now until 6pm",
        ),
        (
            "libraries",
            {"name": "Central", "monday_hours": "09:30-18:00"},
            "Closed now, opens Monday at 9:30am",
        ),
        (
            "recycling-centres",
            {
                "name": "Tyseley",
                "summer_hours": "Monday to Sunday, 8am to 8pm",
                "winter_hours": "Monday to Sunday, 8am to 4pm",
            },
            "Closed now, opens tomorrow at 8am",
        ),
        ("public-toilets", {"name": "Park", "opening_hours": "08:00-18:00"}, "Open now until 6pm"),
        (
            "public-toilets",
            {"name": "Park", "opening_hours": "Dawn to dusk"},
            "We cannot tell from this whether it is open now",
        ),
    ],
)
def test_its_hours_are_understood(slug: str, properties: dict[str, str], text: str) -> None:
    layer = sync_layer(CATALOGUE.council, CATALOGUE.layers[slug])
    publish_features(layer, [MadeFeature("1", HERE, properties)])

    hours = describe_hours(find_layer(slug), properties, FRIDAY_EVENING)

    assert hours is not None
    assert hours.state.text == text
