"""A map in one file: it asks nobody for anything, and can be mailed, archived and opened."""

from collections.abc import Sequence
from typing import Any

from branca.element import Figure, MacroElement
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from folium.template import Template

from maps.backdrop import box_around
from maps.folium_page.council_map import CouncilMap
from maps.folium_page.exported_layer import ExportedLayer
from maps.folium_page.inlined import (
    Inlined,
    built_file,
    data_as_json,
    inlined_script,
    inlined_style,
)

_GREAT_BRITAIN = (-6.4, 49.9, 1.8, 58.7)


class FeaturesInPage(MacroElement):
    """Layers drawn from the data that the page itself holds."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            councilMaps.drawExported({{ this._parent.get_name() }}, {{ this.settings|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()
        self._name = "FeaturesInPage"
        self.settings = settings


def write_map(layers: Sequence[ExportedLayer], title: str) -> str:
    """Return the page of a map, with its layers drawn in their order: the first lies on top."""
    names = [f"data-{place}" for place in range(len(layers))]
    box = box_around(*(each.layer.extent_4326 for each in layers)) or _GREAT_BRITAIN
    parts = _parts_of_folium(
        {
            "label": _("Map of %(title)s. Arrow keys move it; plus and minus zoom.")
            % {"title": title},
            "box": list(box),
            "layers": [each.settings(name) for each, name in zip(layers, names, strict=True)],
            "texts": {
                "shown": _("Features on the map: {count}."),
                "nearer": _("Nothing is drawn this far out: zoom in."),
                "nothing": _("Nothing is on the map: every layer is switched off."),
            },
        },
        box,
    )
    library, style = inlined_script(built_file("exported.js")), _style()
    context = {
        "title": title,
        "layers": list(zip(layers, names, strict=True)),
        "data": [
            (name, data_as_json(each.features)) for each, name in zip(layers, names, strict=True)
        ],
        "library": library,
        "style": style,
        "made_on": timezone.localdate(),
        "is_made_up": any(each.layer.is_sample for each in layers),
        "policy": _policy((library, parts["script"]), style),
        **parts,
    }
    return render_to_string("maps/exported_map.html", context)


def _parts_of_folium(
    settings: dict[str, Any], box: tuple[float, float, float, float]
) -> dict[str, Any]:
    figure, web_map = Figure(), CouncilMap(box)
    web_map.add_child(FeaturesInPage(settings))
    figure.add_child(web_map)
    for child in figure._children.values():
        child.render()
    return {
        "canvas": inlined_script(figure.html.render()).text,
        "script": inlined_script(figure.script.render()),
    }


def _style() -> Inlined:
    return inlined_style(built_file("exported.css"))


def _policy(scripts: Sequence[Inlined], style: Inlined) -> str:
    """Whatever the data holds, only our own scripts run, and nothing is fetched."""
    sources = " ".join(script.source for script in scripts)
    return f"default-src 'none'; script-src {sources}; style-src {style.source}; img-src data:"
