"""What any address may answer besides its own: unchanged, refused, too much, at fault, busy."""

from typing import Any

from layers.api.negotiation import HTML
from layers.api.openapi.parts import PAGE, PROBLEM

_RATE = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
}


def with_serving_answers(paths: dict[str, Any]) -> dict[str, Any]:
    """Add to each operation what the server itself may answer, where it says nothing of its own."""
    for path_item in paths.values():
        for method, operation in path_item.items():
            if method in ("get", "post"):
                for status, answer in SERVING_ANSWERS.items():
                    operation["responses"].setdefault(status, answer)
    return paths


def _problem(description: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    answer: dict[str, Any] = {
        "description": description,
        "content": {PROBLEM: {"schema": schema}, HTML: PAGE},
    }
    return {**answer, "headers": headers} if headers else answer


SERVING_ANSWERS: dict[str, dict[str, Any]] = {
    "304": {"description": "What you have, by its ETag or its date, has not changed."},
    "401": _problem("The key in X-API-Key or Authorization: Bearer is not good. None is needed."),
    "406": _problem("No media type that Accept names is available here."),
    "429": _problem("More requests in a minute than you have.", _RATE),
    "500": {"$ref": "#/components/responses/Fault"},
    "503": _problem("The database did not answer in time.", _RATE),
}
