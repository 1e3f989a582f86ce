"""A known source's template under a council's layer: two files, read as one."""

import re
from pathlib import Path
from typing import Any

from importers.catalogue.entries import CouncilEntry
from importers.catalogue.merged_table import MergedTable, Place, merge, placed
from importers.errors import CatalogueInvalid

# The templates of this project; a folder "templates" beside the council's own comes before it.
SHIPPED_TEMPLATES = Path(__file__).resolve().parents[2] / "catalogue" / "templates"

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def lay_over_template(
    name: str, own: dict[str, Any], template: dict[str, Any], *, file: str, council: CouncilEntry
) -> MergedTable:
    """Return the layer that a council's file makes of its template.

    Parameters
    ----------
    name
        Of the template, as the council's file says it.
    own, template
        The two files. Tables are merged key by key; ``[[fields]]`` by ``name``
        and ``[[filters]]`` by ``column``, where ``drop = true`` leaves one out;
        ``[coverage]`` and everything else of the council's replaces the template's.
    file
        The council's file, as messages name it.

    Raises
    ------
    CatalogueInvalid
        The template holds a placeholder that nobody fills, or the council's
        file drops what the template does not have.
    """
    template_file = template_file_name(name)
    words = _words(council)
    under = placed(_filled(template, words, Place(template_file, "")), Place(template_file, ""))
    over = placed({key: own[key] for key in own if key != "template"}, Place(file, ""))
    return merge(under, over)


def with_council(own: Any, council: CouncilEntry) -> Any:
    """Return what a council's file says with ``{gss_code}`` and ``{council}`` written out.

    Other words in braces stay: they may belong to an address.
    """
    words = _words(council)
    if isinstance(own, dict):
        return {key: with_council(inner, council) for key, inner in own.items()}
    if isinstance(own, list):
        return [with_council(inner, council) for inner in own]
    if not isinstance(own, str):
        return own
    return _PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), own)


def _words(council: CouncilEntry) -> dict[str, str]:
    return {"gss_code": council.gss_code, "council": council.name}


def template_file_name(name: str) -> str:
    """Return how messages name a template's file."""
    return f"templates/{name}.toml"


def find_template(name: str, council_folder: Path) -> Path | None:
    """Return the template's file: beside the council's folder, or of this project."""
    for folder in (council_folder.parent / "templates", SHIPPED_TEMPLATES):
        if (folder / f"{name}.toml").is_file():
            return folder / f"{name}.toml"
    return None


def template_names(council_folder: Path) -> list[str]:
    """Return the names of all templates that a council's files may use."""
    folders = (council_folder.parent / "templates", SHIPPED_TEMPLATES)
    return sorted({path.stem for folder in folders for path in folder.glob("*.toml")})


def _filled(value: Any, words: dict[str, str], place: Place) -> Any:
    """Return a template's value with ``{gss_code}`` and ``{council}`` written out."""
    if isinstance(value, dict):
        return {key: _filled(inner, words, place.below(key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, words, place) for inner in value]
    if not isinstance(value, str):
        return value
    for word in _PLACEHOLDER.findall(value):
        if word not in words:
            known = ", ".join(f"{{{known}}}" for known in words)
            raise CatalogueInvalid(
                place.file, place.path, f'holds "{{{word}}}", which nobody fills. Known: {known}.'
            )
    return _PLACEHOLDER.sub(lambda found: words[found[1]], value)
