"""A layer with a field of each type, and its features by what a filter says of them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

Match = Callable[..., set[str]]


@pytest.fixture(scope="module")
def trees(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Publish the layer once for a module; none of its tests writes."""
    from tests.factories import drop_everything
    from tests.factories.trees import publish_trees

    with django_db_blocker.unblock():
        try:
            yield publish_trees()
        finally:
            drop_everything()


@pytest.fixture
def match(trees: Any) -> Match:
    """Return a function that gives the keys of the features that fulfil a filter."""
    from layers.query.condition import Condition
    from layers.query.filters import compile_filter
    from layers.query.filters.crs import CRS84
    from layers.query.run import fetch_rows

    def match(expression: str, language: str = "cql2-text", crs: str = CRS84) -> set[str]:
        condition: Condition = compile_filter(expression, language, crs, trees)
        rows = fetch_rows(
            f"SELECT fid FROM layers_feature WHERE edition_id = %(edition)s AND {condition.text}",
            {"edition": trees.edition_id, **condition.values},
        )
        return {fid for (fid,) in rows}

    return match
