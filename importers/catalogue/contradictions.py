"""What is wrong in a layer's file only when its keys are read together."""

from importers.catalogue.date_patterns import is_partial
from importers.catalogue.entries import FieldEntry, LayerEntry
from importers.catalogue.toml_table import TomlTable

_TABLES = ("CSV", "XLSX", "ODS")
_TAKEN_SLUG = "basemap"
_TEMPORAL = ("date", "datetime")


def refuse_contradictions(table: TomlTable, entry: LayerEntry) -> None:
    """Refuse what is right key by key and wrong together.

    Raises
    ------
    CatalogueInvalid
        A key names a field that is not there, a field's name is used twice, or
        the geometry cannot be what the rest of the file asks of it.
    """
    _refuse_repeated_names(table, entry)
    if entry.slug == _TAKEN_SLUG:
        table.refuse(
            "title",
            f"is of a layer called {_TAKEN_SLUG}, at whose addresses all layers of the background "
            "map have their tiles together. Give the file another name.",
        )
    for name in entry.key:
        _refuse_unfit_field(table, entry, "key", name)
    for name in entry.key_if_given:
        _refuse_unfit_field(table, entry, "key_if_given", name)
    _refuse_unfit_field(table, entry, "title_field", entry.title_field)
    for name in entry.facts:
        _refuse_unfit_field(table, entry, "use.facts", name)
    for key, name in (
        ("datetime_field", entry.datetime_field),
        ("checks.arrivals_field", entry.checks.arrivals_field),
    ):
        if name and _refuse_unfit_field(table, entry, key, name).type not in _TEMPORAL:
            table.refuse(key, f'names "{name}", which is not a date.')
        _refuse_partial_dates(table, entry, key, name)
    for name in entry.hours.field_names():
        if _refuse_unfit_field(table, entry, "hours", name).type != "text":
            table.refuse("hours", f'names "{name}", which is not a text.')
    _refuse_impossible_geometry(table, entry)


def _refuse_unfit_field(table: TomlTable, entry: LayerEntry, key: str, name: str) -> FieldEntry:
    """Return the field that ``key`` names, which must be there, and public in a public layer."""
    fields = {field.name: field for field in entry.fields}
    if name not in fields:
        table.refuse(key, f'names "{name}", which is not a field. Fields: {", ".join(fields)}.')
    if entry.is_public and not fields[name].public:
        table.refuse(key, f'names "{name}", which is not public in a public layer.')
    return fields[name]


def _refuse_partial_dates(table: TomlTable, entry: LayerEntry, key: str, name: str) -> None:
    for field in entry.fields:
        if field.name == name and any(map(is_partial, field.date_formats)):
            table.refuse(
                key,
                f'names "{name}", whose date_formats leave out the day. Only whole dates can be '
                "compared with others.",
            )


def _refuse_repeated_names(table: TomlTable, entry: LayerEntry) -> None:
    seen: set[str] = set()
    for number, field in enumerate(entry.fields, start=1):
        if field.name in seen:
            table.refuse(
                f"fields[{number}].name",
                f'is "{field.name}" a second time. Give each field a name of its own, or list '
                "both columns in the source of one field.",
            )
        seen.add(field.name)


def _refuse_impossible_geometry(table: TomlTable, entry: LayerEntry) -> None:
    if entry.is_area and entry.geometry_type != "Polygon":
        table.refuse(
            "use.area",
            f"is true, but nobody can be inside a {entry.geometry_type}. "
            'Only a layer of geometry_type "Polygon" is an area.',
        )
    if entry.checks.no_overlap and entry.geometry_type != "Polygon":
        table.refuse(
            "checks.no_overlap",
            f'is true, but only a layer of geometry_type "Polygon" can be looked through for '
            f"overlaps; this one is of {entry.geometry_type}.",
        )
    _refuse_unclear_position(table, entry)


def _refuse_unclear_position(table: TomlTable, entry: LayerEntry) -> None:
    """Refuse a table of places that says in no way, or in two, where its places are."""
    source = entry.source
    given = [key for key in ("coordinates", "wkt", "lat_lon") if getattr(source, key)]
    if source.driver in _TABLES and entry.geometry_type != "None" and not given:
        table.refuse(
            "source.coordinates",
            "is missing: say which columns of the table hold the position, in a table headed "
            "[[source.coordinates]] with x, y and crs, or name the one column that holds it in "
            "source.wkt or source.lat_lon.",
        )
    if len(given) > 1:
        table.refuse(
            f"source.{given[1]}",
            f"is given beside source.{given[0]}. Keep the one that the file is to be placed by.",
        )
    if source.wkt and source.crs is None:
        table.refuse(
            "source.crs",
            "is missing: WKT does not say its coordinate system. "
            'Write "EPSG:27700" or "EPSG:4326".',
        )
    if source.lat_lon and source.crs == "EPSG:27700":
        table.refuse(
            "source.crs",
            'is "EPSG:27700", but lat_lon is in degrees. Leave crs out.',
        )
