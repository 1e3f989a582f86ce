"""The coordinate reference systems that features are given in, and boxes are taken in."""

import re
from dataclasses import dataclass

_PREFIX = "http://www.opengis.net/def/crs"
# Debian's PROJ has no OSTN15 grid, so nothing here changes datum: metres of the National Grid
# come from their own column, and what is transformed stays on WGS 84.
# The 0: no `crs` member, which ST_AsGeoJSON writes for everything but EPSG:4326.
_DEGREE_DECIMALS, _METRE_DECIMALS = 7, 3


@dataclass(frozen=True, slots=True)
class ReferenceSystem:
    """A CRS by which features can be asked for.

    ``geojson`` is SQL that gives the geometry of a row as GeoJSON text, in the CRS and in
    its own axis order, from ``column``. ``short`` are other names that mean it and nothing
    else. ``axes`` are the names of its axes, first and second. ``urn`` names a system of metres
    to readers of GeoJSON; empty for degrees.
    """

    uri: str
    title: str
    axes: tuple[str, str]
    column: str
    geojson: str
    short: tuple[str, ...]
    urn: str = ""

    @property
    def is_latitude_first(self) -> bool:
        """Whether y comes before x."""
        return self.axes[0] == "latitude"

    @property
    def geojson_member(self) -> bytes:
        """The member of GeoJSON that says the system, with a comma before it, or nothing.

        RFC 7946 has no such member any more, and `Content-Crs` is what OGC API goes by; GDAL,
        QGIS and geopandas read this one, and without it take metres for degrees. With latitude
        first they would not change the order for it, so that goes without.
        """
        if not self.urn:
            return b""
        return f',"crs":{{"type":"name","properties":{{"name":"{self.urn}"}}}}'.encode()


CRS84 = ReferenceSystem(
    uri=f"{_PREFIX}/OGC/1.3/CRS84",
    title="WGS 84, longitude before latitude",
    axes=("longitude", "latitude"),
    column="geom_4326",
    geojson=f"ST_AsGeoJSON(geom_4326, {_DEGREE_DECIMALS})",
    short=("CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84"),
)
# "EPSG:4326" without more is none of its names: half of the world means longitude first by it.
EPSG_4326 = ReferenceSystem(
    uri=f"{_PREFIX}/EPSG/0/4326",
    title="WGS 84, latitude before longitude",
    axes=("latitude", "longitude"),
    column="geom_4326",
    geojson=f"ST_AsGeoJSON(ST_FlipCoordinates(geom_4326), {_DEGREE_DECIMALS})",
    short=("urn:ogc:def:crs:EPSG::4326",),
)
EPSG_27700 = ReferenceSystem(
    uri=f"{_PREFIX}/EPSG/0/27700",
    title="OSGB36 / British National Grid, metres",
    axes=("easting", "northing"),
    column="geom_27700",
    geojson=f"ST_AsGeoJSON(geom_27700, {_METRE_DECIMALS}, 0)",
    short=("EPSG:27700", "urn:ogc:def:crs:EPSG::27700"),
    urn="urn:ogc:def:crs:EPSG::27700",
)
EPSG_3857 = ReferenceSystem(
    uri=f"{_PREFIX}/EPSG/0/3857",
    title="Web Mercator, metres at the equator",
    axes=("x", "y"),
    column="geom_4326",
    geojson=f"ST_AsGeoJSON(ST_Transform(geom_4326, 3857), {_METRE_DECIMALS}, 0)",
    short=("EPSG:3857", "urn:ogc:def:crs:EPSG::3857"),
    urn="urn:ogc:def:crs:EPSG::3857",
)
SUPPORTED = (CRS84, EPSG_4326, EPSG_27700, EPSG_3857)
# Both are stored. GDAL gives a layer in the one that is named; were that metres, whoever wants
# degrees would shift them by PROJ: see docs/adr.
STORED = CRS84

# A safe CURIE (OGC API - Common): the brackets say that it is a name and no address.
_CURIE = re.compile(r"\[(OGC|EPSG):(\w+)\]", re.ASCII)
_BY_NAME = {name.lower(): one for one in SUPPORTED for name in (one.uri, *one.short)}


def find_reference_system(name: str) -> ReferenceSystem | None:
    """Return the CRS of that name, or None. Nothing is fetched: names are looked up here.

    Parameters
    ----------
    name
        Its URI, whatever the case and with http or https; its URN; a safe CURIE such as
        ``[EPSG:27700]``; or a short form such as ``EPSG:27700``, where that says all.
    """
    curie = _CURIE.fullmatch(name)
    if curie:
        authority, code = curie.groups()
        name = f"{_PREFIX}/{authority}/{'1.3' if authority == 'OGC' else '0'}/{code}"
    return _BY_NAME.get(re.sub(r"^https://", "http://", name.lower()))
