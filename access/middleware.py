"""The rate limit: told in every answer of the API, and kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from access.callers import address_of, digest_of, network_of
from access.counting import WINDOW_S, Counter, seconds_left, this_minute
from access.shown_keys import read_shown_key
from layers.api.problems import answer_exception
from layers.errors import KeyRefused, TooManyRequests

# A map of one screen is twenty tiles, and a tile is kept for ever.
_TILES_FOR_ONE_PAGE = 10
_FOR_PROGRAMS = ("/api/", "/tiles/")
# Pages that answer about one place. They say what addresses there are as well as the API does.
_ABOUT_PLACES = (
    "/my-area/", "/nearest/", "/bins/", "/embed/my-area/", "/map/", "/planning/check",
    "/planning/applications",
)  # fmt: skip
# But for calendars: one company fetches those of half a city from a few addresses.
_CALENDAR = ".ics"


@dataclass(frozen=True, slots=True)
class Policy:
    """How many requests a minute one caller has; ``name`` is in the headers."""

    name: str
    limit: int


class LimitRequestsMiddleware:
    """Counts what each caller asks of the API, its tiles and the pages about places.

    What is too much is refused, and so is a key that is not good, whatever it is for. What a
    caller has already, found out before it was made again, is not counted: asking so is what
    we want.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._counter = Counter()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        is_for_programs = path.startswith(_FOR_PROGRAMS)
        is_about_place = path.startswith(_ABOUT_PLACES) and not path.endswith(_CALENDAR)
        if not (is_for_programs or is_about_place) or request.method == "OPTIONS":
            return self._get_response(request)
        key_id: int | None = None
        refusal: KeyRefused | None = None
        if is_for_programs:
            try:
                key_id = read_shown_key(request.META)
            except KeyRefused as error:
                # Counted against the address, so that guessing has its limit too.
                refusal = error
        is_tile = request.path_info.startswith("/tiles/")
        policy = policy_for(has_key=key_id is not None, is_tile=is_tile)
        if not policy.limit:
            return _refuse(request, refusal) if refusal else self._get_response(request)
        return self._answer_within(request, policy, key_id, refusal)

    def _answer_within(
        self, request: HttpRequest, policy: Policy, key_id: int | None, refusal: KeyRefused | None
    ) -> HttpResponseBase:
        minute = this_minute()
        whom = f"key {key_id}" if key_id is not None else network_of(address_of(request.META))
        caller = digest_of(whom, policy.name, minute)
        count = self._counter.add(caller, minute, policy.limit)
        if count > policy.limit:
            response: HttpResponseBase = _refuse(request, _too_many(request, policy, key_id))
            response.headers["Retry-After"] = str(seconds_left())
        elif refusal:
            response = _refuse(request, refusal)
        else:
            response = self._get_response(request)
            if getattr(response, "cost_nothing", False):
                self._counter.take_back(caller)
                count -= 1
        _tell(response, policy, max(0, policy.limit - count))
        return response


def policy_for(*, has_key: bool, is_tile: bool) -> Policy:
    """Return how much a caller may ask."""
    limit = settings.API_KEY_RATE_PER_MINUTE if has_key else settings.API_RATE_PER_MINUTE
    name = "key" if has_key else "address"
    return Policy(f"{name}-tiles", limit * _TILES_FOR_ONE_PAGE) if is_tile else Policy(name, limit)


def _too_many(request: HttpRequest, policy: Policy, key_id: int | None) -> TooManyRequests:
    if not request.path_info.startswith(_FOR_PROGRAMS):
        return TooManyRequests(
            f"More than {policy.limit} look-ups in a minute came from your network. Wait "
            f"{seconds_left()} seconds, then try again. Whoever wants all of a layer has it as a "
            "file: /data says where."
        )
    more = "" if key_id is not None else " A key allows more: the service's documentation says how."
    return TooManyRequests(
        f"More than {policy.limit} requests in a minute came from you. Wait {seconds_left()} "
        "seconds. Answers brought back with If-None-Match are not counted. Whoever wants all of a "
        f"layer has it as a file from /api/collections/<layer>/downloads.{more}"
    )


def _refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    response = answer_exception(error, {"request": request})
    assert response is not None  # both are in PROBLEM_KINDS
    if isinstance(error, KeyRefused):
        response.headers["WWW-Authenticate"] = 'Bearer realm="Council Maps API"'
    return response


def _tell(response: HttpResponseBase, policy: Policy, left: int) -> None:
    """Say what is left (draft-ietf-httpapi-ratelimit-headers)."""
    response.headers["RateLimit-Policy"] = f'"{policy.name}";q={policy.limit};w={WINDOW_S}'
    response.headers["RateLimit"] = f'"{policy.name}";r={left};t={seconds_left()}'
