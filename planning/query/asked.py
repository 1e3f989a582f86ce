"""Which edition of each layer answers: the one published now, or on a day that has been."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from django.db.models import Max
from django.utils import timezone

from layers.models import Act, Edition, SourceCheck
from planning.answer import Reason
from planning.query.layers import ConstraintLayer, EditionFacts, Known, edition_facts


# Told apart by which object it is: what a statement binds of it is kept with it.
@dataclass(frozen=True, eq=False)
class Asked:
    """A layer with the edition that is to answer, or why none can."""

    layer: ConstraintLayer
    edition: EditionFacts | None
    reason: Reason | None = None

    @cached_property
    def current_on(self) -> date | None:
        """The day on which the source was last known to say what the edition does."""
        return None if self.edition is None else timezone.localdate(self._current_at(self.edition))

    @cached_property
    def fresh_until(self) -> datetime | None:
        """When the edition gets too old; None: never."""
        most_days = self.layer.settings.max_age_days
        if most_days is None or self.edition is None:
            return None
        failing_since = self.layer.failing_since
        current_at = self._current_at(self.edition)
        oldest = current_at if failing_since is None else min(current_at, failing_since)
        return oldest + timedelta(days=most_days)

    def _current_at(self, edition: EditionFacts) -> datetime:
        published_at, checked_at = edition.published_at, self.layer.checked_at
        return published_at if checked_at is None else max(published_at, checked_at)


def asked_layers(
    known: Known, slugs: Collection[str] | None, moment: datetime | None
) -> tuple[Asked, ...]:
    """Return the layers, or those of some slugs, each with what of it is to answer.

    ``moment``: whose editions answer; None: those published now.
    """
    if moment is None:
        asked = _all_now(known)
        return asked if slugs is None else tuple(each for each in asked if each.layer.slug in slugs)
    layers = [each for each in known.layers if slugs is None or each.slug in slugs]
    return tuple(_at(layers, moment))


def end_of_day(day: date) -> datetime:
    """Return the moment at which a day ends by British clocks."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight)


@lru_cache(maxsize=2)
def _all_now(known: Known) -> tuple[Asked, ...]:
    return tuple(map(_now, known.layers))


def _now(layer: ConstraintLayer) -> Asked:
    if layer.published is not None:
        return Asked(layer, layer.published)
    return Asked(layer, None, Reason.WITHDRAWN if layer.was_published else Reason.NOT_PUBLISHED)


def _at(layers: list[ConstraintLayer], moment: datetime) -> list[Asked]:
    moves = (
        Act.objects.using("read")
        .filter(layer_id__in=[each.id for each in layers], verb__in=Act.MOVES, at__lt=moment)
        .order_by("layer_id", "-id")
        .distinct("layer_id")
    )
    last = {act.layer_id: act for act in moves}
    ids = [act.edition_id for act in last.values() if act.edition_id is not None]
    editions = Edition.objects.using("read").in_bulk(ids)
    checked = _last_checked(layers, moment)
    return [
        _as_moved(_as_checked(layer, checked, moment), last.get(layer.id), editions, moment)
        for layer in layers
    ]


def _last_checked(layers: list[ConstraintLayer], moment: datetime) -> dict[int, datetime]:
    checks = SourceCheck.objects.using("read").filter(
        layer_id__in=[each.id for each in layers], at__lt=moment
    )
    return dict(checks.values_list("layer_id").annotate(Max("at")).order_by())


def _as_checked(
    layer: ConstraintLayer, checked: Mapping[int, datetime], moment: datetime
) -> ConstraintLayer:
    """Return a layer with what was known by then of its source."""
    failing_since = layer.failing_since
    if failing_since is not None and failing_since >= moment:
        failing_since = None
    return replace(layer, checked_at=checked.get(layer.id), failing_since=failing_since)


def _as_moved(
    layer: ConstraintLayer, act: Act | None, editions: dict[int, Edition], moment: datetime
) -> Asked:
    """Return what a layer's last move before ``moment`` left to be seen."""
    if act is None:
        # Published before there was an audit trail.
        published = layer.published
        if published is not None and published.published_at < moment:
            return Asked(layer, published)
        return Asked(layer, None, Reason.NOT_PUBLISHED)
    if act.verb == Act.Verb.WITHDREW or act.edition_id is None:
        return Asked(layer, None, Reason.WITHDRAWN)
    edition = editions.get(act.edition_id)
    if edition is None:
        return Asked(layer, None, Reason.EDITION_NOT_KEPT)
    published_at = edition.published_at
    if published_at is None or published_at >= moment:
        published_at = act.at
    facts = edition_facts(edition, published_at)
    # What was taken back is shown to nobody, as it was then either.
    return Asked(layer, facts, Reason.WITHDRAWN if edition.withdrawn_at else None)
