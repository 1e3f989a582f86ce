"""The collections of one address, as a calendar to subscribe to."""

import re
from datetime import datetime, time, timedelta
from hashlib import blake2b
from math import ceil

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from rest_framework.request import Request

from layers.api.base import PublicView
from layers.api.build import build_digest, built_at
from layers.errors import ParameterInvalid
from layers.query.registry import published_layers
from waste.calendar.asked import Asked
from waste.query import collections_of_uprn
from waste.revision import data_changed_at
from waste.uprn import read_uprn

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


class CalendarView(PublicView):
    """An .ics file. Calendars ask for it twice a day, and mostly have it already."""

    parameters = frozenset({"alarm"})
    page = ""

    def get(self, request: Request, uprn: str) -> HttpResponse:
        today = timezone.localdate()
        asked = Asked(
            uprn=read_uprn(uprn),
            week=today - timedelta(days=today.weekday()),
            changed_at=data_changed_at(),
            alarm=_read_alarm(request._request.GET),
        )
        tag, last_modified_s = _tag(asked), _last_modified_s(asked)
        # Making it takes a hundred times as long as finding out that it has not changed.
        response = get_conditional_response(request._request, tag, last_modified_s)
        if response is None:
            response = HttpResponse(_file(asked), content_type="text/calendar; charset=utf-8")
        response["ETag"] = tag
        response["Last-Modified"] = http_date(last_modified_s)
        response["Cache-Control"] = "private, max-age=3600"
        response["X-Robots-Tag"] = "noindex"
        return response


def _file(asked: Asked) -> bytes:
    # Importing what writes calendars takes longer than most answers: no process pays at its start.
    from waste.calendar.file import calendar_file

    found = collections_of_uprn(asked.uprn, asked.first, asked.last)
    layers = published_layers()
    attributions = [layers[slug].attribution for slug in found.layers if slug in layers]
    return calendar_file(found, asked, dict.fromkeys(filter(None, attributions)))


def _read_alarm(query: QueryDict) -> time | None:
    text = query.get("alarm")
    if text is None:
        return None
    if not _TIME.fullmatch(text):
        raise ParameterInvalid(
            "“alarm” is the time of a reminder on the day before, such as 18:00; "
            f"“{text[:20]}” is not.",
            "alarm",
        )
    return time.fromisoformat(text)


def _tag(asked: Asked) -> str:
    """Return a tag of all that the bytes are made from."""
    words = f"{asked.uprn} {asked.week} {asked.changed_at.isoformat()} {asked.alarm}"
    key = blake2b(settings.SECRET_KEY.encode() + build_digest()).digest()
    # Weak, because the same may come compressed.
    return f'W/"{blake2b(words.encode(), digest_size=16, key=key).hexdigest()}"'


def _last_modified_s(asked: Asked) -> int:
    week = timezone.make_aware(datetime.combine(asked.week, time.min))
    return ceil(max(week, asked.changed_at, built_at()).timestamp())
