"""What the parent asks of the sandboxed child, in the only form that passes between them."""

import json
from dataclasses import asdict, dataclass

from importers.read.form import Form
from importers.read.limits import ReadLimits


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One file to read. Paths are as the child sees them.

    ``scratch`` is an empty folder that the child may write to. ``wkt`` is the
    column of a table that holds WKT, and ``crs`` what the catalogue says that is in.
    ``takes_lone_shape``: GeoJSON may be one feature or geometry instead of a collection.
    """

    path: str
    scratch: str
    form: Form
    encoding: str | None
    has_header: bool
    columns: tuple[str, ...]
    table: str | None
    crs: str | None = None
    wkt: str | None = None
    limits: ReadLimits = ReadLimits()
    takes_lone_shape: bool = False

    def to_json(self) -> bytes:
        """Return the request as the child reads it from its standard input."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "ReadRequest":
        """Return the request that the parent wrote."""
        members = json.loads(text)
        members["columns"] = tuple(members["columns"])
        members["limits"] = ReadLimits(**members["limits"])
        return cls(**members)
