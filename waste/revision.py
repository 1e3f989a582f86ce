"""When anything that collections are made from last changed."""

from datetime import UTC, datetime

from django.db.models import Max

from layers.models import Layer
from waste.query.sources import ADDRESS
from waste.roles import OURS

_NEVER = datetime(2020, 1, 1, tzinfo=UTC)


def data_changed_at() -> datetime:
    """Return when the description or the published edition of a layer that is asked last changed.

    Of every such layer, whether anything of it is published now or not: a layer that is
    withdrawn, or rolled back to an earlier edition, changes as well, and time only goes on.
    """
    layers = Layer.objects.using("read").filter(role__in=(*OURS, ADDRESS))
    changed_at: datetime | None = layers.aggregate(Max("changed_at"))["changed_at__max"]
    return changed_at or _NEVER
