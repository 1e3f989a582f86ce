"""Boxes that are small for their layer: what is in them is found without planning for each."""

from layers.query.boxes import Bbox
from layers.query.order import Page
from layers.query.registry import PublishedLayer
from layers.query.selection import Selection

# Read by the index and put in order, these take four milliseconds at most. More are only met
# where features lie close together: then a plan is made for the box after all.
MOST_READ = 1500
_MOST_ON_AVERAGE = 300


def are_few(layer: PublishedLayer, selection: Selection, page: Page) -> bool:
    """Return whether a page is of a box alone, and few features would be in it on average.

    Parameters
    ----------
    page
        In another order than the source's there are other indexes to choose from.
    """
    box = selection.bbox
    if box is None or box.is_crossing or not page.is_plain:
        return False
    if selection != Selection(bbox=box, edition_id=selection.edition_id):
        return False
    extent = layer.extent_4326 if box.srid == 4326 else layer.extent_27700
    # Of another edition neither the extent is known nor the count.
    if extent is None or selection.edition_of(layer) != layer.edition_id:
        return False
    return layer.feature_count * _area(box) <= _MOST_ON_AVERAGE * _area(Bbox(*extent))


def _area(box: Bbox) -> float:
    """Return it in square degrees or metres."""
    return (box.east - box.west) * (box.north - box.south)
