"""Collections in the definition of the API."""

from typing import Any

from layers.api.base import JSON
from layers.api.negotiation import HTML
from layers.api.openapi.parts import PAGE, operation, path_parameter, query_parameter
from waste.api.days import DEFAULT_DAYS, MOST_DAYS
from waste.collection import NotKnown, ServiceKind, State

_TEXT = {"type": "string"}
_DAY = {**_TEXT, "format": "date"}
_MAYBE_TEXT = {**_TEXT, "nullable": True}
_MAYBE_DAY = {**_DAY, "nullable": True}
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
            responses={"200": _ANSWER},
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


def _object(**properties: Any) -> dict[str, Any]:
    """Return the schema of an object that always has all its members."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list_of(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


_COLLECTION = _object(
    date={**_MAYBE_DAY, "description": "The day it happens; null where it is suspended."},
    plannedDate={**_DAY, "description": "It is the same collection while this is the same."},
    state={**_TEXT, "enum": [*State]},
    reason={**_MAYBE_TEXT, "description": "Why it is not as planned, in the council's words."},
)
_SERVICE = _object(
    kind={**_TEXT, "enum": [*ServiceKind]},
    name={**_TEXT, "description": "In the council's words."},
    container=_MAYBE_TEXT,
    putOutBy={**_MAYBE_TEXT, "description": "A time or other words, such as “6am”."},
    round=_MAYBE_TEXT,
    next={**_MAYBE_DAY, "description": "The first day asked for on which it is collected."},
    knownUntil={
        **_MAYBE_DAY,
        "description": "The last day that the calendar reaches; null where it has no end.",
    },
    collections=_list_of(_COLLECTION),
)
_NOTICE = _object(title=_TEXT, text=_TEXT, startsOn=_MAYBE_DAY, endsOn=_MAYBE_DAY, url=_MAYBE_TEXT)
_BINS = _object(
    uprn=_TEXT,
    **{"from": _DAY},
    to=_DAY,
    services=_list_of(_SERVICE),
    notices=_list_of(_NOTICE),
    notKnown={
        **_object(reason={**_TEXT, "enum": [*NotKnown]}, text=_TEXT),
        "nullable": True,
        "description": "Why there are no services; null where there are some.",
    },
    missingRounds=_list_of(_TEXT),
    gaps={**_list_of(_TEXT), "description": "What else is not known, in words."},
    bins=_list_of(_object(type=_TEXT, collectionDate={**_TEXT, "example": "03/12/2026"})),
    asOf={**_MAYBE_DAY, "description": "When the oldest edition asked was published."},
    sources=_list_of({"$ref": "#/components/schemas/Source"}),
    links=_list_of({"$ref": "#/components/schemas/Link"}),
)
_ANSWER = {
    "description": "Which bins go on which day",
    "content": {JSON: {"schema": _BINS}, HTML: PAGE},
}
