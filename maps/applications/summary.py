"""A search in words: above its results, and as the title of its feed."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maps.applications.asked import Asked
from maps.distances import describe_length
from maps.planning_nearby import describe_status
from planning.applications.columns import wards_of
from planning.applications.register import STATUS
from planning.applications.search import NOT_SAID, Days

# The title of a feed is the same tomorrow.
_LAST = {
    ("received", "week"): gettext_lazy("received in the last week"),
    ("received", "month"): gettext_lazy("received in the last month"),
    ("received", "year"): gettext_lazy("received in the last year"),
    ("decided", "week"): gettext_lazy("decided in the last week"),
    ("decided", "month"): gettext_lazy("decided in the last month"),
    ("decided", "year"): gettext_lazy("decided in the last year"),
}


def narrowings(asked: Asked) -> list[tuple[str, tuple[str, ...]]]:
    """Return what narrows the search, each in words, with the parameters that say it."""
    return list(_narrowings(asked))


def _narrowings(asked: Asked) -> Iterator[tuple[str, tuple[str, ...]]]:
    search = asked.search
    if search.words:
        yield _("“%(words)s”") % {"words": search.words}, ("q",)
    if search.reference:
        yield _("reference %(text)s") % {"text": search.reference}, ("reference",)
    for name, value in search.values.items():
        yield _value(asked, name, value), (name,)
    for name, days in (("received", search.received), ("decided", search.decided)):
        if days:
            chosen = _LAST.get((name, asked.values.get(name, "")))
            words = str(chosen) if chosen else _days(name, days)
            yield words, (name, f"{name}_from", f"{name}_to")
    yield from _places(asked)


def _places(asked: Asked) -> Iterator[tuple[str, tuple[str, ...]]]:
    if asked.search.ward and asked.wards:
        fid = asked.search.ward.fid
        names = {ward.fid: ward.name for ward in wards_of(asked.wards)}
        yield _("in %(ward)s") % {"ward": names.get(fid, fid)}, ("ward",)
    if asked.place:
        words = {"radius": describe_length(asked.within_m), "place": asked.place.label}
        yield _("within %(radius)s of %(place)s") % words, ("near", "within")
    if asked.search.shape:
        yield _("in the area drawn on the map"), ("shape",)


def _value(asked: Asked, name: str, value: str) -> str:
    field = asked.register.field(name) if asked.register else None
    title = (field.title if field else name).lower()
    if value == NOT_SAID:
        return _("no %(field)s") % {"field": title}
    words = describe_status(value) if name == STATUS else value
    return f"{title}: {words}"


def _days(name: str, days: Days) -> str:
    texts = {
        ("received", True, True): _("received %(first)s to %(last)s"),
        ("received", True, False): _("received since %(first)s"),
        ("received", False, True): _("received until %(last)s"),
        ("decided", True, True): _("decided %(first)s to %(last)s"),
        ("decided", True, False): _("decided since %(first)s"),
        ("decided", False, True): _("decided until %(last)s"),
    }
    text = texts[name, days.first is not None, days.last is not None]
    return text % {"first": _day(days.first), "last": _day(days.last)}


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
