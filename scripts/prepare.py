"""Brings the database to what the code and the catalogue say; the container's set-up step too."""

import os
import sys

from scripts.steps import StepFailed, run_step, run_to_end, say
from scripts.virtual_env import PYTHON

# The sample city is a made-up Birmingham: another council's catalogue has other layers.
_COUNCIL_OF_SAMPLE = "birmingham"


def prepare_database(load_sample: bool) -> None:
    """Migrate, read the catalogue and, if nothing is published yet, load the sample city."""
    _manage("Bringing the database up to date", "migrate", "--noinput", "--verbosity=0")
    _manage("Reading the catalogue", "sync_catalogue")
    if _has_published_layer():
        return
    if not load_sample:
        say("No layer is published yet. docs/councils/README.md says how to import one.")
    else:
        say("Loading the sample city through the importers; it takes about a minute")
        if run_to_end([PYTHON, "manage.py", "load_sample_city"]):
            raise StepFailed("The sample city could not be loaded; what went wrong is above.")


def serves_council_of_sample() -> bool:
    """Return whether COUNCIL is the one that the sample city is made up for."""
    return os.environ.get("COUNCIL", "").strip() in ("", _COUNCIL_OF_SAMPLE)


def wants_sample() -> bool:
    """Return whether LOAD_SAMPLE asks for the sample city in a database that is not ours."""
    return os.environ.get("LOAD_SAMPLE", "").strip().lower() in {"1", "true", "yes", "on"}


def _manage(title: str, *arguments: str) -> None:
    run_step(title, [PYTHON, "manage.py", *arguments])


def _has_published_layer() -> bool:
    question = (
        "from layers.models import Layer; "
        "raise SystemExit(not Layer.objects.filter(published_edition__isnull=False).exists())"
    )
    return run_to_end([PYTHON, "manage.py", "shell", "--verbosity=0", "--command", question]) == 0


if __name__ == "__main__":
    try:
        prepare_database(wants_sample())
    except StepFailed as error:
        sys.exit(f"Error: {error}")
