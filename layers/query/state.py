"""Where layers stand, by the smallest statement there is: no feature is touched."""

from layers.query.run import fetch_kept
from layers.sql import read_statement

LayerState = tuple[int, int | None, int | None]
# Its one row is `everything_state`; for statements that look and ask in the same instant.
EVERYTHING_STATE = read_statement("state_of_everything")


def layer_state(layer_id: int) -> LayerState | None:
    """Return when a layer changed, was last checked, and began to fail.

    In microseconds since 1970. None if it is not public, or no edition of it is published.
    """
    rows = fetch_kept(read_statement("state_of_layer"), {"layer_id": layer_id})
    return rows[0] if rows else None


def everything_state() -> tuple[str, int | None]:
    """Return a text that is another as soon as any layer changes, and when one last did.

    The time is in microseconds since 1970, and None where there is no layer.
    """
    [(digest, changed_us)] = fetch_kept(EVERYTHING_STATE, {})
    return digest, changed_us
