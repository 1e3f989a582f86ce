"""What the worker does for this app: procrastinate finds it by the module's name."""

from procrastinate.contrib.django import app

from access.tidy import forget_counts

EVERY_HOUR = "41 * * * *"


@app.periodic(cron=EVERY_HOUR)
@app.task(queueing_lock="forget-counts")
def forget_counts_every_hour(timestamp: int) -> int:
    """Throw away counts of past minutes; ``timestamp`` is when it was due."""
    return forget_counts()
