"""What the worker does for this app: procrastinate finds it by the module's name."""

from procrastinate.contrib.django import app

from reports.send import send_reports
from reports.tidy import forget_reports

EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "43 3 * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="send-reports")
def send_reports_every_minute(timestamp: int) -> int:
    """Send what people reported; ``timestamp`` is when it was due."""
    return send_reports()


@app.periodic(cron=EVERY_NIGHT)
@app.task(queueing_lock="forget-reports")
def forget_reports_every_night(timestamp: int) -> int:
    """Throw away what is long done with; ``timestamp`` is when it was due."""
    return forget_reports()
