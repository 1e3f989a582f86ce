"""A layer of planning applications around one point, as the shipped templates have it."""

from shapely import Point

from layers.models import Layer
from tests.factories.edition import MadeFeature
from tests.factories.layer import make_field, make_layer


def make_planning_layer(**changes: object) -> Layer:
    return make_layer(
        "planning-applications",
        title_field="description",
        datetime_field="received_on",
        role="planning-application",
        theme="planning",
        fields=[
            make_field("reference"),
            make_field("description"),
            make_field("address"),
            make_field("status"),
            make_field("decision"),
            make_field("received_on", "date", is_queryable=True),
            make_field("decided_on", "date"),
            make_field("web_page", "url"),
        ],
        **changes,
    )


def application(
    reference: str, metres_east: float, received_on: str | None, **properties: object
) -> MadeFeature:
    """Return an application so far east of the place, in EPSG:27700 metres."""
    described = {"reference": reference, "description": f"Works {reference}", "status": "live"}
    return MadeFeature(
        reference,
        Point(406000 + metres_east, 286000),
        {**described, "received_on": received_on, **properties},
    )
