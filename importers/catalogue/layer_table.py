"""One ``<layer>.toml`` understood: its source, fields, filters, checks, licence and style."""

import re
from datetime import datetime, time

from importers.catalogue.constraint_table import (
    constraint_entry,
    coverage_entry,
    refuse_idle_tables,
)
from importers.catalogue.contradictions import refuse_contradictions
from importers.catalogue.entries import (
    AT_NIGHT,
    EPOCH_MS,
    FALSE_VALUES,
    TRUE_VALUES,
    ChecksEntry,
    CoordinateColumns,
    Crs,
    Driver,
    FieldEntry,
    FieldType,
    FilterEntry,
    GeometryType,
    LayerEntry,
    Role,
    SourceEntry,
    Theme,
)
from importers.catalogue.fetch_keys import fetch_entry
from importers.catalogue.field_words import field_words
from importers.catalogue.gate import refuse_personal_field, refuse_to_give_out
from importers.catalogue.hours_table import hours_entry
from importers.catalogue.style_table import refuse_unknown_fields, style_entry
from importers.catalogue.toml_table import TomlTable
from importers.transform.column_names import as_expression, is_pattern

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
# What views, files and filters call a feature's location and id themselves.
_TAKEN_NAMES = ("feature_id", "geom", "geometry")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEB_ADDRESS = re.compile(r"https://\S+")
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MAX_MARGIN_M = 1_000_000
_MAX_SHARE = 1_000


def layer_entry(table: TomlTable, *, slug: str, digest: str) -> LayerEntry:
    """Return the entry that ``table`` describes.

    Raises
    ------
    CatalogueInvalid
        A key is missing, unknown or wrong; the message names it.
    """
    use = table.table("use", optional=True)
    licence = table.table("licence")
    refresh = table.table("refresh", optional=True)
    checked = table.table("constraint", optional=True), table.table("coverage", optional=True)
    entry = LayerEntry(
        slug=slug,
        digest=digest,
        title=table.text("title"),
        description=table.text("description"),
        theme=table.choice("theme", Theme),
        geometry_type=table.choice("geometry_type", GeometryType),
        keywords=table.texts("keywords", ()),
        rank=table.integer("rank", 100, at_least=0) or 0,
        role=table.choice("role", Role, ""),
        keeper_email=_keeper(table),
        is_public=table.flag("public", True),
        is_service=use.flag("service", False),
        is_area=use.flag("area", False),
        is_constraint=use.flag("constraint", False),
        constraint=constraint_entry(checked[0]),
        coverage=coverage_entry(checked[1], slug=slug),
        facts=use.texts("facts", ()),
        source=_source(table.table("source")),
        key=table.texts("key"),
        has_stable_key=table.flag("key_is_stable", True),
        key_if_given=table.texts("key_if_given", ()),
        title_field=table.text("title_field"),
        datetime_field=table.text("datetime_field", ""),
        hours=hours_entry(table.table("hours", optional=True)),
        fields=tuple(_field(field) for field in table.tables("fields", optional=False)),
        filters=tuple(_filter(rule) for rule in table.tables("filters")),
        checks=_checks(table.table("checks", optional=True)),
        licence=licence.text("name"),
        licence_restricted=licence.flag("restricted", False),
        licence_url=_web_address(licence, "url"),
        attribution=licence.text("attribution"),
        refresh_days=refresh.integer("every_days", None, at_least=1),
        refresh_at=_time_of_day(refresh, "at"),
        style=style_entry(table.table("style")),
    )
    for part in (use, licence, refresh, table):
        part.close()
    refuse_contradictions(table, entry)
    refuse_unknown_fields(table.table("style"), entry.style, entry.fields)
    refuse_idle_tables(checked, entry, table.file)
    refuse_to_give_out(table, entry)
    return entry


def _keeper(table: TomlTable) -> str:
    email = table.text("keeper", "")
    if email and not _EMAIL.fullmatch(email):
        table.refuse(
            "keeper",
            f'is "{email}". Write the e-mail address of whoever looks after the layer.',
        )
    return email


def _source(table: TomlTable) -> SourceEntry:
    source = SourceEntry(
        url=_web_address(table, "url"),
        fetch_by_hand=table.text("fetch_by_hand"),
        driver=table.choice("driver", Driver),
        crs=table.choice("crs", Crs, None),
        encoding=_encoding(table),
        has_header=table.flag("header", True),
        columns=table.texts("columns", ()),
        coordinates=tuple(_coordinates(pair) for pair in table.tables("coordinates")),
        table=table.text("table", "") or None,
        wkt=table.text("wkt", "") or None,
        lat_lon=_column(table, "lat_lon", "") or None,
        fetch=fetch_entry(table),
        covers_more=table.flag("covers_more", False),
    )
    if source.wkt and is_pattern(source.wkt):
        table.refuse("wkt", f'is "{source.wkt}". Write the name of the column, not a pattern.')
    if source.has_header and source.columns:
        table.refuse(
            "columns",
            "names the columns of a file without a header. Add header = false.",
        )
    if not source.has_header and not source.columns:
        table.refuse("columns", "is missing: header = false needs the names of the columns.")
    table.close()
    return source


def _encoding(table: TomlTable) -> str | None:
    encoding = table.text("encoding", "")
    try:
        "".encode(encoding or "utf-8")
    except LookupError:
        table.refuse(
            "encoding",
            f'is "{encoding}", which is not known. Write "utf-8" or "windows-1252".',
        )
    return encoding or None


