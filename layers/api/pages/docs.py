"""The OpenAPI definition as a page: every operation with what it takes and what it answers."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlsplit

from django.http import HttpRequest

from layers.api.pages.schema import type_of
from layers.api.pages.values import as_text
from layers.query.examples import LayerExamples, find_examples
from layers.query.registry import published_layers

_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class ParameterWords:
    """One parameter of an operation."""

    name: str
    place: str
    is_required: bool
    type: str
    description: str
    default: str
    example: str
    limits: str


@dataclass(frozen=True, slots=True)
class ResponseWords:
    """One answer of an operation, by its status."""

    status: str
    description: str
    media_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OperationWords:
    """One method of one path. ``example`` is an address that answers, or empty."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    tag: str
    is_deprecated: bool
    parameters: tuple[ParameterWords, ...]
    responses: tuple[ResponseWords, ...]
    example: str


def docs_page(request: HttpRequest, answer: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """Return the operations by tag, and the layers whose pages have examples to copy."""
    layers = published_layers()
    server = str(answer["servers"][0]["url"])
    # One layer with a place fills the examples of all operations.
    layer = next((one for one in layers.values() if one.extent_4326), None)
    examples = find_examples(layer) if layer else None
    known_values = _values(layer.slug, examples) if layer and examples else {}
    operations = [
        _operation(answer, server, path, method, operation, known_values)
        for path, item in answer["paths"].items()
        if _layer_of(path, layers) in ("", layer and layer.slug)
        for method, operation in item.items()
        if isinstance(operation, dict) and "responses" in operation
    ]
    descriptions = {tag["name"]: tag.get("description", "") for tag in answer.get("tags", ())}
    order = list(descriptions)
    operations.sort(key=lambda one: order.index(one.tag) if one.tag in order else len(order))
    return {
        "info": answer["info"],
        "tags": [
            (tag, descriptions.get(tag, ""), list(members))
            for tag, members in groupby(operations, lambda one: one.tag)
        ],
        "layers": list(layers.values()),
        "layer": layer,
        "examples": examples,
        # Of the definition, also where the documentation has an address of its own.
        "data_address": f"{urlsplit(server).path}/openapi?f=json",
    }


def _layer_of(path: str, slugs: Container[str]) -> str:
    """Return the layer that a path names, or nothing: each layer has some paths of its own."""
    parts = path.split("/")
    return parts[2] if path.startswith("/collections/") and parts[2] in slugs else ""


def _values(slug: str, examples: LayerExamples) -> dict[str, str]:
    """Return real values for the parameters that an operation cannot do without."""
    return {
        "collectionId": slug,
        "featureId": examples.fid,
        "lon": examples.longitude,
        "lat": examples.latitude,
    }


def _operation(
    document: Mapping[str, Any],
    server: str,
    path: str,
    method: str,
    operation: Mapping[str, Any],
    known_values: Mapping[str, str],
) -> OperationWords:
    parameters = [resolve(document, one) for one in operation.get("parameters", ())]
    return OperationWords(
        id=str(operation.get("operationId", f"{method}{path}")),
        method=method.upper(),
        path=f"{urlsplit(server).path}{path}",
        summary=str(operation.get("summary", "")),
        description=str(operation.get("description", "")),
        tag=str((operation.get("tags") or ["Other"])[0]),
        is_deprecated=bool(operation.get("deprecated")),
        parameters=tuple(map(_parameter, parameters)),
        responses=tuple(
            _response(status, resolve(document, response))
            for status, response in sorted(operation["responses"].items())
        ),
        example=_example(server, path, parameters, known_values) if method == "get" else "",
    )


def _parameter(parameter: Mapping[str, Any]) -> ParameterWords:
    schema = parameter.get("schema", {})
    example = parameter.get("example", schema.get("example"))
    return ParameterWords(
        name=str(parameter["name"]),
        place=str(parameter["in"]),
        is_required=bool(parameter.get("required")),
        type=type_of(schema),
        description=str(parameter.get("description", "")),
        default=as_text(schema.get("default")),
        example=_written(example),
        limits=_limits(schema),
    )


def _limits(schema: Mapping[str, Any]) -> str:
    """Return what a value must be, in words."""
    words = []
    if values := schema.get("enum"):
        listed = ", ".join(map(as_text, values[:_MOST_VALUES]))
        words.append(f"one of {listed}{' …' if len(values) > _MOST_VALUES else ''}")
    words += [
        f"{label} {as_text(schema[name])}"
        for name, label in (
            ("minimum", "at least"),
            ("maximum", "at most"),
            ("minItems", "at least this many:"),
            ("maxItems", "at most this many:"),
            ("maxLength", "characters at most:"),
        )
        if name in schema
    ]
    return "; ".join(words)


def _response(status: str, response: Mapping[str, Any]) -> ResponseWords:
    return ResponseWords(
        status, str(response.get("description", "")), tuple(response.get("content", ()))
    )


def _example(
    server: str,
    path: str,
    parameters: Iterable[Mapping[str, Any]],
    known_values: Mapping[str, str],
) -> str:
    """Return an address with real values; nothing if one that is needed is not known."""
    query = []
    for parameter in parameters:
        name, is_needed = str(parameter["name"]), bool(parameter.get("required"))
        value = known_values.get(name, _written(parameter.get("example")))
        if is_needed and not value:
            return ""
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        elif parameter["in"] == "query" and is_needed:
            query.append(f"{name}={quote(value, safe=',:/')}")
    return f"{server}{path}{'?' if query else ''}{'&'.join(query)}"


def resolve(document: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference within the document stands for; anything else as it is."""
    reference = part.get("$ref")
    if not isinstance(reference, str):
        return part
    found: Any = document
    for name in reference.removeprefix("#/").split("/"):
        found = found[name.replace("~1", "/").replace("~0", "~")]
    return resolve(document, found)


def _written(example: object) -> str:
    """Return an example as it stands in an address: a list with commas between."""
    if isinstance(example, list):
        return ",".join(map(as_text, example))
    return as_text(example)
