"""Which map lies under every other: our own layers', somebody else's pictures, or none."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from config import environment as env
from config.environment import SettingInvalid

_CHOICES = ("own", "os-maps", "xyz", "none")
_OS_MAPS = "https://api.os.uk/maps/raster/v1/zxy/{style}_3857/{{z}}/{{x}}/{{y}}.png?key={key}"
_OS_STYLES = ("Light", "Road", "Outdoor")
_OS_ATTRIBUTION = "Contains OS data © Crown copyright and database right 2026."
_OS_MIN_ZOOM, _OS_MAX_ZOOM = 7, 20
# What a plan without premium data answers; beyond, its pictures are enlarged.
_OS_OPEN_MAX_ZOOM = 16
_PLACES = ("{z}", "{x}", "{y}")
_OSM_MAX_ZOOM = 19


@dataclass(frozen=True, slots=True)
class PictureTiles:
    """Pictures of 256 pixels in Web Mercator that another host serves.

    ``url`` has {z}, {x} and {y}; scripts see it whole, with any key. ``max_zoom`` is the last that
    there are pictures of.
    """

    url: str
    attribution: str
    min_zoom: int
    max_zoom: int

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a Content-Security-Policy names them."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def read_basemap() -> PictureTiles | None | str:
    """Return the pictures that the environment names, "own" for our layers, or None for nothing.

    Raises
    ------
    SettingInvalid
        The choice is not one, or what it needs is missing or wrong.
    """
    choice = env.read_text("BASEMAP", "own")
    if choice not in _CHOICES:
        raise SettingInvalid(f"BASEMAP={choice!r} is none of {', '.join(_CHOICES)}.")
    if choice == "os-maps":
        return _os_maps()
    if choice == "xyz":
        return _xyz()
    return None if choice == "none" else "own"


def _os_maps() -> PictureTiles:
    key = env.read_text("OS_MAPS_API_KEY")
    style = env.read_text("OS_MAPS_STYLE", _OS_STYLES[0])
    if style not in _OS_STYLES:
        raise SettingInvalid(f"OS_MAPS_STYLE={style!r} is none of {', '.join(_OS_STYLES)}.")
    return PictureTiles(
        url=_OS_MAPS.format(style=style, key=quote(key, safe="")),
        attribution=env.read_text("BASEMAP_ATTRIBUTION", _OS_ATTRIBUTION),
        min_zoom=_OS_MIN_ZOOM,
        max_zoom=_max_zoom(_OS_OPEN_MAX_ZOOM, at_most=_OS_MAX_ZOOM),
    )


def _xyz() -> PictureTiles:
    url = env.read_https_address("BASEMAP_URL")
    missing = [place for place in _PLACES if place not in url]
    if not url or missing:
        raise SettingInvalid(
            "BASEMAP_URL needs an address such as https://tiles.example/{z}/{x}/{y}.png; "
            f"{', '.join(missing)} is missing in it."
        )
    netloc = urlsplit(url).netloc
    if not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?", netloc):
        raise SettingInvalid(
            "BASEMAP_URL must name one host, without a user, {s} or *: pages allow that host alone."
        )
    # Leaflet stops the script of the page at one that it has no value for.
    unknown = sorted(set(re.findall(r"\{[^{}]*\}?", url)) - {*_PLACES, "{r}"})
    if unknown:
        raise SettingInvalid(
            f"BASEMAP_URL has {', '.join(unknown)}, which stands for nothing: write a key as it is."
        )
    return PictureTiles(
        url=url,
        attribution=env.read_text("BASEMAP_ATTRIBUTION"),
        min_zoom=0,
        max_zoom=_max_zoom(_OSM_MAX_ZOOM, at_most=22),
    )


def _max_zoom(usual: int, *, at_most: int) -> int:
    zoom = env.read_integer("BASEMAP_MAX_ZOOM", usual)
    if not 1 <= zoom <= at_most:
        raise SettingInvalid(f"BASEMAP_MAX_ZOOM={zoom} is not between 1 and {at_most}.")
    return zoom
