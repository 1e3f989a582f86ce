"""How long to wait before a source is asked again that did not answer this time."""

import random

# 5, 10, 20, 40 and 80 minutes: two and a half hours, which most outages do not last.
MOST_TRIES = 6
_FIRST_WAIT_S = 300
_LONGEST_WAIT_S = 6 * 3600
_JITTER = 0.2


def wait_before_next_try(tries: int, retry_after_s: int | None = None) -> int | None:
    """Return the seconds to wait after ``tries`` failed tries; None to leave it for this time.

    Parameters
    ----------
    retry_after_s
        What the server asked for, which is kept to, but for more than six hours: by then the
        next regular turn is near enough.

    Notes
    -----
    Each wait is twice the one before, longer or shorter by chance, so that layers of one
    server that failed together do not come back together.
    """
    asked_s = retry_after_s or 0
    if tries >= MOST_TRIES or asked_s > _LONGEST_WAIT_S:
        return None
    wait_s = _FIRST_WAIT_S * (1 << (tries - 1)) * random.uniform(1 - _JITTER, 1 + _JITTER)
    return round(max(wait_s, asked_s))
