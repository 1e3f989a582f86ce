"""Every layer at a glance: what is published, how fresh it is, what waits for somebody."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from importers.boundary import describe_missing_boundary
from importers.models import Decision, ImportRun
from layers.models import Edition, Layer, Organisation

_IN_HAND = (ImportRun.Outcome.QUEUED, ImportRun.Outcome.RUNNING)


@dataclass(frozen=True, slots=True)
class LayerState:
    """One layer with its freshness. ``due_on`` is the day by which it should be loaded again."""

    layer: Layer
    edition: Edition | None
    newest: ImportRun | None
    due_on: date | None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()


def layer_states() -> list[LayerState]:
    """Return every layer of the council, in page order."""
    newest = {
        run.layer_id: run
        for run in ImportRun.objects.order_by("layer_id", "-id").distinct("layer_id")
    }
    return [describe_layer(layer, newest.get(layer.pk)) for layer in council_layers()]


def council_layers() -> QuerySet[Layer]:
    return Layer.objects.filter(organisation__slug=settings.COUNCIL).select_related(
        "published_edition", "organisation"
    )


def missing_boundary() -> str:
    """Return what it does that the council's boundary is not published; empty if it is."""
    council = Organisation.objects.filter(slug=settings.COUNCIL).first()
    return describe_missing_boundary(council) if council else ""


def describe_layer(layer: Layer, newest: ImportRun | None) -> LayerState:
    edition = layer.published_edition
    return LayerState(layer, edition, newest, _due_on(layer, edition))


def waiting_runs() -> QuerySet[ImportRun]:
    """Return the imports whose editions wait for somebody to decide, oldest first."""
    return (
        ImportRun.objects.filter(
            outcome__in=(ImportRun.Outcome.STAGED, ImportRun.Outcome.STOPPED),
            edition__isnull=False,
            edition__published_at=None,
        )
        .select_related("layer", "edition")
        .order_by("id")
    )


def runs_in_hand() -> QuerySet[ImportRun]:
    """Return the imports that run or wait for their turn, oldest first."""
    return ImportRun.objects.filter(outcome__in=_IN_HAND).select_related("layer").order_by("id")


def decisions_in_hand() -> QuerySet[Decision]:
    """Return what people decided and the worker has not carried out, oldest first."""
    waiting = Decision.objects.filter(state=Decision.State.WAITING)
    return waiting.select_related("layer", "run").order_by("id")


def _due_on(layer: Layer, edition: Edition | None) -> date | None:
    if edition is None or edition.published_at is None or layer.refresh_days is None:
        return None
    since = max(filter(None, (edition.published_at, layer.checked_at)))
    return timezone.localdate(since) + timedelta(days=layer.refresh_days)
