"""Log records without the address that was asked for: it may hold somebody's postcode."""

import logging


class WithoutAddress(logging.Filter):
    """Says which view failed, and how, in place of Django's line with the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        status = getattr(record, "status_code", "")
        record.msg = f"{status} in {match.view_name or match.func.__name__ if match else 'no view'}"
        record.args = ()
        return True
