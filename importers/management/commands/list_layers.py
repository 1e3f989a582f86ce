"""What is published, and how fresh it is."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.table import Column, Table

from layers.models import Layer

_WIDTH_OF_A_FILE = 120


class Command(BaseCommand):
    help = "List the layers: what is published, since when, and when it is due again."

    def handle(self, *args: Any, **options: Any) -> None:
        # Whole, however narrow the window: the name is what other commands are given.
        name = Column("Layer", no_wrap=True)
        table = Table(name, "Features", "Kept out", "Edition", "Published", "Due")
        for layer in Layer.objects.select_related("published_edition"):
            table.add_row(layer.slug, *_freshness(layer))
        console = Console()
        (console if console.is_terminal else Console(width=_WIDTH_OF_A_FILE)).print(table)


def _freshness(layer: Layer) -> tuple[str, str, str, str, str]:
    edition = layer.published_edition
    if edition is None or edition.published_at is None:
        return "–", "–", "–", "nothing published", "now"
    published = timezone.localtime(edition.published_at)
    sample = " (made up)" if edition.is_sample else ""
    return (
        f"{edition.feature_count:,}",
        f"{edition.quarantined_count:,}",
        str(edition.pk),
        f"{published:%d %b %Y %H:%M}{sample}",
        _due(layer, (timezone.now() - edition.published_at).days),
    )


def _due(layer: Layer, age_days: int) -> str:
    if layer.refresh_days is None:
        return "when it changes"
    days = layer.refresh_days - age_days
    return f"in {days} days" if days > 0 else f"{-days} days ago"
