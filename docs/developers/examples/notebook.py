"""Read a layer of a Council Maps service with geopandas, and show it with folium.

It needs geopandas, folium and the address of the service. Copy it beside your notebook.
"""

import json
from html import escape
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import folium
import geopandas

_PAGE = 1000
# What a frame remembers of the service that it was read from.
_SERVICE = "council-maps-service"


def read_layer(service: str, layer: str, **parameters: str) -> geopandas.GeoDataFrame:
    """Return the features of a layer, in longitude and latitude (EPSG:4326).

    Parameters
    ----------
    service
        The address of the service, such as https://maps.example.gov.uk
    layer
        Its name there, such as wards. {service}/layers/ has them all.
    parameters
        Any of the API's, such as ``filter="status = 'live'"`` or ``bbox="-1.9,52.4,-1.8,52.5"``.
    """
    query = {"f": "json", "limit": str(_PAGE), **parameters}
    return _read_pages(service, f"/api/collections/{layer}/items?{urlencode(query)}")


def read_applications(service: str, **search: str) -> geopandas.GeoDataFrame:
    """Return the planning applications of a search, as its page's address says it.

    Such as ``q="extension"``, ``status="live"``, ``received="month"``, ``ward="E05011118"``.
    """
    return _read_pages(service, f"/planning/applications.geojson?{urlencode(search)}")


def show(features: geopandas.GeoDataFrame, service: str = "", **style: str) -> folium.Map:
    """Return a map of some features; a notebook shows it. Popups say their fields as text.

    Leaflet comes from the service that the features were read from: name it where a frame has
    forgotten that. There is no basemap, so that nobody else learns what you look at: give
    ``tiles`` to have one.
    """
    if features.empty:
        raise ValueError("There is nothing to show: no feature was found.")
    service = (service or features.attrs.get(_SERVICE, "")).rstrip("/")
    if not service:
        raise ValueError("Say whose Leaflet to use: show(…, service='https://maps.example.gov.uk')")
    west, south, east, north = features.total_bounds
    web_map = folium.Map(tiles=style.pop("tiles", None))
    # Instead of folium's own, which are on four other hosts.
    web_map.default_js = [("leaflet", f"{service}/static/exported.js")]
    web_map.default_css = [("leaflet_css", f"{service}/static/exported.css")]
    names = [name for name in features.columns if name != features.geometry.name]
    drawn = features.copy()
    # folium puts values into the page as they are; as text, and escaped, they stay words.
    for name in names:
        drawn[name] = drawn[name].map(_as_text)
    colour = style.get("colour", "#1d70b8")
    folium.GeoJson(
        drawn,
        style_function=lambda _feature: {"color": colour, "weight": 2, "fillOpacity": 0.3},
        marker=folium.CircleMarker(radius=5, color=colour, fill=True),
        popup=folium.GeoJsonPopup(fields=names) if names else None,
    ).add_to(web_map)
    web_map.fit_bounds([[south, west], [north, east]])
    return web_map


def _read_pages(service: str, path: str) -> geopandas.GeoDataFrame:
    service = service.rstrip("/")
    features = []
    following: str | None = service + path
    while following:
        page = _read_json(following)
        features += page["features"]
        following = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    if features:
        frame = geopandas.GeoDataFrame.from_features(features, crs="EPSG:4326")
    else:
        frame = geopandas.GeoDataFrame(geometry=[], crs="EPSG:4326")
    frame.attrs[_SERVICE] = service
    return frame


def _read_json(address: str) -> dict[str, Any]:
    if not address.startswith(("https://", "http://")):
        raise ValueError(f"{address} is not the address of a service.")
    try:
        with urlopen(address, timeout=60) as answer:
            page: dict[str, Any] = json.load(answer)
            return page
    except HTTPError as error:
        # The service says what is wrong with a question, and what to do.
        raise ValueError(f"{address}: {error.read().decode(errors='replace')}") from error


def _as_text(value: Any) -> str:
    return "" if value is None or value != value else escape(str(value)).replace("`", "&#96;")