def _coordinates(table: TomlTable) -> CoordinateColumns:
    words = table.table("crs_words", optional=True)
    pair = CoordinateColumns(
        x=_column(table, "x"),
        y=_column(table, "y"),
        crs=table.choice("crs", Crs),
        crs_column=_column(table, "crs_column", "") or None,
        crs_words={word.casefold(): words.choice(word, Crs) for word in words.keys},
    )
    if pair.crs_words and not pair.crs_column:
        table.refuse("crs_words", "is for the words of crs_column, which is missing.")
    table.close()
    return pair


def _column(table: TomlTable, key: str, *default: str) -> str:
    name = table.text(key, *default)
    _refuse_broken_pattern(table, key, name)
    return name


def _refuse_broken_pattern(table: TomlTable, key: str, name: str) -> None:
    if not is_pattern(name):
        return
    try:
        as_expression(name)
    except re.error as error:
        table.refuse(key, f'holds "{name}", which is no regular expression: {error}.')


def _field(table: TomlTable) -> FieldEntry:
    name = table.text("name")
    if not _FIELD_NAME.fullmatch(name):
        table.refuse(
            "name",
            f'is "{name}". Use small letters, digits and underscores only, start with a letter '
            'and stay within 63 characters, as in "opening_hours".',
        )
    if name in _TAKEN_NAMES:
        table.refuse(
            "name",
            f'is "{name}", by which views and files call a feature\'s location or id. Call it '
            'something else, as in "shape_note", and let "source" name the column.',
        )
    is_personal = table.flag("personal", False)
    field = FieldEntry(
        name=name,
        title=table.text("title"),
        type=table.choice("type", FieldType),
        source=table.texts("source"),
        description=table.text("description", ""),
        unit=table.text("unit", ""),
        required=table.flag("required", False),
        public=table.flag("public", not is_personal),
        personal=is_personal,
        queryable=table.flag("queryable", False),
        date_formats=table.texts("date_formats", ()),
        true_values=_folded(table.texts("true_values", TRUE_VALUES)),
        false_values=_folded(table.texts("false_values", FALSE_VALUES)),
        words=field_words(table),
        several=table.flag("several", False),
    )
    table.close()
    for column in field.source:
        _refuse_broken_pattern(table, "source", column)
    refuse_personal_field(table, field)
    _refuse_field_contradictions(table, field)
    return field


def _refuse_field_contradictions(table: TomlTable, field: FieldEntry) -> None:
    if field.queryable and not field.public:
        table.refuse(
            "queryable",
            "is true although public is false: a filter would give the values away.",
        )
    if field.several and not (field.words and field.type == "text"):
        table.refuse("several", "is for a text that is made of words; it needs a table of words.")
    if field.date_formats and field.type != "date":
        table.refuse("date_formats", f'is for the type "date", but the type is "{field.type}".')
    for pattern in field.date_formats:
        if not _is_date_format(pattern):
            table.refuse(
                "date_formats",
                f'holds "{pattern}", which cannot be read back. Write a pattern as "%d/%m/%Y".',
            )


def _is_date_format(pattern: str) -> bool:
    moment = datetime(2026, 3, 4, 5, 6, 7)
    if pattern == EPOCH_MS:
        return True
    try:
        return "%" in pattern and bool(datetime.strptime(moment.strftime(pattern), pattern))
    except ValueError:
        return False


def _filter(table: TomlTable) -> FilterEntry:
    keeps_empty, is_filled = table.flag("empty", False), table.flag("filled", False)
    rule = FilterEntry(
        column=_column(table, "column"),
        one_of=table.texts("one_of", ()) if keeps_empty or is_filled else table.texts("one_of"),
        optional=table.flag("optional", False),
        empty=keeps_empty,
        filled=is_filled,
    )
    if is_filled and (rule.one_of or rule.empty):
        table.refuse("filled", "is true, so one_of and empty have nothing to say. Leave them out.")
    table.close()
    return rule


def _checks(table: TomlTable) -> ChecksEntry:
    usual = ChecksEntry()
    checks = ChecksEntry(
        extent_margin_m=table.number(
            "extent_margin_m", usual.extent_margin_m, at_least=0, at_most=_MAX_MARGIN_M
        ),
        max_quarantined_share=table.number(
            "max_quarantined_share", usual.max_quarantined_share, at_least=0, at_most=1
        ),
        min_rows=table.integer("min_rows", usual.min_rows, at_least=0) or 0,
        expected_rows=table.integer("expected_rows", None, at_least=1),
        max_area_change_share=table.number(
            "max_area_change_share", usual.max_area_change_share, at_least=0, at_most=1
        ),
        allow_no_location=table.flag("allow_no_location", usual.allow_no_location),
        arrivals_field=table.text("arrivals_field", ""),
        **{
            share: table.number(share, getattr(usual, share), at_least=0, at_most=_MAX_SHARE)
            for share in (
                "max_fewer_share",
                "max_more_share",
                "max_moved_share",
                "max_replaced_share",
            )
        },
        no_overlap=table.flag("no_overlap", usual.no_overlap),
    )
    table.close()
    return checks


def _time_of_day(table: TomlTable, key: str) -> time:
    text = table.text(key, "")
    if not text:
        return AT_NIGHT
    if not _TIME_OF_DAY.fullmatch(text):
        table.refuse(key, f'is "{text}". Write a time of day, such as "02:30" or "18:00".')
    if not table.has("every_days"):
        table.refuse(key, "is given without every_days, so it would never be used. Add both.")
    return time.fromisoformat(text)


def _web_address(table: TomlTable, key: str) -> str:
    address = table.text(key)
    if not _WEB_ADDRESS.fullmatch(address):
        table.refuse(key, f'is "{address}". Write an address that starts with https://.')
    return address


def _folded(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value.lower() for value in values)
