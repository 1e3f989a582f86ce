"""Which requests wait for their turn: those that no one index answers."""

from contextlib import AbstractContextManager, nullcontext

from django.http import QueryDict

from layers.query.turns import SEARCHES

_MAY_TAKE_LONG = frozenset({"area", "count", "datetime", "filter", "sortby"})


def turn_for(query: QueryDict) -> AbstractContextManager[None]:
    """Return a turn for a request that may take long, to be held while it is read and answered.

    Before it is read, because reading a filter of many positions is work as well, and who is
    refused should cost next to nothing.
    """
    return nullcontext() if _MAY_TAKE_LONG.isdisjoint(query) else SEARCHES.taken()
