"""Collections in the definition of the API."""

from typing import Any

from layers.api.base import JSON
from layers.api.openapi.parts import operation, path_parameter, query_parameter
from waste.api.days import DEFAULT_DAYS, MOST_DAYS

_DAY = {"type": "string", "format": "date"}
_DESCRIPTION = (
    "Every service of the address with its days, what moved them and why, and how far the "
    "council's calendar reaches; `notKnown` says why there are none. `bins` repeats the days in "
    "the form that home automation reads, `type` and `collectionDate` as dd/mm/yyyy. The same as "
    "a calendar to subscribe to is at `/bins/{uprn}.ics`. Do not ask for every address: the "
    "rounds and their premises are layers to download."
)


def bins_paths() -> dict[str, Any]:
    """Return the path of one address's collections."""
    return {
        "/bins/{uprn}": operation(
            "getBins",
            "Which bins of an address go on which day",
            JSON,
            [_UPRN, *_DAYS],
            has_not_found=True,
            tag="Places",
            description=_DESCRIPTION,
        )
    }


_UPRN = path_parameter("uprn", "The address's UPRN: a number of up to 12 digits.")
_DAYS = [
    query_parameter("from", "The first day; today, if it is left out.", **_DAY),
    query_parameter(
        "to",
        f"The last day; {DEFAULT_DAYS} days after the first, if it is left out, and {MOST_DAYS} "
        "days after it at most.",
        **_DAY,
    ),
]
