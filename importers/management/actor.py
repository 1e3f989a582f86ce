"""Who is at the command line, for the audit trail."""

import getpass


def command_line_actor() -> str:
    """Return the name of the account that runs the command, and that it is a command."""
    return f"{getpass.getuser()} at the command line"
