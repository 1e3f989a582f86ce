"""Counts of minutes that are over, thrown away."""

from access.counting import this_minute
from access.models import HitCount

_KEPT_MINUTES = 10


def forget_counts() -> int:
    """Delete the counts of past minutes and return how many there were."""
    deleted, _ = HitCount.objects.filter(window__lt=this_minute() - _KEPT_MINUTES).delete()
    return deleted
