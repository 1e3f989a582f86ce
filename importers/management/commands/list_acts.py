"""Who did what to the layers, when and why."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Column, Table

from importers.management.layers import find_layer
from importers.words import printable
from layers.models import Act

_WIDTH_OF_A_FILE = 160


class Command(BaseCommand):
    help = "List who did what to a layer, or to every one, newest first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("layer", nargs="?", help="the layer's name, such as schools")
        parser.add_argument("--last", type=int, default=50, help="how many acts; 50 if left out")
        parser.add_argument("--json", action="store_true", help="every act as a line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        acts = Act.objects.select_related("layer")
        if options["layer"]:
            acts = acts.filter(layer=find_layer(options["layer"]))
        if options["json"]:
            for act in acts.iterator():
                self.stdout.write(json.dumps(_as_json(act), ensure_ascii=False))
        else:
            self._show(list(acts[: options["last"]]))

    def _show(self, acts: list[Act]) -> None:
        when, layer = Column("When", no_wrap=True), Column("Layer", no_wrap=True)
        table = Table(when, layer, "What", "Edition", "Who", "Why")
        for act in acts:
            table.add_row(*(printable(cell) for cell in _in_words(act)))
        console = Console()
        (console if console.is_terminal else Console(width=_WIDTH_OF_A_FILE)).print(table)


def _in_words(act: Act) -> tuple[str, ...]:
    edition = act.edition_id or act.previous_id
    return (
        f"{timezone.localtime(act.at):%d %b %Y %H:%M:%S}",
        act.layer.slug,
        act.get_verb_display(),
        str(edition) if edition else "–",
        act.actor,
        act.reason,
    )


def _as_json(act: Act) -> dict[str, object]:
    return {
        "id": act.pk,
        "at": act.at.isoformat(),
        "layer": act.layer.slug,
        "verb": act.verb,
        "actor": act.actor,
        "edition": act.edition_id,
        "previous_edition": act.previous_id,
        "run": act.run_id,
        "reason": act.reason,
    }
