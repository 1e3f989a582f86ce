"""The small city served by granian in the web's role, asked over real connections.

One server answers to the end; what it serves is published for each module, and dropped after it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conformance.filtered import FilterSite
    from tests.conformance.site import Site

    Found = Callable[..., set[str]]


@pytest.fixture(scope="package")
def port(django_db_setup: None) -> Iterator[int]:
    # Here, because a conftest may be read before Django is set up.
    from tests.factories.processes import served_site

    with served_site() as port:
        yield port


@pytest.fixture(scope="module")
def site(port: int, django_db_blocker: Any) -> "Iterator[Site]":
    """Publish the city for every test of a module; none of them writes."""
    from tests.conformance.site import Site
    from tests.factories import drop_everything
    from tests.factories.city import City

    with django_db_blocker.unblock():
        try:
            yield Site(port, City())
        finally:
            drop_everything()


@pytest.fixture(scope="module")
def filter_site(port: int, django_db_blocker: Any) -> "Iterator[FilterSite]":
    """Publish layers that can be filtered by everything they have."""
    from tests.conformance.filtered import FilterSite
    from tests.factories import drop_everything
    from tests.factories.filter_layers import FilterLayers

    with django_db_blocker.unblock():
        try:
            yield FilterSite(port, FilterLayers())
        finally:
            drop_everything()


@pytest.fixture(params=["cql2-text", "cql2-json"])
def found(filter_site: "FilterSite", request: pytest.FixtureRequest) -> "Found":
    """Return a function that gives the ids of what a filter finds, in either language."""
    return partial(filter_site.found, language=request.param)
