#!/usr/bin/env python
"""Django's commands, against the private cluster unless DATABASE_URL names another."""

import gc
import os
import sys


def main() -> None:
    # Starting makes hundreds of thousands of objects, and they stay: to search them for cycles
    # after every 700 is an eighth of it.
    gc.set_threshold(50_000)
    from config.private_cluster import use_private_cluster

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        with use_private_cluster():
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        # Whoever pressed Ctrl-C knows where. Shells give this number for it.
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
