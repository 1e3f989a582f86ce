"""What schemathesis is told beyond the definition. Loaded by its own process, not by pytest."""

import atexit
import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import schemathesis

# Each has a rule that a schema cannot say, so a refusal of what fits its schema may be right.
RULES_BEYOND_SCHEMAS = {
    "as-at": "a day that has been",
    "area": "names a feature that is there",
    "bbox": "south is not above north, and both are degrees",
    "changed-since": "an edition or a time that is on record",
    "collections": "fifty at most, none of them empty",
    "cursor": "written by the service, for this collection and order",
    "datetime": "days that the calendar has, the earlier one first",
    "edition": "kept, and of this layer",
    "filter": "CQL2 over the collection's own queryables",
    "filter-crs": "one that the service knows",
    "from": "within thirteen months of today",
    "geometry": "an area in Great Britain whose rings are closed and do not cross",
    "lat": "in Great Britain",
    "lon": "in Great Britain",
    "near": "in Great Britain",
    "properties": "the collection's own",
    "sortby": "the collection's own, each once",
    "to": "after “from”, and within thirteen months of it and of today",
    "within": "in Great Britain, and not too far around it",
}
_asked = 0


@schemathesis.check
def every_refusal_says_what_to_do(ctx, response, case) -> None:
    """An answer of 4xx or 5xx is a problem (RFC 9457) in words, as data or as a page."""
    if response.status_code < 400 or case.method in ("HEAD", "TRACE"):
        return
    if _is_from_the_server(response):
        return
    media_type = response.headers["content-type"][0].partition(";")[0]
    if media_type == "text/html":
        return
    assert media_type == "application/problem+json", media_type
    problem = response.json()
    assert problem["status"] == response.status_code, problem
    assert problem["type"].startswith("/api/problems#"), problem
    assert len(problem["detail"]) > 20, problem


def _is_from_the_server(response) -> bool:
    """Return whether granian refused a request that it could not read or that was too long."""
    is_bare = "content-type" not in response.headers and not response.content
    return is_bare and response.status_code in (400, 414, 431)


def _asks_for_no_property(response) -> bool:
    query = parse_qs(urlsplit(response.request.url).query, keep_blank_values=True)
    return query.get("properties") == [""]


@schemathesis.hook
def filter_failure(context, failure, case, response) -> bool:
    """Leave out refusals of one of the rules above, if the problem names that parameter.

    Leave out as well what never reached us, and that an address with empty parameters was not
    refused but answered by the one without them: that one is asked about on its own. That an
    edition is gone, or an address too long, is a refusal, whatever else is wrong. `properties=`
    means none of them, which no schema of a list tells from a name of no letters.
    """
    if _is_from_the_server(response):
        return False
    if type(failure).__name__ == "AcceptedNegativeData" and response.status_code in (303, 410, 414):
        return False
    if type(failure).__name__ == "AcceptedNegativeData" and _asks_for_no_property(response):
        return False
    if type(failure).__name__ != "RejectedPositiveData":
        return True
    if response.status_code not in (400, 410):
        return True
    # It tells of a layer whole, so most parameters are refused beside it.
    if "changed-since" in (case.query or {}):
        return False
    try:
        return response.json().get("parameter") not in RULES_BEYOND_SCHEMAS
    except ValueError:
        return "The parameter at fault:" not in response.text


@schemathesis.hook
def after_call(context, case, response) -> None:
    """Count what was really asked."""
    global _asked
    _asked += 1


@atexit.register
def _write_count() -> None:
    if path := os.environ.get("REQUESTS_COUNTED_IN"):
        Path(path).write_text(str(_asked))
