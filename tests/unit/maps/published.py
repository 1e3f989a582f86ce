"""A published layer as the pages get it, without a database."""

from datetime import UTC, datetime
from typing import Any

from layers.query.registry import PublishedField, PublishedLayer


def make_published_field(name: str, type_: str = "text", unit: str = "") -> PublishedField:
    return PublishedField(
        name=name,
        title=name.replace("_", " ").capitalize(),
        description="",
        type=type_,
        unit=unit,
        is_queryable=False,
    )


def make_published_layer(slug: str = "schools", **changes: Any) -> PublishedLayer:
    described: dict[str, Any] = {
        "id": 1,
        "slug": slug,
        "title": slug.capitalize(),
        "description": "",
        "theme": "education",
        "theme_title": "Schools and learning",
        "geometry_type": "Point",
        "is_public": True,
        "is_service": False,
        "is_area": False,
        "is_constraint": False,
        "role": "",
        "has_stable_ids": True,
        "title_field": "name",
        "datetime_field": "",
        "facts": (),
        "opening_hours": {},
        "style": {"colour": "#1d70b8"},
        "keywords": (),
        "licence": "Open Government Licence v3.0",
        "licence_url": "",
        "attribution": "",
        "organisation": "Birmingham City Council",
        "source_url": "",
        "refresh_days": 30,
        "changed_at": datetime(2026, 5, 3, tzinfo=UTC),
        "checked_at": None,
        "failing_since": None,
        "edition_id": 1,
        "published_at": datetime(2026, 5, 3, 23, 30, tzinfo=UTC),
        "source": "schools.csv",
        "is_sample": False,
        "feature_count": 2,
        "quarantined_count": 0,
        "extent_4326": (-1.9, 52.4, -1.8, 52.5),
        "extent_27700": (406000.0, 280000.0, 413000.0, 291000.0),
        "fields": (make_published_field("urn"), make_published_field("name")),
    }
    return PublishedLayer(**{**described, **changes})
