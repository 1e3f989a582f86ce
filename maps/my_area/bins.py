"""Which day each bin goes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from maps.bins import BinDay, BinsSection, describe_bins
from maps.my_area.asked import Asked
from maps.my_area.section import Section


def describe_collections(asked: Asked) -> Iterator[Section]:
    bins = describe_bins(asked.place, asked.today)
    layers = {layer.slug: layer for layer in asked.standing.layers}
    yield Section(
        anchor="bins",
        title=_("Bin collections"),
        template="maps/my_area/_bins.html",
        sentences=(bins.sentence,) if bins.sentence else (),
        easy=tuple(_easy_lines(bins)),
        layers=tuple(layers[slug] for slug in bins.layers if slug in layers),
        content=bins,
    )


def _easy_lines(bins: BinsSection) -> Iterator[str]:
    for notice in bins.notices:
        yield notice.title
        yield notice.text
    if bins.not_known:
        yield bins.not_known
    for day in bins.days:
        yield from _easy_day(day)
    yield from bins.gaps


def _easy_day(day: BinDay) -> Iterator[str]:
    words = {"service": day.service, "day": day.day}
    if day.is_suspended:
        yield _("%(service)s: nobody will take it on %(day)s.") % words
    else:
        yield _("%(service)s: %(day)s.") % words
    if day.change:
        yield day.change
    if day.put_out and not day.is_suspended:
        yield day.put_out
