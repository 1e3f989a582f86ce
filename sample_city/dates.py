"""The day on which the sample city stands still, so that its files never change."""

from datetime import date, timedelta
from random import Random

REFERENCE_DATE = date(2026, 9, 1)


def days_before(days: int) -> date:
    """Return the date so many days before the reference date."""
    return REFERENCE_DATE - timedelta(days=days)


def random_date(random: Random, *, years: int) -> date:
    """Return a date within the last ``years`` years."""
    return days_before(random.randrange(round(years * 365.25)))
