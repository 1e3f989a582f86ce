"""Catalogue entries for tests: complete by themselves, each part replaceable."""

from typing import Any

from importers.catalogue.entries import (
    Catalogue,
    ChecksEntry,
    CoordinateColumns,
    CouncilEntry,
    FieldEntry,
    FieldType,
    LayerEntry,
    SourceEntry,
)
from importers.catalogue.style_entry import StyleEntry

# 10 km by 10 km in EPSG:27700, around Birmingham.
EXTENT_27700 = (400_000.0, 280_000.0, 410_000.0, 290_000.0)
EASTING_NORTHING = CoordinateColumns("Easting", "Northing", "EPSG:27700")
LONGITUDE_LATITUDE = CoordinateColumns("Longitude", "Latitude", "EPSG:4326")


def council_entry(**parts: Any) -> CouncilEntry:
    """Return Smallville, whose extent is `EXTENT_27700`."""
    defaults: dict[str, Any] = {
        "slug": "smallville",
        "name": "Smallville Council",
        "gss_code": "E07000001",
        "website": "https://smallville.example.org/",
        "extent_27700": EXTENT_27700,
        "brand": {"service_name": "Smallville Maps", "place": "Smallville"},
    }
    return CouncilEntry(**(defaults | parts))


def field_entry(name: str, type_: FieldType = "text", **parts: Any) -> FieldEntry:
    """Return a field that is read from the column of its own name."""
    defaults: dict[str, Any] = {"title": name.capitalize(), "source": (name,)}
    return FieldEntry(name=name, type=type_, **(defaults | parts))


def source_entry(**parts: Any) -> SourceEntry:
    """Return a source that is a CSV of eastings and northings, or what ``parts`` make of it."""
    defaults: dict[str, Any] = {
        "url": "https://smallville.example.org/data",
        "fetch_by_hand": "Ask the officer.",
        "driver": "CSV",
        "crs": None,
        "encoding": None,
        "has_header": True,
        "columns": (),
        "coordinates": (EASTING_NORTHING,),
        "table": None,
    }
    return SourceEntry(**(defaults | parts))


def layer_entry(**parts: Any) -> LayerEntry:
    """Return a layer of points with a reference, a name and a height."""
    defaults: dict[str, Any] = {
        "slug": "trees",
        "title": "Trees",
        "description": "Trees that the council looks after.",
        "theme": "environment",
        "geometry_type": "Point",
        "source": source_entry(),
        "fields": (
            field_entry("ref", required=True, queryable=True),
            field_entry("name"),
            field_entry("height_m", "number", title="Height"),
        ),
        "key": ("ref",),
        "title_field": "name",
        "licence": "Open Government Licence v3.0",
        "attribution": "© Smallville Council.",
        "digest": "d" * 64,
        "checks": ChecksEntry(max_quarantined_share=1.0, min_rows=0),
        "style": StyleEntry(colour="#1b5e20"),
    }
    return LayerEntry(**(defaults | parts))


def catalogue(*layers: LayerEntry) -> Catalogue:
    """Return Smallville's catalogue of these layers."""
    return Catalogue(council_entry(), {layer.slug: layer for layer in layers})
