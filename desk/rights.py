"""Who may do what at the desk, and what to say to those who may not."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

IMPORT = "importers.import_source"
PUBLISH = "layers.publish_edition"
OVERRIDE = "layers.override_check"
SET_ASIDE = "planning.set_aside_finding"
LIST_NEIGHBOURS = "planning.list_neighbours"


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do; pages say why a button is not there."""

    may_import: bool
    may_publish: bool
    may_override: bool
    may_set_aside: bool = False
    may_list_neighbours: bool = False


def rights_of(user: Any) -> Rights:
    return Rights(
        may_import=user.has_perm(IMPORT),
        may_publish=user.has_perm(PUBLISH),
        may_override=user.has_perm(PUBLISH) and user.has_perm(OVERRIDE),
        may_set_aside=user.has_perm(SET_ASIDE),
        may_list_neighbours=user.has_perm(LIST_NEIGHBOURS),
    )


def require(request: HttpRequest, right: str) -> None:
    """Raise `PermissionDenied` if whoever asks does not have ``right``."""
    if not request.user.has_perm(right):
        raise PermissionDenied(right)


def name_of(request: HttpRequest) -> str:
    """Return who is signed in, as the audit trail names them."""
    user: Any = request.user
    return str(user.get_full_name() or user.get_username())
