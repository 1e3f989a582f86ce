"""Which editions kept checks cite: they are not dropped while somebody may want to check again."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from planning.receipts.models import Receipt


def editions_cited_by_receipts(edition_ids: Collection[int]) -> set[int]:
    """Return those of some editions that a check of the last `CITED_EDITIONS_KEPT_DAYS` read."""
    since = timezone.now() - timedelta(days=settings.CITED_EDITIONS_KEPT_DAYS)
    receipts = Receipt.objects.filter(
        asked_at__gte=since, edition_ids__overlap=list(edition_ids)
    ).values_list("edition_ids", flat=True)
    return {each for ids in receipts.iterator() for each in ids} & set(edition_ids)
