"""What a decision file calls a feature, and says of it besides how it meets the site."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from layers.query.feature_names import name_in_words
from layers.query.registry import PublishedField, PublishedLayer, published_layers
from maps.field_values import (
    FieldValue,
    describe_field,
    fields_after_title,
    fields_before_title,
)
from planning.answer import Finding, LayerAnswer
from planning.query.again import Fields, fields_read
from planning.query.unplaced import unplaced_rows

_MOST_FACTS = 4
# Longer ones are read on the feature's own page.
_LONGEST_FACT = 80
_POINTS = ("Point", "MultiPoint")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the public layers say of their features, by slug; nothing of one that is not public.

    ``unplaced`` is of `planning.query.unplaced.unplaced_rows`.
    """

    layers: Mapping[str, PublishedLayer]
    read: Mapping[str, Fields]
    unplaced: Mapping[int, int | None]

    def name_of(self, slug: str, title: str) -> str:
        """Return what a feature is called, as `name_in_words` does."""
        return name_in_words(self.layers.get(slug), title)

    def has_points(self, slug: str) -> bool:
        """Return whether a layer marks each thing by one point, however far that reaches."""
        layer = self.layers.get(slug)
        return layer is not None and layer.geometry_type in _POINTS

    def of(self, slug: str, finding: Finding) -> tuple[FieldValue, ...]:
        """Return the first public fields of a feature, identifiers before the others."""
        layer = self.layers.get(slug)
        return () if layer is None else tuple(islice(self._given(layer, finding), _MOST_FACTS))

    def _given(self, layer: PublishedLayer, finding: Finding) -> Iterator[FieldValue]:
        rights = self.read[layer.slug].rights if finding.rights and layer.slug in self.read else ""
        for field in _fields(layer):
            value = describe_field(field, finding.properties)
            is_said = value.text == finding.title or field.name == rights
            if value.text and not is_said and len(value.text) <= _LONGEST_FACT:
                yield value


def read_facts(answers: Iterable[LayerAnswer] = ()) -> Facts:
    """Return what is known now: once for a page, for it looks whether layers have changed."""
    return Facts(published_layers(), fields_read(), unplaced_rows(answers))


def _fields(layer: PublishedLayer) -> Iterator[PublishedField]:
    for field in (*fields_before_title(layer), *fields_after_title(layer)):
        if field.type != "url":
            yield field
