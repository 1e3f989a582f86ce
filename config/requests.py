"""Requests as this service reads them: in UTF-8, whatever they say."""

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """A request whose Content-Type does not choose how its address and its form are decoded.

    Django takes any codec that Python has, decodes the query by it before anything can catch
    what goes wrong, and knows no answer then: ``charset=hex`` was a fault of ours.
    """

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        self.content_type, self.content_params = "", {}
        try:
            found = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (ValueError, LookupError):  # too long, or with a parameter in a codec of none
            return
        self.content_type, self.content_params = found

    def get_host(self) -> str:
        """Return what the client calls us, which several ask on the way: judged once."""
        known = vars(self)
        if "judged_host" not in known:
            known["judged_host"] = super().get_host()
        return str(known["judged_host"])

    def _load_post_and_files(self) -> None:
        try:
            super()._load_post_and_files()
        except (ValueError, LookupError) as error:
            self._mark_post_parse_error()  # type: ignore[attr-defined]  # the stubs lack it
            raise BadRequest("The form cannot be read.") from error


class Utf8Handler(WSGIHandler):
    """Django's WSGI application with such requests."""

    request_class = Utf8Request
