"""Planning applications near a place: what is being built, where, and what was decided."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gazetteer.query import Place
from layers.query.found import FoundFeature
from layers.query.recent import recent_features
from layers.query.registry import PublishedLayer
from layers.query.selected import SelectedFeature
from maps.distances import describe_length
from maps.field_values import FieldValue, describe_field
from planning.applications.register import ROLE

RADII_M = (250, 500, 1000, 2000)
PERIODS_MONTHS = (3, 6, 12, 36)
USUAL_RADIUS_M = 500
USUAL_MONTHS = 12
SHOWN_AT_FIRST = 5
_DECIDED = ("decided", "determined")
# A council of a million people receives some every working day; a month without is no month.
STALE_AFTER = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class PlanningApplication:
    """One application in the list and on the map, under one number.

    ``received_on`` is in words, and so is ``outcome``: what was decided and when, or that
    nothing is yet; both are empty where the source does not say. ``case_page`` is the
    council's own page of the case, or empty.
    """

    number: int
    fid: str
    title: str
    reference: str
    address: str
    kind: str
    received_on: str
    outcome: str
    distance: str
    case_page: str
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class PlanningNearby:
    """What is known of planning applications near a place since a day.

    ``layer`` is None where the council publishes none here: nothing is known then, and
    ``total`` of 0 says nothing. ``total`` counts all of them, ``applications`` are the latest.
    ``latest_on`` is the last day that any application of the layer was received on, and
    ``is_behind`` whether that is so long ago that newer ones must be missing.
    """

    place: Place
    layer: PublishedLayer | None
    radius_m: int
    months: int
    since: date
    total: int = 0
    applications: tuple[PlanningApplication, ...] = ()
    latest_on: date | None = None
    is_behind: bool = False

    @property
    def radius(self) -> str:
        return describe_length(self.radius_m)


def describe_planning(
    place: Place,
    layers: Mapping[str, PublishedLayer],
    *,
    radius_m: int = USUAL_RADIUS_M,
    months: int = USUAL_MONTHS,
    today: date | None = None,
    shown: int = SHOWN_AT_FIRST,
    numbers: Iterator[int] | None = None,
) -> PlanningNearby:
    """Return the applications within ``radius_m`` of ``place``, of the last ``months``.

    The ``shown`` latest come with it, numbered by ``numbers`` as the map of a page wants them.
    """
    today = today or timezone.localdate()
    since = months_before(today, months)
    layer = find_planning_layer(layers)
    if layer is None:
        return PlanningNearby(place, None, radius_m, months, since)
    found = recent_features(
        layer,
        place.easting,
        place.northing,
        within_m=radius_m,
        since=since,
        until=today,
        limit=shown,
    )
    numbers = numbers or count(1)
    return PlanningNearby(
        place=place,
        layer=layer,
        radius_m=radius_m,
        months=months,
        since=since,
        total=found.count,
        applications=tuple(
            describe_application(number, layer, feature)
            for feature, number in zip(
                found.features, islice(numbers, len(found.features)), strict=True
            )
        ),
        latest_on=found.latest_on,
        is_behind=found.latest_on is None or today - found.latest_on > STALE_AFTER,
    )


def find_planning_layer(layers: Mapping[str, PublishedLayer]) -> PublishedLayer | None:
    """Return the public layer of applications, if its applications bear a date."""
    return next(
        (layer for layer in layers.values() if layer.role == ROLE and layer.datetime_field), None
    )


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def describe_application(
    number: int, layer: PublishedLayer, feature: FoundFeature | SelectedFeature
) -> PlanningApplication:
    """Return what a list and a map say of one application; a distance only where one is known."""
    values = _describe_values(layer, feature.properties)
    received = values.get(layer.datetime_field)
    page = values.get("web_page")
    return PlanningApplication(
        number=number,
        fid=feature.fid,
        title=feature.title,
        reference=_text(values, "reference"),
        address=_text(values, "address"),
        kind=_text(values, "type"),
        received_on=received.text if received else "",
        outcome=_describe_outcome(values),
        distance="" if feature.distance_m is None else describe_length(feature.distance_m),
        case_page=page.href if page else "",
        longitude=feature.longitude,
        latitude=feature.latitude,
    )


def _describe_values(layer: PublishedLayer, properties: Mapping[str, Any]) -> dict[str, FieldValue]:
    """Return the public values by field name: an agent or applicant is never among them."""
    return {field.name: describe_field(field, properties) for field in layer.fields}


def _text(values: Mapping[str, FieldValue], name: str) -> str:
    return values[name].text if name in values else ""


def _describe_outcome(values: Mapping[str, FieldValue]) -> str:
    decision, decided_on = _text(values, "decision"), _text(values, "decided_on")
    if decision and decided_on:
        return _("%(decision)s on %(day)s") % {"decision": decision, "day": decided_on}
    if decision:
        return decision
    status = _text(values, "status")
    if status.strip().lower() in _DECIDED:
        return _("Decided; our data does not say how")
    return describe_status(status)


def describe_status(status: str) -> str:
    """Return a status of the LGA's or the Planning Data platform's lists in words."""
    words = {
        "live": _("Waiting for a decision"),
        "registered": _("Waiting for a decision"),
        "in assessment": _("Waiting for a decision"),
        "undetermined": _("Waiting for a decision"),
        "withdrawn": _("Withdrawn"),
        "decided": _("Decided"),
        "determined": _("Decided"),
        "appeal": _("Under appeal"),
        "invalid": _("Not valid"),
    }
    return words.get(status.strip().lower(), status)
