"""Write a map of some layers as one file that needs nothing else."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from layers.errors import FilterInvalid, NotFound, ValuesUnfit
from layers.query.registry import PublishedLayer, find_layer

_MEGABYTE = 1_000_000
_USUAL_MB = 20


class Command(BaseCommand):
    help = "Write public layers as one HTML file with a map: no request leaves it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "layers", nargs="+", metavar="LAYER", help="such as wards; the first lies on top"
        )
        parser.add_argument("--output", type=Path, help="where to write it, else <LAYER>.html here")
        parser.add_argument("--where", default="", help="CQL2 that features of every layer fulfil")
        parser.add_argument("--title", default="", help="the map's title, else the layers' titles")
        parser.add_argument(
            "--most-mb", type=float, default=_USUAL_MB, help="how much data to hold at most"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Importing folium takes half a second and 30 MB: only who exports pays.
        from maps.folium_page.exported_map import write_map

        layers = [_find(slug) for slug in dict.fromkeys(options["layers"])]
        read = _read(layers, options["where"], options["most_mb"])
        title = options["title"] or ", ".join(layer.title for layer in layers)
        output = options["output"] or Path(f"{layers[0].slug}.html")
        try:
            output.write_text(write_map(read, title), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"The map was not written: {error}", returncode=2) from error
        count = sum(each.count for each in read)
        size_mb = output.stat().st_size / _MEGABYTE
        self.stdout.write(f"{output}: {count:,} features of {len(read)} layers, {size_mb:.1f} MB")
        if not count:
            self.stderr.write("The map shows nothing: no feature fulfils --where.")


def _find(slug: str) -> PublishedLayer:
    try:
        return find_layer(slug)
    except NotFound as error:
        raise CommandError(f"{error} list_layers says which there are.", returncode=2) from error


def _read(layers: list[PublishedLayer], where: str, most_mb: float) -> list[Any]:
    from maps.folium_page.exported_layer import MapTooLarge, read_layer

    found, left = [], int(most_mb * _MEGABYTE)
    for layer in layers:
        try:
            found.append(read_layer(layer, where, most_bytes=left))
        except (FilterInvalid, ValuesUnfit) as error:
            raise CommandError(f"{layer.slug}: {error}", returncode=2) from error
        except MapTooLarge as error:
            raise CommandError(str(error), returncode=1) from error
        left -= len(found[-1].features)
    return found
