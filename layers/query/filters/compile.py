"""From a filter as somebody wrote it to a condition."""

from layers.query.condition import Condition
from layers.query.filters.binder import Binder
from layers.query.filters.crs import find_crs
from layers.query.filters.limits import refuse_large_statement
from layers.query.filters.parse import Language, parse_filter
from layers.query.filters.predicates import predicate
from layers.query.filters.scope import Scope
from layers.query.registry import PublishedLayer


def compile_filter(
    expression: str, language: Language, crs: str, layer: PublishedLayer
) -> Condition:
    """Return a filter as a condition that the database can always answer.

    Parameters
    ----------
    crs
        URI of the CRS of the geometries in ``expression``, in its own axis order.
    layer
        Its queryable fields are the properties that the filter may name, and ``geometry``.

    Returns
    -------
    Condition
        Its text is the same for filters of one shape. Features of which it is unknown
        whether they fulfil the filter do not.

    Raises
    ------
    FilterInvalid
        The filter cannot be read, is too large, or asks what the layer cannot answer.

    Notes
    -----
    OGC 21-065r2 (CQL2): docs/developers/filters.md says what is kept to, and docs/adr why.
    """
    scope = Scope(layer, find_crs(crs), Binder("filter"))
    text = predicate(parse_filter(expression, language), scope)
    refuse_large_statement(text)
    return Condition(text, scope.binder.values)
