"""Comparing an edition that waits with what is published by now."""

from django.conf import settings

from importers.catalogue.entries import LayerEntry
from importers.catalogue.load import load_catalogue
from importers.errors import WrongUse
from importers.models import ImportRun
from importers.validate.checks import find_differences
from importers.validate.difference import CODE
from layers.models import Layer
from layers.publish import is_attached, lock_layer, record_changes


def compare_anew(run: ImportRun, entry: LayerEntry | None = None) -> None:
    """Record the difference again if another edition is published than it was compared with.

    In the caller's transaction, until whose end nobody else moves the layer. Where nothing is
    published, what is on record against the last one stays, and so does what a check said of it.

    Parameters
    ----------
    run
        Its edition waits. Its figures, and the failed checks of the difference, become true again.
    entry
        With the limits of today. Without it the catalogue is asked, but only if it is needed.

    Raises
    ------
    CatalogueInvalid, WrongUse
        The catalogue cannot be read, or has the layer no longer.
    """
    layer, edition = lock_layer(run.layer_id), run.edition
    if edition is None or layer.published_edition_id in (None, edition.compared_with_id):
        return
    if not is_attached(edition.pk):
        return
    entry = entry or _find_entry(layer)
    counts = record_changes(edition.pk, layer.published_edition_id)
    # As it and its layer are now.
    edition = layer.editions.get(pk=edition.pk)
    found = find_differences(
        entry,
        edition,
        counts,
        features=edition.feature_count,
        understanding=run.understanding,
    )
    others = [check for check in run.failed_checks if check["code"] != CODE]
    run.failed_checks = others + [check.as_json() for check in found]
    run.added, run.changed, run.removed = counts.added, counts.changed, counts.removed
    run.save(update_fields=["failed_checks", "added", "changed", "removed"])


def _find_entry(layer: Layer) -> LayerEntry:
    entry = load_catalogue(settings.CATALOGUE_DIR / settings.COUNCIL).layers.get(layer.slug)
    if entry is None:
        raise WrongUse(
            f"The catalogue has no layer “{layer.slug}” any more, so nothing says how much an "
            "edition may differ from what is published."
        )
    return entry
