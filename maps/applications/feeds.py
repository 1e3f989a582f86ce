"""A search as RSS or Atom: Django's feeds, with one unchanging name for each application."""

import re
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _

from layers.query.registry import PublishedLayer
from layers.query.selected import SelectedFeature
from maps.applications.addresses import address_of
from maps.applications.asked import Asked
from maps.applications.summary import narrowings
from maps.page_addresses import feature_page
from maps.planning_nearby import describe_application
from planning.applications.register import Register
from planning.applications.results import find_applications, page_of

MOST_ENTRIES = 50
# XML has no way to write these.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _OfAnEdition(SyndicationFeed):
    """Changed when its layer was: a feed without entries is not new at every look."""

    def latest_post_date(self) -> datetime:
        published_at: datetime = self.feed["published_at"]
        return published_at


class RssFeed(_OfAnEdition, Rss201rev2Feed):
    """RSS 2.0, as most readers and mail programs take it."""


class AtomFeed(_OfAnEdition, Atom1Feed):
    """Atom 1.0."""


KINDS: dict[str, type[RssFeed] | type[AtomFeed]] = {"rss": RssFeed, "atom": AtomFeed}


def write_feed(request: HttpRequest, asked: Asked, register: Register, kind: str) -> HttpResponse:
    """Return the latest applications of a search as a feed."""
    title = title_of_search(asked, register)
    page_address = request.build_absolute_uri(address_of("", asked.values))
    feed = KINDS[kind](
        title=title,
        link=page_address,
        description=escape(
            _clean(
                _("%(title)s. Source: %(source)s")
                % {"title": title, "source": register.layer.attribution}
            )
        ),
        language="en-gb",
        author_name=register.layer.organisation,
        feed_url=request.build_absolute_uri(address_of(kind, asked.values)),
        feed_copyright=register.layer.attribution,
        published_at=register.layer.published_at,
    )
    page = page_of(register, asked.sort, size=MOST_ENTRIES, after=0, near=asked.search.circle)
    for feature in find_applications(register, asked.search, page).features:
        _add(feed, request, register.layer, register, feature)
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def title_of_search(asked: Asked, register: Register) -> str:
    """Return what a feed of this search is called."""
    words = "; ".join(text for text, _parameters in narrowings(asked))
    title = register.layer.title
    return _clean(f"{title}: {words}" if words else title)


def _add(
    feed: SyndicationFeed,
    request: HttpRequest,
    layer: PublishedLayer,
    register: Register,
    feature: SelectedFeature,
) -> None:
    application = describe_application(0, layer, feature)
    address = request.build_absolute_uri(feature_page(layer.slug, feature.fid))
    received, decided = (
        _moment(feature.properties.get(name))
        for name in (register.received_on, register.decided_on)
    )
    facts = (application.reference, application.address, application.kind, application.outcome)
    feed.add_item(
        title=_clean(application.title),
        link=address,
        # Readers take it for HTML: what looks like some in the data stays as it is written.
        description=escape(_clean(" · ".join(fact for fact in facts if fact))),
        unique_id=address,
        unique_id_is_permalink=True,
        pubdate=received,
        # Atom wants one of each entry: without any day, that of the edition.
        updateddate=max((each for each in (received, decided) if each), default=layer.published_at),
    )


def _moment(value: Any) -> datetime | None:
    """Return the beginning of an ISO day in local time, None where it is not known to the day."""
    try:
        day = date.fromisoformat(str(value or "")[:10])
        return timezone.make_aware(datetime.combine(day, time.min))
    except (ValueError, OverflowError):
        return None


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
