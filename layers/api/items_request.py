"""A request for a page of features, read whole and understood."""

from dataclasses import dataclass

from django.http import QueryDict

from layers.api.edition_parameter import EditionAsked, read_edition
from layers.api.output_parameters import OUTPUT_PARAMETERS, read_output
from layers.api.page_parameters import PAGE_PARAMETERS, read_count, read_page
from layers.api.parameters import refuse_unknown
from layers.api.selection_parameters import (
    SELECTION_PARAMETERS,
    read_selection,
)
from layers.query.cache import confirmed
from layers.query.filters import parameter_names
from layers.query.order import Page
from layers.query.output import Output
from layers.query.registry import PublishedLayer
from layers.query.selection import Selection

ITEM_PARAMETERS = OUTPUT_PARAMETERS | {"edition", "f"}
ITEMS_PARAMETERS = SELECTION_PARAMETERS | PAGE_PARAMETERS | ITEM_PARAMETERS | {"changed-since"}


@dataclass(frozen=True, slots=True)
class ItemsRequest:
    """Which features, in which order and from where, and how they are shown."""

    selection: Selection
    page: Page
    output: Output
    edition: EditionAsked
    is_counted: bool

    @property
    def is_about_a_place(self) -> bool:
        """Whether it says where somebody may stand."""
        return self.selection.circle is not None or self.page.near is not None


def read_items_request(query: QueryDict, layer: PublishedLayer) -> ItemsRequest:
    """Return what a request for a page of ``layer`` asks.

    Raises
    ------
    RequestInvalid
        A parameter is unknown, or cannot be used.
    NotFound
        It names a feature that is not there.
    LayerMoved
        So it seemed, but ``layer`` is no longer as it was remembered.
    """
    with confirmed(layer):
        refuse_unknown(query, ITEMS_PARAMETERS, lambda: parameter_names(layer))
        edition = read_edition(query)
        # Asked again after the read (see `ItemsView`); asked now, because how long a search of
        # another layer's features takes, or how it fails, tells what they hold.
        edition.layer_of(layer)
        return ItemsRequest(
            selection=read_selection(query, layer, ITEMS_PARAMETERS, edition_id=edition.edition_id),
            page=read_page(query, layer, after=edition.after),
            output=read_output(query, layer),
            edition=edition,
            is_counted=read_count(query),
        )
