"""Headers that are the same in many answers, checked once and put on in one step."""

from collections.abc import Mapping

from django.http.response import HttpResponseBase, ResponseHeaders


class ConstantHeaders:
    """Some headers with their values.

    Django encodes each name and value that it is given, to see whether it can be sent: for the
    dozen headers of an answer, a tenth of what a short answer costs.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._checked = _stored(ResponseHeaders(dict(headers)))

    def put_on(self, response: HttpResponseBase) -> None:
        """Give an answer those that it does not have."""
        own = _stored(response.headers)
        for name in self._checked.keys() - own.keys():
            own[name] = self._checked[name]


def _stored(headers: ResponseHeaders) -> dict[str, tuple[str, str]]:
    """Return where Django keeps checked headers: name and value by name in small letters."""
    stored: dict[str, tuple[str, str]] = headers._store
    return stored
