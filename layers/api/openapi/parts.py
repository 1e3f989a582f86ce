"""What every path of the definition is put together from."""

from collections.abc import Mapping, Sequence
from typing import Any

from layers.api.base import GEOJSON
from layers.api.negotiation import HTML, HTML_FORMAT
from layers.api.openapi.schemas import PROBLEM, SCHEMAS

__all__ = ["OPENAPI_TYPE", "PAGE", "PROBLEM", "RESPONSES", "SCHEMAS", "operation", "path_parameter",
           "query_parameter"]  # fmt: skip

OPENAPI_TYPE = "application/vnd.oai.openapi+json;version=3.0"
PAGE = {"schema": {"type": "string", "description": "The same as a page for people."}}


def operation(
    operation_id: str,
    summary: str,
    media_type: str,
    parameters: list[dict[str, Any]],
    *,
    has_not_found: bool = False,
    has_gone: bool = False,
    has_form: bool = False,
    schema: str = "",
    tag: str = "",
    description: str = "",
    has_page: bool = True,
    responses: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a path item with its GET.

    Parameters
    ----------
    schema
        Of the answer, by its name in `SCHEMAS`.
    has_form
        Its page has a form, and an address with empty parameters is answered by a redirect.
    tag
        The chapter of the documentation that it stands in; see `document.TAGS`.
    has_page
        The address answers with a page as well, by ``f=html``.
    responses
        Further ones by status, or others in place of the common ones.
    """
    name = schema or ("FeatureOrCollection" if media_type == GEOJSON else "Document")
    content: dict[str, Any] = {media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    if has_page:
        content[HTML] = PAGE
    common = {"400": _reference("Invalid"), "414": _reference("TooLong")}
    if has_not_found:
        common["404"] = _reference("NotFound")
    if has_gone:
        common["410"] = _reference("Gone")
    if has_form:
        common["303"] = _reference("WithoutEmpty")
    found: dict[str, Any] = {
        "operationId": operation_id,
        "summary": summary,
        "parameters": [*parameters, _format_parameter(media_type, has_page=has_page)],
        "responses": {
            "200": {"description": summary, "content": content},
            **common,
            **(responses or {}),
        },
    }
    if tag:
        found["tags"] = [tag]
    if description:
        found["description"] = description
    return {"get": found}


def path_parameter(name: str, description: str, values: Sequence[str] = ()) -> dict[str, Any]:
    """Return a parameter in a path; ``values`` are all that it can be, if given."""
    schema: dict[str, Any] = {"type": "string"}
    if values:
        schema["enum"] = list(values)
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": schema,
    }


def query_parameter(
    name: str, description: str, *, example: object = None, **schema: Any
) -> dict[str, Any]:
    """Return a query parameter whose schema has the members given."""
    parameter = {
        "name": name,
        "in": "query",
        "required": name in ("lon", "lat"),
        "description": description,
        "schema": schema,
        "style": "form",
        "explode": False,
    }
    if example is not None:
        parameter["example"] = example
    return parameter


def _format_parameter(media_type: str, *, has_page: bool) -> dict[str, Any]:
    formats = ["json", "geojson"] if media_type == GEOJSON else ["json"]
    return query_parameter(
        "f",
        "The form of the answer. It wins over the Accept header; without either, the data.",
        type="string",
        enum=[*formats, HTML_FORMAT] if has_page else formats,
    )


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


RESPONSES: dict[str, Any] = {
    name: {
        "description": description,
        "content": {
            PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}},
            HTML: PAGE,
        },
    }
    for name, description in (
        ("Invalid", "A parameter is unknown, is given twice or cannot be used"),
        ("TooLong", "The query is longer than every server on the way takes"),
        ("NotFound", "There is no such layer or feature"),
        (
            "Gone",
            "The edition that is asked for or that a cursor belongs to, or the record of changes,"
            " is no longer kept",
        ),
        ("Fault", "A fault of ours, which is written down"),
    )
}
RESPONSES["WithoutEmpty"] = {
    "description": "The same page without the parameters that a form left empty",
    "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
}
