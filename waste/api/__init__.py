"""Collections as data, and as a calendar, over HTTP."""
