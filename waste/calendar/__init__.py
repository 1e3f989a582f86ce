"""Collections as a calendar (RFC 5545) that calendars of phones subscribe to."""
