"""How a constraint check reads a layer, and for which area the layer can say "no"."""

from importers.catalogue.constraint_entry import ConstraintEntry, CoverageEntry
from importers.catalogue.entries import LayerEntry
from importers.catalogue.toml_table import TomlTable

_FARTHEST_M = 5_000
_LEAST_ACCURATE_M = 1_000
_GRID_SIZE_M = 1_300_000
_WAYS = ("area", "extent_27700", "layer", "features")


def constraint_entry(table: TomlTable) -> ConstraintEntry:
    """Return what ``[constraint]`` says.

    Raises
    ------
    CatalogueInvalid
        A number is out of its range, or a key is not known.
    """
    entry = ConstraintEntry(
        category=table.text("category", ""),
        accuracy_m=_metres(table, "accuracy_m", _LEAST_ACCURATE_M),
        margin_m=_metres(table, "margin_m", _FARTHEST_M),
        max_age_days=table.integer("max_age_days", None, at_least=1),
        rights_field=table.text("rights_field", ""),
    )
    table.close()
    return entry


def coverage_entry(table: TomlTable, *, slug: str) -> CoverageEntry:
    """Return what ``[coverage]`` says: one way of stating the area, or none.

    Raises
    ------
    CatalogueInvalid
        It states the area in two ways, or in one that is not known.
    """
    given = [key for key in _WAYS if table.has(key)]
    if len(given) > 1:
        table.refuse(given[1], f"is given beside {given[0]}. State the area in one way.")
    if table.text("area", "council") != "council":
        table.refuse("area", 'is not "council", the one area that has a name here.')
    layer = table.text("layer", "")
    if layer == slug:
        table.refuse("layer", "names the layer itself. Write features = true instead.")
    has_features = table.flag("features", True)
    if table.has("features") and not has_features:
        table.refuse("features", "is false. Leave it out, or state the area in another way.")
    entry = CoverageEntry(
        area="council" if table.has("area") else "",
        extent_27700=_extent(table),
        layer=layer,
        features=table.has("features"),
    )
    table.close()
    return entry


def refuse_idle_tables(
    tables: tuple[TomlTable, TomlTable], entry: LayerEntry, own_file: str
) -> None:
    """Refuse what no check would read: tables of another layer, and a field that is not there.

    A template of constraint layers may be used for a layer that is none: its tables lie idle.
    """
    constraint, _coverage = tables
    for table in tables:
        for key in table.keys:
            if not entry.is_constraint and table.file_of(key) == own_file:
                table.refuse(key, "is for constraint layers alone. Add constraint = true to [use].")
    rights = entry.constraint.rights_field
    public = sorted(field.name for field in entry.fields if field.public)
    if rights and rights not in public:
        constraint.refuse(
            "rights_field",
            f'is "{rights}", which is not a public field. Write one of: {", ".join(public)}.',
        )


def _metres(table: TomlTable, key: str, at_most: float) -> float | None:
    metres = table.number(key, at_most, at_least=0, at_most=at_most)
    return metres if table.has(key) else None


def _extent(table: TomlTable) -> tuple[float, float, float, float] | None:
    sides = table.numbers("extent_27700", (), at_least=0, at_most=_GRID_SIZE_M)
    if not table.has("extent_27700"):
        return None
    if len(sides) != 4 or sides[0] >= sides[2] or sides[1] >= sides[3]:
        table.refuse(
            "extent_27700",
            "is no box. Write [west, south, east, north] in metres of the British National Grid, "
            "as [397800, 275890, 418500, 301230].",
        )
    west, south, east, north = sides
    return west, south, east, north
