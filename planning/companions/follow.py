"""Keeping pieces and coverage with the editions that they are of."""

from typing import Any

from django.db import transaction

from layers.models import Edition, Layer
from layers.publish.kept import is_kept
from planning.companions.coverage import drop_coverage, write_coverage
from planning.companions.pieces import drop_pieces, write_pieces
from planning.companions.stated import depends_on
from planning.models import Coverage


def prepare_edition(edition: Edition, **_: Any) -> None:
    """Divide a staged edition of a constraint layer, and store what it covers."""
    if edition.layer.is_constraint:
        write_pieces(edition.pk)
        write_coverage(edition.layer, edition.pk)


def follow_layer(layer: Layer, **_: Any) -> None:
    """Store anew what is covered, after a layer or the edition of it that is shown has changed."""
    if layer.is_constraint:
        prepare_layer(layer)
    for other in Layer.objects.filter(is_constraint=True).exclude(pk=layer.pk):
        if depends_on(other, layer):
            prepare_layer(other)


def prepare_layer(layer: Layer) -> None:
    """Divide the kept editions of a constraint layer that are not, and store what they cover."""
    known = Coverage.objects.filter(edition__layer=layer).values_list("edition_id", flat=True)
    prepared = set(known)
    for edition in layer.editions.exclude(staged_at=None):
        if edition.pk in prepared:
            write_coverage(layer, edition.pk)
        elif is_kept(edition.pk):
            with transaction.atomic():
                prepare_edition(edition)


def prepare_all(**_: Any) -> None:
    """Do the same for every constraint layer: some came before there were pieces."""
    for layer in Layer.objects.filter(is_constraint=True):
        prepare_layer(layer)


def drop_companions(edition_id: int, **_: Any) -> None:
    """Let nothing outlive its edition."""
    with transaction.atomic():
        drop_coverage(edition_id)
        drop_pieces(edition_id)
