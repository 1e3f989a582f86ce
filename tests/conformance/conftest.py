"""The small city served by granian in the web's role, asked over real connections."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conformance.filtered import FilterSite
    from tests.conformance.site import Site

    Found = Callable[..., set[str]]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> "Iterator[Site]":
    """Serve the city to every test here; none of them writes."""
    # Here, because a conftest may be read before Django is set up.
    from tests.conformance.site import Site
    from tests.factories import drop_everything
    from tests.factories.city import City
    from tests.factories.processes import served_site

    with django_db_blocker.unblock():
        try:
            city = City()
            with served_site() as port:
                yield Site(port, city)
        finally:
            drop_everything()


@pytest.fixture(scope="module")
def filter_site(django_db_setup: None, django_db_blocker: Any) -> "Iterator[FilterSite]":
    """Serve layers that can be filtered by everything they have."""
    from tests.conformance.filtered import FilterSite
    from tests.factories import drop_everything
    from tests.factories.filter_layers import FilterLayers
    from tests.factories.processes import served_site

    with django_db_blocker.unblock():
        try:
            made = FilterLayers()
            with served_site() as port:
                yield FilterSite(port, made)
        finally:
            drop_everything()


@pytest.fixture(params=["cql2-text", "cql2-json"])
def found(filter_site: "FilterSite", request: pytest.FixtureRequest) -> "Found":
    """Return a function that gives the ids of what a filter finds, in either language."""
    return partial(filter_site.found, language=request.param)
