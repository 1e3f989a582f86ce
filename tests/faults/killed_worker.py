"""A worker of the queue that kills itself, as `kill -9` would, where a file tells it to.

The file holds the name of one of `POINTS`. Whichever worker comes there first takes the file
away and dies, so that of several workers one dies and the others carry on.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django

POINTS = (
    *("fetch", "read", "transform", "stage", "validate", "index", "compare", "attach", "publish"),
    *("within publishing", "prune", "before dropping", "after dropping", "writing down"),
    *("after the import", "within rolling back", "after rolling back", "within setting aside"),
    *("before discarding", "after discarding", "after setting aside", "withdrawing", "pinning"),
)


def main(kill_file: str) -> None:
    from django.core.management import call_command

    die_at = _Deadly(Path(kill_file))
    _lay_traps(die_at)
    call_command(
        "procrastinate", "worker", "--concurrency", "1", "--fetch-job-polling-interval", "0.2"
    )


class _Deadly:
    def __init__(self, kill_file: Path) -> None:
        self._file = kill_file

    def __call__(self, point: str) -> None:
        """Die, if this is the point and no other worker has died of it."""
        try:
            if self._file.read_text() != point:
                return
            self._file.unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)


def _lay_traps(die_at: _Deadly) -> None:
    from importers import asked, decide, pipeline
    from layers.publish import prune, publish
    from tests.factories.entries import council_entry, layer_entry

    trees = SimpleNamespace(council=council_entry(), layers={"trees": layer_entry()})
    asked.load_catalogue = lambda folder: trees
    begin = pipeline._Import._begin

    def begin_or_die(self: Any, step: str) -> None:
        begin(self, step)
        die_at(step)

    pipeline._Import._begin = begin_or_die
    _trap(pipeline._Import, "_write_down", before="writing down", die_at=die_at)
    _trap(asked, "import_layer", after="after the import", die_at=die_at)
    _trap(prune, "discard_edition", "before dropping", "after dropping", die_at=die_at)
    _trap(decide, "discard_edition", "before discarding", "after discarding", die_at=die_at)
    _trap(decide, "_write", after="within setting aside", die_at=die_at)
    acts = {
        "published": "within publishing",
        "rolled-back": "within rolling back",
        "withdrew": "withdrawing",
    }
    write_act = publish.write_act

    def write_or_die(layer: Any, verb: Any, **words: Any) -> Any:
        act = write_act(layer, verb, **words)
        die_at(acts.get(verb, ""))
        return act

    publish.write_act = write_or_die
    verbs = {
        "roll-back": "after rolling back",
        "set-aside": "after setting aside",
        "pin": "pinning",
    }
    for verb, point in verbs.items():
        act = asked._ACTS[verb]

        def act_and_die(decision: Any, act: Any = act, point: str = point) -> None:
            act(decision)
            die_at(point)

        asked._ACTS[verb] = act_and_die


def _trap(
    owner: Any, name: str, before: str = "", after: str = "", *, die_at: Callable[[str], None]
) -> None:
    """Have ``owner.name`` die before or after it does what it does."""
    original = getattr(owner, name)

    @wraps(original)
    def trapped(*arguments: Any, **options: Any) -> Any:
        die_at(before)
        answer = original(*arguments, **options)
        die_at(after)
        return answer

    setattr(owner, name, trapped)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(*sys.argv[1:])
