"""What is published, and how fresh it is."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Column, Table

from importers.boundary import describe_missing_boundary
from importers.refresh.due import last_checked_at
from layers.models import Layer, Organisation

_WIDTH_OF_A_FILE = 150


class Command(BaseCommand):
    help = (
        "List the layers: what is published and since when, when its source was last read to the "
        "end, when it is due again, since when that fails, and what is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="write the list as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        layers = Layer.objects.select_related("published_edition")
        if options["json"]:
            listed = {"layers": [_as_json(layer) for layer in layers], "notes": _notes()}
            self.stdout.write(json.dumps(listed, ensure_ascii=False))
            return
        # Whole, however narrow the window: the name is what other commands are given.
        name = Column("Layer", no_wrap=True)
        columns = (
            "Features",
            "Kept out",
            "Edition",
            "Published",
            "Checked",
            "Due",
            "Failing since",
        )
        table = Table(name, *columns)
        for layer in layers:
            table.add_row(layer.slug, *_freshness(layer))
        console = Console()
        (console if console.is_terminal else Console(width=_WIDTH_OF_A_FILE)).print(table)
        for note in _notes():
            self.stdout.write(f"Note: {note}")


def _notes() -> list[str]:
    """Return what operators should know of what is published."""
    notes = (describe_missing_boundary(council) for council in Organisation.objects.order_by("pk"))
    return [note for note in notes if note]


def _freshness(layer: Layer) -> tuple[str, ...]:
    edition = layer.published_edition
    failing = _moment(layer.failing_since)
    if edition is None or edition.published_at is None:
        return "–", "–", "–", "nothing published", _moment(layer.checked_at), "now", failing
    sample = " (made up)" if edition.is_sample else ""
    return (
        f"{edition.feature_count:,}",
        f"{edition.quarantined_count:,}",
        str(edition.pk),
        f"{_moment(edition.published_at)}{sample}",
        _moment(layer.checked_at),
        _due(layer),
        failing,
    )


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d %b %Y %H:%M}" if at else "–"


def _due_at(layer: Layer) -> datetime | None:
    since = last_checked_at(layer)
    if layer.refresh_days is None or since is None:
        return None
    return since + timedelta(days=layer.refresh_days)


def _due(layer: Layer) -> str:
    due_at = _due_at(layer)
    if due_at is None:
        return "when it changes"
    days = (timezone.localdate(due_at) - timezone.localdate()).days
    if days == 0:
        return "today"
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def _as_json(layer: Layer) -> dict[str, Any]:
    edition = layer.published_edition
    due_at = _due_at(layer)
    return {
        "layer": layer.slug,
        "edition": edition.pk if edition else None,
        "features": edition.feature_count if edition else 0,
        "quarantined": edition.quarantined_count if edition else 0,
        "made_up": edition.is_sample if edition else False,
        "published_at": _iso(edition.published_at if edition else None),
        "checked_at": _iso(layer.checked_at),
        "due_on": timezone.localdate(due_at).isoformat() if due_at else None,
        "failing_since": _iso(layer.failing_since),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
