"""What the worker does by itself. The only module that knows the queue, procrastinate.

Run it with ``manage.py procrastinate worker``; the queue is in PostgreSQL, and any
number of workers may share it.
"""

from procrastinate.contrib.django import app

from importers.housekeeping import tidy_up

EVERY_NIGHT = "17 3 * * *"


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="tidy-up")
def tidy_up_every_night(timestamp: int) -> dict[str, int]:
    """Tidy up once a night; ``timestamp`` is when it was due."""
    return tidy_up()
