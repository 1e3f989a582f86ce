"""The site that a request gives, whichever way."""

from dataclasses import dataclass
from datetime import date
from typing import cast, get_args

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from gazetteer.query import Place
from layers.query.feature_names import name_in_words
from layers.query.registry import PublishedLayer
from layers.query.rows import FeatureRow
from maps.my_area.subject import is_of_middle
from planning.boundary import Extent, SiteUnusable, judge_shape, read_boundary
from planning.query.feature_shape import shape_of_feature
from planning.site import GivenAs, Site, make_site

_WAYS: tuple[str, ...] = get_args(GivenAs)
_WAYS_OF_PLACES = {"address": "address", "property": "uprn", "postcode": "postcode"}


class DayUnusable(SiteUnusable):
    """The site may be good: the day of which the answers are to be is not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A site, and of which day the answers are to be; None of today."""

    site: Site
    as_at: date | None = None


def read_typed(posted: QueryDict, extent: Extent) -> Asked:
    """Return the site whose corners were typed, or drawn, which writes them down.

    Raises
    ------
    SiteUnusable
        As all of these do: it says what to do.
    """
    shape = read_boundary(posted.get("boundary", ""), extent)
    given_as: GivenAs = "drawn" if posted.get("given_as") == "drawn" else "typed"
    return Asked(make_site(shape, posted.get("label", ""), given_as), read_day(posted))


def read_shown(posted: QueryDict, extent: Extent) -> Asked:
    """Return the site of a page that was shown before, as the page's forms send it back."""
    shape = read_boundary(posted.get("site", ""), extent)
    way = posted.get("given_as", "")
    given_as = cast(GivenAs, way if way in _WAYS else "typed")
    return Asked(make_site(shape, posted.get("label", ""), given_as), read_day(posted))


def read_day(posted: QueryDict) -> date | None:
    """Return the day that a form says, or None for today and for no day.

    Raises
    ------
    DayUnusable
        It is no day, or is still to come.
    """
    text = posted.get("as_at", "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise DayUnusable(_("Enter the day as year, month and day, such as 2026-03-31.")) from error
    today = timezone.localdate()
    if day > today:
        raise DayUnusable(_("Enter a day that has been: nobody knows what will apply."))
    return None if day == today else day


def site_of_place(place: Place, extent: Extent) -> Asked:
    """Return the point of a place that was looked up."""
    shape = read_boundary(f"{place.easting:.3f} {place.northing:.3f}", extent)
    usual = "middle" if is_of_middle(place) else "point"
    given_as = cast(GivenAs, _WAYS_OF_PLACES.get(place.kind, usual))
    return Asked(make_site(shape, place.label, given_as))


def site_of_feature(layer: PublishedLayer, row: FeatureRow, extent: Extent) -> Asked:
    """Return a published feature as a site."""
    shape = shape_of_feature(layer, row.fid)
    if shape is None:
        raise SiteUnusable(_("“%(title)s” has no location.") % {"title": row.title})
    label = name_in_words(layer, row.title)
    return Asked(make_site(judge_shape(shape, extent), label, "feature"))
