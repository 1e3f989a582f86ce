"""A council to publish layers for."""

from django.db import connection

from layers.models import Organisation

# West, south, east, north of Birmingham in EPSG:27700, metres.
EXTENT_27700 = (397000.0, 276000.0, 415000.0, 301000.0)


def make_council() -> Organisation:
    """Return the one council of a test, made when it is first asked for."""
    require_test_database()
    council, _ = Organisation.objects.get_or_create(
        slug="birmingham",
        defaults={
            "name": "Birmingham City Council",
            "gss_code": "E08000025",
            "extent_27700": list(EXTENT_27700),
        },
    )
    return council


def require_test_database() -> None:
    """Stop before a test without its database mark writes to, or empties, a real one."""
    name = connection.settings_dict["NAME"]
    assert name.startswith("test_"), f"{name} is not a test's database: mark the test django_db"
