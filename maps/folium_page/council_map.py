"""Folium's map and figure without its links to other hosts, inline styles and inline data."""

from typing import Any

import folium
from branca.element import Figure, MacroElement
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from folium.template import Template


class CouncilFigure(Figure):
    """The page around the map: a Django template, which alone sets the script's nonce.

    A nonce put in afterwards, by searching the finished page for scripts, would
    bless a script that came from data.
    """

    def __init__(self, page_template: str, context: dict[str, Any], request: HttpRequest) -> None:
        super().__init__()
        self._page_template = page_template
        self._context = context
        self._request = request

    def render(self, **kwargs: Any) -> str:
        for child in self._children.values():
            child.render(**kwargs)
        # What folium wrote is from the templates below, where every value is escaped JSON.
        parts = {
            "figure_header": mark_safe(self.header.render(**kwargs)),
            "figure_html": mark_safe(self.html.render(**kwargs)),
            "figure_script": mark_safe(self.script.render(**kwargs)),
        }
        return render_to_string(self._page_template, {**self._context, **parts}, self._request)


class CouncilMap(folium.Map):
    """A folium map with the service's own scripts and style sheets and no tiles."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map map-block__canvas" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, extent_4326: tuple[float, float, float, float]) -> None:
        west, south, east, north = extent_4326
        super().__init__(
            location=((south + north) / 2, (west + east) / 2),
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            scroll_wheel_zoom=False,
            zoom_snap=0.25,
        )
        self.default_js = [("embed", static("embed.js"))]
        self.default_css = [("app", static("app.css")), ("map", static("map.css"))]


class FeaturesByUrl(MacroElement):
    """A layer drawn from the public API, a view at a time; `folium.GeoJson` would inline it all."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            councilMaps.drawLayer({{ this._parent.get_name() }}, {{ this.settings|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()
        self._name = "FeaturesByUrl"
        self.settings = settings
