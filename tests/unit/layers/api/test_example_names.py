"""The examples know which names a layer's properties cannot have as parameters."""

from layers.api.items_request import ITEMS_PARAMETERS
from layers.query.examples import PARAMETERS_OF_ITEMS


def test_the_examples_know_every_parameter_of_features():
    assert ITEMS_PARAMETERS == PARAMETERS_OF_ITEMS
