"""How a layer is drawn: its colour, marks and lines, and the classes that are drawn apart."""

from typing import Literal

from importers.catalogue.colour import WHITE, contrast_ratio, is_hex_colour
from importers.catalogue.entries import FieldEntry
from importers.catalogue.style_entry import StyleClassEntry, StyleEntry
from importers.catalogue.toml_table import TomlTable

Line = Literal["solid", "dashed", "dotted"]
Fill = Literal["plain", "hatched", "crossed", "dotted", "none"]
Symbol = Literal["circle", "square", "triangle", "diamond", "star", "cross"]

_MAP_CONTRAST = 3.0
_WIDEST_PX = 8
_DEEPEST_ZOOM = 20


def style_entry(table: TomlTable) -> StyleEntry:
    """Return what ``[style]`` says.

    Raises
    ------
    CatalogueInvalid
        A colour cannot be told from white paper, or a word is not known.
    """
    style = StyleEntry(
        colour=_colour(table),
        line=table.choice("line", Line, "solid"),
        fill=table.choice("fill", Fill, "plain"),
        symbol=table.choice("symbol", Symbol, "circle"),
        width_px=table.number("width_px", 2.0, at_least=0.5, at_most=_WIDEST_PX),
        label=table.text("label", ""),
        min_zoom=_zoom(table),
        by=table.text("by", ""),
        classes=tuple(_class(each) for each in table.tables("classes")),
    )
    if bool(style.by) != bool(style.classes):
        table.refuse("by", "and [[style.classes]] belong together: write both, or neither.")
    table.close()
    return style


def refuse_unknown_fields(
    table: TomlTable, style: StyleEntry, fields: tuple[FieldEntry, ...]
) -> None:
    """Refuse a style that reads a field which the map's tiles do not have."""
    shown = {field.name for field in fields if field.public and field.queryable}
    for key in ("by", "label"):
        name = getattr(style, key)
        if name and name not in shown:
            table.refuse(
                key,
                f'is "{name}", which is not a public field with queryable = true. '
                f"Write one of: {', '.join(sorted(shown)) or 'none is'}.",
            )


def _class(table: TomlTable) -> StyleClassEntry:
    value = table.text("value")
    entry = StyleClassEntry(
        value=value,
        title=table.text("title", value),
        colour=_colour(table),
        line=table.choice("line", Line, "solid"),
        fill=table.choice("fill", Fill, "plain"),
        symbol=table.choice("symbol", Symbol, "circle"),
    )
    table.close()
    return entry


def _colour(table: TomlTable) -> str:
    colour = table.text("colour")
    if not is_hex_colour(colour):
        table.refuse("colour", f'is "{colour}". Write a colour as "#1a2b3c", in small letters.')
    contrast = contrast_ratio(colour, WHITE)
    if contrast < _MAP_CONTRAST:
        table.refuse(
            "colour",
            f'is "{colour}", with a contrast of {contrast:.1f} on white; parts of a map need '
            f"{_MAP_CONTRAST:g}. Choose a darker colour.",
        )
    return colour


def _zoom(table: TomlTable) -> int:
    zoom = table.integer("min_zoom", 0, at_least=0) or 0
    if zoom > _DEEPEST_ZOOM:
        table.refuse("min_zoom", f"is {zoom}. Write a whole number from 0 to {_DEEPEST_ZOOM}.")
    return zoom
