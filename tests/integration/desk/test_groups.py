"""The groups that an administrator finds after a migration."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from desk.groups import RIGHTS_OF_GROUPS, make_groups

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


@pytest.fixture(autouse=True)
def as_migrated(transactional_db: None) -> Iterator[None]:
    """Leave the groups to other tests as they were made."""
    yield
    Group.objects.all().delete()
    make_groups()


def rights_of(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_migrating_makes_the_groups_that_are_missing_with_their_rights() -> None:
    Group.objects.all().delete()

    call_command("migrate", verbosity=0)

    for name, rights in RIGHTS_OF_GROUPS.items():
        assert rights_of(name) == set(rights), name


def test_migrating_leaves_a_group_alone_that_somebody_changed() -> None:
    call_command("migrate", verbosity=0)
    Group.objects.get(name="Publishers").permissions.clear()

    call_command("migrate", verbosity=0)

    assert rights_of("Publishers") == set()
