"""Who bears a name."""

from typing import NamedTuple


class Bearer(NamedTuple):
    """A street, building, place or ward: columns of `gazetteer.models.NamedPlace`, in their order.

    ``easting`` and ``northing`` are its middle in EPSG:27700, metres. A tuple, because an import
    makes and sorts two hundred thousand of them.
    """

    kind: str
    search_name: str
    name: str
    street: str
    locality: str
    town: str
    around: str
    detail: str
    fid: str
    weight: int
    easting: float
    northing: float
