"""A published layer as filters see it, without a database."""

from datetime import UTC, datetime

from layers.query.registry import PublishedField, PublishedLayer

TYPES = {
    "name": "text", "link": "url", "pupils": "integer", "height": "number", "open": "boolean",
    "built": "date", "seen": "datetime",
}  # fmt: skip


def published_layer(geometry_type: str = "Point") -> PublishedLayer:
    """Return a layer with a queryable of each type, and `note`, which is none."""
    fields = [PublishedField(name, name, "", type_, "", True) for name, type_ in TYPES.items()]
    moment = datetime(2026, 4, 1, tzinfo=UTC)
    return PublishedLayer(
        id=1, slug="schools", title="Schools", description="", theme="", theme_title="",
        geometry_type=geometry_type, is_public=True, is_service=False, is_area=False,
        is_constraint=False, role="", title_field="name", datetime_field="", style={},
        keywords=(), licence="", licence_url="", attribution="", organisation="", source_url="",
        refresh_days=None, changed_at=moment, checked_at=None, failing_since=None, edition_id=1,
        published_at=moment, source="", is_sample=False, feature_count=0, quarantined_count=0,
        extent_4326=None, extent_27700=None,
        fields=(*fields, PublishedField("note", "note", "", "text", "", False)),
    )  # fmt: skip
