"""Sign-in for staff addresses alone, and the headers that every answer carries."""

from collections.abc import Callable
from typing import Any, cast

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from layers.api.constant_headers import ConstantHeaders

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ViewHook = Callable[[HttpRequest, Callable[..., Any], Any, Any], HttpResponse | None]

_FOR_MACHINES = ("/api/", "/tiles/")
_FRAMED_PREFIX = "/embed/"
_UNUSED_FEATURES = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "usb",
)  # fmt: skip
_PERMISSIONS = {"Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED_FEATURES)}
# The pages with the search form, and the map: a button asks the browser where it is when pressed.
_SEARCH_PAGES = frozenset({"/", "/map", "/my-area/", "/my-area/near"})
_PERMISSIONS_OF_SEARCH = {
    "Permissions-Policy": _PERMISSIONS["Permissions-Policy"].replace(
        "geolocation=()", "geolocation=(self)"
    )
}
# Other sites may show our data and our embedded maps; everything else is for our own pages.
_FOR_OTHERS = {"Cross-Origin-Resource-Policy": "cross-origin"}
_FOR_OURSELVES = {"Cross-Origin-Resource-Policy": "same-origin"}
# A browser that knows frame-ancestors of the CSP goes by that; older ones need this.
_NOT_FRAMED = {"X-Frame-Options": settings.X_FRAME_OPTIONS}

_HEADERS_FOR_MACHINES = ConstantHeaders({**_PERMISSIONS, **_FOR_OTHERS, **_NOT_FRAMED})
_HEADERS_OF_EMBEDDED_MAPS = ConstantHeaders({**_PERMISSIONS, **_FOR_OTHERS})
_HEADERS_OF_PAGES = ConstantHeaders({**_PERMISSIONS, **_FOR_OURSELVES, **_NOT_FRAMED})
_HEADERS_OF_SEARCH_PAGES = ConstantHeaders(
    {**_PERMISSIONS_OF_SEARCH, **_FOR_OURSELVES, **_NOT_FRAMED}
)
_HEADERS_FOR_STAFF = ConstantHeaders(
    {
        **_PERMISSIONS,
        **_FOR_OURSELVES,
        **_NOT_FRAMED,
        # A browser signs the form of a page without any Referer as coming from nowhere, and the
        # check against forgery refuses that.
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
)


class StaffOnlyMiddleware:
    """Django's sessions, CSRF, sign-in and messages, for `settings.STAFF_PREFIXES` only.

    Public addresses go past all four: they set no cookie and do not pay for them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self._answer_public = get_response
        # Any: each is also typed for ASGI, as something that may have to be awaited.
        messages: Any = MessageMiddleware(get_response)
        sign_in: Any = AuthenticationMiddleware(messages)
        csrf: Any = CsrfViewMiddleware(sign_in)
        self._check_csrf: ViewHook = csrf.process_view
        self._answer_staff: GetResponse = cast(Any, SessionMiddleware(csrf))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _is_for_staff(request):
            return self._answer_staff(request)
        return self._answer_public(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # Django calls this on the middleware it knows; CSRF, which sits inside, checks here.
        if _is_for_staff(request):
            return self._check_csrf(request, view, args, kwargs)
        return None


class PagePolicyMiddleware(CSPMiddleware):
    """The Content-Security-Policy of pages.

    What the API and the tiles answer machines has one fixed policy of its own; building one for
    each would cost a third of what the answer does. The API's pages have that of every page.
    """

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith(_FOR_MACHINES):
            return super().__call__(request)
        response: Any = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            return self.process_response(request, response)
        return response


class AnswerHeadersMiddleware:
    """What a browser may do with an answer, beyond what Django and the CSP say."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        _headers_for(request.path_info).put_on(response)
        return response


def _headers_for(path: str) -> ConstantHeaders:
    if path.startswith(_FOR_MACHINES):
        return _HEADERS_FOR_MACHINES
    if path.startswith(_FRAMED_PREFIX):
        return _HEADERS_OF_EMBEDDED_MAPS
    if path in _SEARCH_PAGES:
        return _HEADERS_OF_SEARCH_PAGES
    return _HEADERS_FOR_STAFF if path.startswith(settings.STAFF_PREFIXES) else _HEADERS_OF_PAGES


def _is_for_staff(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.STAFF_PREFIXES)
