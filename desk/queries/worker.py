"""Whether anybody is there to carry out what the desk asks for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from importers.jobs import worker_seen_at

# A worker says every ten seconds that it is there.
_GONE_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class WorkerState:
    """When a worker was last heard of, and whether that is recent enough."""

    seen_at: datetime | None

    @property
    def is_there(self) -> bool:
        return self.seen_at is not None and timezone.now() - self.seen_at < _GONE_AFTER


def worker_state() -> WorkerState:
    return WorkerState(worker_seen_at())
