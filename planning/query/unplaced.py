"""Rows of which nobody knows where they lie: of these no answer can say that they do not apply."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from layers.models import Edition
from planning.answer import LayerAnswer
from planning.query.layers import Known, remembered_layers


def unplaced_rows(answers: Iterable[LayerAnswer]) -> Mapping[int, int | None]:
    """Return how many rows with a fault each edition is without that do not say where they lie.

    By the edition's id. None where that was not noted when it was loaded.
    """
    counts = _counts(remembered_layers())
    # Those of the published editions are remembered: answers of another day may ask for others.
    others = {each.edition_id for each in answers} - counts.keys() - {None}
    if not others:
        return counts
    editions = Edition.objects.using("read").filter(pk__in=others)
    return {**counts, **dict(editions.values_list("pk", "unplaced_count"))}


@lru_cache(maxsize=2)
def _counts(known: Known) -> Mapping[int, int | None]:
    published = (layer.published for layer in known.layers)
    return {edition.id: edition.unplaced_count for edition in published if edition}
