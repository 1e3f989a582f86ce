"""How the desk writes dates, spans of time and states."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.timesince import timesince

from desk.words import OUTCOMES, STATES, TONES

register = template.Library()


@register.filter
def when(moment: datetime | None) -> str:
    """Return ``27 November 2026, 09:14``, as the public pages of checks write it."""
    return "" if moment is None else format_date(timezone.localtime(moment), "j F Y, H:i")


@register.filter
def day(moment: date | None) -> str:
    """Return ``27 November 2026``."""
    return "" if moment is None else format_date(moment, "j F Y")


@register.filter
def how_long(moment: datetime | None) -> str:
    """Return how long ago something was, in its largest unit: ``2 minutes``."""
    if moment is None:
        return ""
    if (timezone.now() - moment).total_seconds() < 60:
        return "less than a minute"
    return timesince(moment, depth=1)


@register.filter
def outcome(value: str) -> str:
    """Return an import's outcome in a word or two."""
    return OUTCOMES.get(value, value)


@register.filter
def state(value: str) -> str:
    """Return an edition's state in a word or two."""
    return STATES.get(value, value)


@register.filter
def tone(value: str) -> str:
    """Return the modifier of the tag that shows an outcome or a state."""
    return TONES.get(value, "grey")
