"""Reads a council's folder of TOML files into frozen entries, and refuses what is not right."""

import difflib
import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from importers.catalogue.colour import WHITE, contrast_ratio, is_hex_colour
from importers.catalogue.entries import Catalogue, CouncilEntry, LayerEntry
from importers.catalogue.fetch_keys import host_names
from importers.catalogue.layer_table import layer_entry
from importers.catalogue.template import (
    find_template,
    lay_over_template,
    template_file_name,
    template_names,
    with_council,
)
from importers.catalogue.toml_table import TomlTable
from importers.errors import CatalogueInvalid
from importers.transform.cells import ValueNotRead
from importers.transform.identifiers import read_postcode

COUNCIL_FILE = "council.toml"

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GSS_CODE = re.compile(r"[ENSW]\d{8}")
_GRID_SIZE_M = 1_300_000
_TEXT_CONTRAST = 4.5


def load_catalogue(folder: Path) -> Catalogue:
    """Return what one council's folder says.

    Parameters
    ----------
    folder
        Holds ``council.toml`` and one ``<layer>.toml`` for each layer; the name
        of the folder is the council's slug and that of a file its layer's. A file
        with ``template`` stands on one: of a folder "templates" beside this one,
        or of those that the project ships.

    Raises
    ------
    CatalogueInvalid
        A file is missing or wrong. The message names the file and the key, and
        says what to write.
    """
    if not (folder / COUNCIL_FILE).is_file():
        raise CatalogueInvalid(
            folder.name,
            COUNCIL_FILE,
            "there is no such file. A council's folder holds it and one TOML file for each layer.",
        )
    council = _council_entry(_open_table(folder / COUNCIL_FILE), folder.name)
    layers = [
        _load_layer(path, council)
        for path in sorted(folder.glob("*.toml"))
        if path.name != COUNCIL_FILE
    ]
    catalogue = Catalogue(council=council, layers={layer.slug: layer for layer in layers})
    _refuse_unknown_coverage(catalogue)
    return catalogue


def _refuse_unknown_coverage(catalogue: Catalogue) -> None:
    for entry in catalogue.layers.values():
        named = entry.coverage.layer
        if named and named not in catalogue.layers:
            raise CatalogueInvalid(
                f"{catalogue.council.slug}/{entry.slug}.toml",
                "coverage.layer",
                f'is "{named}", which is not a layer of this council. '
                f"Write one of: {', '.join(sorted(catalogue.layers))}.",
            )


def _load_layer(path: Path, council: CouncilEntry) -> LayerEntry:
    name = _named(path)
    written = _read_toml(path, name)
    own = with_council(written, council)
    table = TomlTable(name, own)
    if not _SLUG.fullmatch(path.stem):
        table.refuse(
            "the file's name",
            "becomes part of web addresses. Use small letters, digits and single hyphens only, "
            'as in "recycling-centres.toml".',
        )
    digest = hashlib.sha256(path.read_bytes())
    if own != written:
        digest.update(repr(own).encode())
    if template := table.text("template", ""):
        under = _read_template(table, template, path.parent)
        merged = lay_over_template(template, own, under, file=name, council=council)
        table = TomlTable(name, merged)
        # A new template, or a new name of the council in it, makes another layer.
        digest.update(repr(merged).encode())
    return layer_entry(table, slug=path.stem, digest=digest.hexdigest())


def _read_template(table: TomlTable, name: str, council_folder: Path) -> dict[str, Any]:
    path = find_template(name, council_folder) if _SLUG.fullmatch(name) else None
    if path is None:
        names = template_names(council_folder)
        nearest = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        advice = f' Did you mean "{nearest[0]}"?' if nearest else ""
        table.refuse("template", f'is "{name}".{advice} Write one of: {", ".join(names)}.')
    return _read_toml(path, template_file_name(name))


def _open_table(path: Path) -> TomlTable:
    return TomlTable(_named(path), _read_toml(path, _named(path)))


def _named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _read_toml(path: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueInvalid(name, "TOML", f"cannot be read: {error}.") from error
    except UnicodeDecodeError as error:
        raise CatalogueInvalid(
            name, "TOML", f"byte {error.start} is not UTF-8. Save the file as UTF-8."
        ) from error


def _council_entry(table: TomlTable, slug: str) -> CouncilEntry:
    gss_code = table.text("gss_code")
    if not _GSS_CODE.fullmatch(gss_code):
        table.refuse(
            "gss_code",
            f'is "{gss_code}". Write the ONS code: a letter and 8 digits, as E08000025.',
        )
    website = table.text("website")
    if not website.startswith("https://"):
        table.refuse("website", f'is "{website}". Write an address that starts with https://.')
    entry = CouncilEntry(
        slug=slug,
        name=table.text("name"),
        gss_code=gss_code,
        website=website,
        extent_27700=_extent_27700(table.table("extent_27700")),
        brand=_brand(table.table("brand")),
        links=_links(table.table("links", optional=True)),
        examples=_examples(table.table("examples", optional=True)),
        hosts=host_names(table),
    )
    table.close()
    return entry


def _extent_27700(table: TomlTable) -> tuple[float, float, float, float]:
    """Return west, south, east, north in metres."""
    west, south, east, north = (
        table.number(side, at_least=0, at_most=_GRID_SIZE_M)
        for side in ("west", "south", "east", "north")
    )
    if west >= east:
        table.refuse("west", f"is {west:g}, which is not west of east, {east:g}.")
    if south >= north:
        table.refuse("south", f"is {south:g}, which is not south of north, {north:g}.")
    table.close()
    return west, south, east, north


def _brand(table: TomlTable) -> dict[str, str]:
    brand = {key: table.text(key) for key in ("service_name", "place", "colour", "text_colour")}
    for key in ("colour", "text_colour"):
        if not is_hex_colour(brand[key]):
            table.refuse(
                key,
                f'is "{brand[key]}". Write a colour as "#1a2b3c", in small letters.',
            )
    contrast = contrast_ratio(brand["colour"], brand["text_colour"])
    if contrast < _TEXT_CONTRAST:
        table.refuse(
            "text_colour",
            f"has a contrast of {contrast:.1f} on the brand's colour; text needs {_TEXT_CONTRAST}. "
            f'Try "{WHITE}" on a dark colour.',
        )
    table.close()
    return brand


def _links(table: TomlTable) -> dict[str, str]:
    """Return the council's pages that ours lead on to; none where none is given."""
    links = {key: table.text(key) for key in ("missed_bin",) if table.has(key)}
    for key, address in links.items():
        if not address.startswith("https://"):
            table.refuse(key, f'is "{address}". Write an address that starts with https://.')
    table.close()
    return links


def _examples(table: TomlTable) -> dict[str, str]:
    """Return what pages name to show how a place is typed; none where none is given."""
    examples = {key: table.text(key) for key in ("postcode", "street") if table.has(key)}
    if (postcode := examples.get("postcode")) and not _is_postcode(postcode):
        table.refuse("postcode", f'is "{postcode}". Write a full postcode, such as "B1 1BB".')
    table.close()
    return examples


def _is_postcode(text: str) -> bool:
    try:
        return bool(read_postcode(text) == text)
    except ValueNotRead:
        return False
