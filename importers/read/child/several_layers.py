"""A file of several layers where one is wanted."""

from collections.abc import Sequence

from importers.errors import SourceUnreadable
from importers.listing import list_names


def refuse_several_layers(
    holder: str, names: Sequence[str], *, kind: str = "layers"
) -> SourceUnreadable:
    """Return the fault of a file with more layers than one, which ``names`` are.

    ``holder`` and ``kind`` say what it is and holds: "The zip", "layers".
    """
    return SourceUnreadable(
        f"{holder} holds {len(names)} {kind}: {list_names(names)}.",
        code="MULTI-LAYER",
        advice="Send one, or name one in the catalogue's source.table.",
    )
