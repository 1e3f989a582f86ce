"""Imports one file of trees and says each step; kills itself, as `kill -9` would, at one."""

import os
import signal
import sys

import django


def main(source: str, kill_at: str = "") -> None:
    from importers.pipeline import import_layer
    from importers.request import ImportRequest
    from tests.factories.entries import council_entry, layer_entry

    def tell(step: str) -> None:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()
        if step == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    import_layer(layer_entry(), council_entry(), ImportRequest(source), tell)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(*sys.argv[1:])
