"""What the council does not know: layers that people ask about and that have no edition."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from maps.my_area.asked import Asked
from maps.my_area.section import Section


def describe_unknown(asked: Asked) -> Iterator[Section]:
    titles = asked.standing.unpublished
    if titles:
        yield Section(
            anchor="not-known",
            title=_("What we cannot tell you"),
            template="maps/my_area/_unknown.html",
            easy=tuple(_("We do not have: %(title)s.") % {"title": title} for title in titles),
            content=titles,
        )
