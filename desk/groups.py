"""The groups that an administrator hands out, so that nobody has to know rights by name."""

from typing import Any

RIGHTS_OF_GROUPS = {
    "Importers": ["import_source"],
    "Publishers": ["import_source", "publish_edition", "override_check"],
    "Planners": ["set_aside_finding", "list_neighbours"],
}


def make_groups(**_: Any) -> None:
    """Make the groups that are missing; those that somebody changed are left as they are."""
    from django.contrib.auth.models import Group, Permission

    for name, rights in RIGHTS_OF_GROUPS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(Permission.objects.filter(codename__in=rights))
