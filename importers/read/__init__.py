"""Opening a source in the sandbox, and its rows."""
