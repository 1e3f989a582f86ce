"""The small city served by granian in the web's role, asked over real connections."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conformance.site import Site


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
