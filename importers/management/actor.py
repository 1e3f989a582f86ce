"""Who is at the command line, for the audit trail."""

import os
import pwd


def command_line_actor() -> str:
    """Return who runs the command, as far as the machine knows, and that it is a command.

    Commands are run as the service's own account by `sudo`, which says who asked for it.
    """
    account = _account_name()
    person = os.environ.get("SUDO_USER", "")
    return (
        f"{person} as {account} at the command line" if person else f"{account} at the command line"
    )


def _account_name() -> str:
    """Return the account's name; in a container it may have a number only."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
