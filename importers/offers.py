"""The fixes that a stopped import offers, and those that a layer remembers."""

import numpy as np

from importers.catalogue.entries import CouncilEntry
from importers.fixes import Fixes, Offer
from importers.models import ImportRun
from importers.read.batch import SourceBatch, SourceReading
from importers.transform.geometry import shapes_from_wkb
from importers.validate.location import look_like
from layers.models import Layer


def remembered_fixes(layer: Layer) -> Fixes:
    """Return what a person confirmed for this and all later sources of the layer."""
    remembered = (
        layer.import_runs.filter(remembers_fixes=True, outcome=ImportRun.Outcome.PUBLISHED)
        .values_list("fixes", flat=True)
        .first()
    )
    return Fixes.from_json(remembered or {})


def offer_after(
    code: str, reading: SourceReading, first: SourceBatch | None, council: CouncilEntry
) -> tuple[Offer, ...]:
    """Return the fixes that would help against the fault ``code`` of a source's first rows."""
    if code != "CRS-MISSING" or first is None or first.wkb is None:
        return ()
    shapes = shapes_from_wkb(np.asarray(first.wkb), first.rows, "EPSG:27700").shapes
    return look_like(shapes, council.extent_27700)
