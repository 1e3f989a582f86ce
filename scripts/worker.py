"""The worker process: what the service does by itself, such as refreshing layers at night."""

from scripts.service import Child
from scripts.virtual_env import PYTHON


def describe_worker() -> Child:
    """Return the process that works through the queue, as the database's owner."""
    return Child("worker", [PYTHON, "manage.py", "procrastinate", "worker"])
