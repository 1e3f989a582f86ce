"""What of a feature is shown, and in which coordinates."""

from django.http import QueryDict

from layers.api.box_parameters import read_reference_system
from layers.api.parameters import listed, read_names
from layers.errors import ParameterInvalid
from layers.query.output import Output
from layers.query.registry import PublishedLayer

OUTPUT_PARAMETERS = frozenset({"crs", "properties"})


def read_output(query: QueryDict, layer: PublishedLayer) -> Output:
    """Return in which coordinates features are asked for, and with which properties.

    Raises
    ------
    ParameterInvalid
        `crs` or `properties` names something that this layer does not have.
    """
    return Output(
        system=read_reference_system(query, "crs"),
        properties=_read_properties(query, layer),
    )


def _read_properties(query: QueryDict, layer: PublishedLayer) -> tuple[str, ...] | None:
    if "properties" not in query:
        return None
    known = [field.name for field in layer.fields]
    for name in (names := read_names(str(query["properties"]))):
        if name not in known:
            raise ParameterInvalid(
                f"“properties” has “{name[:50]}”, which is not a property of “{layer.title}”. "
                f"Its properties are: {listed(known)}.",
                "properties",
            )
    return tuple(dict.fromkeys(names))
