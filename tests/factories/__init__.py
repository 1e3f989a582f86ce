"""Builders of what tests publish: a council, its layers, and editions full of features."""

from tests.factories.clean import drop_everything
from tests.factories.council import make_council
from tests.factories.edition import MadeFeature, publish_features, stage_features
from tests.factories.layer import make_field, make_layer

__all__ = [
    "MadeFeature",
    "drop_everything",
    "make_council",
    "make_field",
    "make_layer",
    "publish_features",
    "stage_features",
]
