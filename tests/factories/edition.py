"""An edition filled with given shapes through the importers' own staging and publishing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import shapely

from importers.catalogue.entries import ChecksEntry, FieldEntry
from importers.stage.table import EditionTable
from importers.transform.batch import PreparedBatch
from importers.transform.geometry import SourceShapes, store_shapes
from layers.models import Edition, Layer
from layers.publish import StagedEdition, accept_edition, publish_edition


@dataclass(frozen=True)
class MadeFeature:
    """A feature to be published. ``shape_27700`` is easting, northing in metres, or None."""

    key: str
    shape_27700: shapely.Geometry | None
    properties: dict[str, Any] = field(default_factory=dict)
    restricted: dict[str, Any] | None = None


def stage_features(
    layer: Layer, features: Sequence[MadeFeature], *, quarantined_count: int = 0, **changes: Any
) -> Edition:
    """Return a complete edition that nobody sees yet."""
    edition = fill_table(layer, features, **changes)
    return accept_edition(StagedEdition(edition.pk, len(features), quarantined_count))


def publish_features(layer: Layer, features: Sequence[MadeFeature], **changes: Any) -> Edition:
    """Return a new edition of ``layer`` that everyone sees."""
    edition = stage_features(layer, features, **changes)
    publish_edition(edition)
    layer.refresh_from_db()
    edition.refresh_from_db()
    return edition


def fill_table(layer: Layer, features: Sequence[MadeFeature], **changes: Any) -> Edition:
    """Return an edition whose table stands alone, filled and indexed."""
    edition = Edition.objects.create(
        layer=layer,
        source="made.geojson",
        source_sha256="0" * 64,
        catalogue_digest="0" * 64,
        **changes,
    )
    table = EditionTable(edition.pk)
    table.create()
    table.append(_prepare(layer, features))
    table.index([_entry(field) for field in layer.fields.all()])
    return edition


def _prepare(layer: Layer, features: Sequence[MadeFeature]) -> PreparedBatch:
    rows = np.arange(1, len(features) + 1)
    shapes = np.array([None, *(feature.shape_27700 for feature in features)], dtype=object)[1:]
    stored = store_shapes(
        SourceShapes(shapes, "EPSG:27700", []), rows, layer.geometry_type, ChecksEntry()
    )
    faults = [finding.message for finding in stored.findings]
    assert not faults, f"these features cannot be published: {faults}"
    return PreparedBatch(
        rows=rows,
        keys=[feature.key for feature in features],
        properties=pa.array(
            [orjson.dumps(feature.properties) for feature in features], pa.large_binary()
        ),
        restricted=pa.array(
            [
                None if feature.restricted is None else orjson.dumps(feature.restricted)
                for feature in features
            ],
            pa.large_binary(),
        ),
        geom_27700=stored.geom_27700,
        geom_4326=stored.geom_4326,
        centroid_4326=stored.centroid_4326,
    )


def _entry(field: Any) -> FieldEntry:
    return FieldEntry(
        name=field.name,
        title=field.title,
        type=field.type,
        source=(field.name,),
        public=field.is_public,
        queryable=field.is_queryable,
    )
