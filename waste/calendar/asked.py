"""Which calendar somebody asks for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose calendar is made, of which days, and when it is to remind.

    ``week`` is a Monday, and the days asked for are counted from it: the same data make the same
    bytes for a week. ``changed_at`` is when they last changed. ``alarm`` is a time on the day
    before, or None for no reminder.
    """

    uprn: str
    week: date
    changed_at: datetime
    alarm: time | None = None

    @property
    def first(self) -> date:
        """The first day: what was collected of late is still there to look up."""
        return self.week - timedelta(days=14)

    @property
    def last(self) -> date:
        """The last day: a year from any day of the week."""
        return self.week + timedelta(days=372)
