"""The fixes that a stopped import offers, and those that a layer remembers."""

from dataclasses import replace

import numpy as np
from django.db.models import Q

from importers.catalogue.entries import CouncilEntry, LayerEntry
from importers.fixes import Fixes, Offer
from importers.models import ImportRun
from importers.read.batch import SourceBatch, SourceReading
from importers.request import ImportRequest
from importers.transform.geometry import shapes_from_wkb
from importers.validate.location import look_like
from layers.models import Layer

FORGOTTEN = "What was remembered of how the layer's sources are to be read is forgotten."
SWAPPED_ALREADY = (
    "The two coordinates were swapped because a person confirmed it for this layer or this file. "
    "Import it without --fix swap-axes; --remember without --fix forgets what was remembered."
)


def fixes_in_force(layer: Layer, request: ImportRequest) -> Fixes:
    """Return the fixes by which a source is read: those remembered, with the request's on top.

    A request whose own fixes are to be remembered takes the place of all that was
    remembered before; so one without any makes the layer forget.
    """
    if request.remembers_fixes:
        return request.fixes
    return remembered_fixes(layer).combined(request.fixes)


def remembered_fixes(layer: Layer) -> Fixes:
    """Return what a person confirmed for all later sources of the layer.

    What was confirmed for an edition that was taken back since does not count. A source that
    was unchanged made the layer forget, which no edition takes back. That an empty source is
    meant is never remembered: the next one may be empty by mistake.
    """
    published = Q(outcome=ImportRun.Outcome.PUBLISHED, edition__withdrawn_at__isnull=True)
    remembered = (
        layer.import_runs.filter(
            published | Q(outcome=ImportRun.Outcome.UNCHANGED), remembers_fixes=True
        )
        .values_list("fixes", flat=True)
        .first()
    )
    return replace(Fixes.from_json(remembered or {}), accept_empty=False)


def offer_after(
    code: str, reading: SourceReading, first: SourceBatch | None, council: CouncilEntry
) -> tuple[Offer, ...]:
    """Return the fixes that would help against the fault ``code`` of a source's first rows."""
    if code != "CRS-MISSING" or first is None or first.wkb is None:
        return ()
    shapes = shapes_from_wkb(np.asarray(first.wkb), first.rows, "EPSG:27700").shapes
    return look_like(shapes, council.extent_27700)


def offer_no_rows(entry: LayerEntry, layer: Layer) -> tuple[Offer, ...]:
    """Return the offer to take no rows for what is meant, where a layer may have none."""
    if entry.checks.min_rows > 0:
        return ()
    published = layer.published_edition
    count = published.feature_count if published else 0
    words = f"Is the list meant to be empty? What is published now then goes: {count:,} in all."
    return (Offer(Fixes(accept_empty=True), words),)
