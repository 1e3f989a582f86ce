"""What is being built near the place."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maps.my_area.asked import Asked
from maps.my_area.listing import next_symbol
from maps.my_area.section import ItemList, Section
from maps.planning_nearby import PlanningNearby, describe_planning


def describe_building(asked: Asked) -> Iterator[Section]:
    planning = describe_planning(
        asked.place, asked.standing.public, today=asked.today, numbers=asked.numbers
    )
    yield Section(
        anchor="planning",
        title=_("What is being built near here"),
        template="maps/my_area/_planning.html",
        sentences=tuple(_sentences(planning)),
        easy=tuple(_easy_lines(planning)),
        layers=(planning.layer,) if planning.layer else (),
        lists=_lists(planning, next_symbol(asked)),
        content=planning,
    )


def _lists(planning: PlanningNearby, symbol: int) -> tuple[ItemList, ...]:
    if planning.layer is None:
        return ()
    title = planning.layer.title
    return (ItemList("planning-list", title, symbol, planning.layer, planning.applications),)


def _sentences(planning: PlanningNearby) -> Iterator[str]:
    if planning.total:
        yield ngettext(
            "%(count)s planning application was received within %(radius)s in the last %(months)s "
            "months.",
            "%(count)s planning applications were received within %(radius)s in the last "
            "%(months)s months.",
            planning.total,
        ) % {"count": planning.total, "radius": planning.radius, "months": planning.months}


def _easy_lines(planning: PlanningNearby) -> Iterator[str]:
    if planning.layer is None:
        yield _("We do not know what is being built near here.")
        return
    yield from _sentences(planning)
    if not planning.total:
        yield _("Nobody has asked to build near here lately, as far as we know.")
    if planning.is_behind:
        yield _("Our list is old. There may be new plans that we do not know of.")
