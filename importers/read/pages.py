"""What the pages of a map server are kept with: how they are to be joined, and what they hold."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

MANIFEST = "pages.json"
MAX_PAGES = 2000

PageForm = Literal["geojson", "esrijson", "gml"]


@dataclass(frozen=True, slots=True)
class PagesManifest:
    """The pages of one source, which lie beside it in one zip.

    ``counts`` are the features counted on each page. ``crs`` is what the server says outside
    its pages. ``id_property`` names a feature in its properties, where it has no ``id`` of its
    own; ``epoch_properties`` hold moments as milliseconds since 1970, as ArcGIS writes them.
    """

    form: PageForm
    counts: tuple[int, ...]
    crs: str | None = None
    id_property: str | None = None
    epoch_properties: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """Return the manifest as it is kept; the same pages make the same bytes."""
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "PagesManifest":
        """Return a manifest that was kept."""
        members = json.loads(text)
        members["counts"] = tuple(members["counts"])
        members["epoch_properties"] = tuple(members["epoch_properties"])
        return cls(**members)


def page_name(number: int, form: PageForm) -> str:
    """Return the name of page ``number``, from 1, inside the zip."""
    return f"page-{number:05}.{'gml' if form == 'gml' else 'json'}"
