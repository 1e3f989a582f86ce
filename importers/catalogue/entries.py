"""What a council's TOML files say, as typed and frozen values."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any, Literal

from importers.catalogue.constraint_entry import ConstraintEntry, CoverageEntry
from importers.catalogue.style_entry import StyleEntry

FieldType = Literal[
    "text", "integer", "number", "boolean", "date", "datetime", "url", "postcode", "uprn"
]
GeometryType = Literal["Point", "MultiPoint", "LineString", "Polygon", "None"]
Driver = Literal[
    "GeoJSON",
    "GeoJSONSeq",
    "CSV",
    "ESRI Shapefile",
    "GPKG",
    "KML",
    "MapInfo File",
    "GML",
    "FlatGeobuf",
    "TopoJSON",
    "ESRIJSON",
    "OpenFileGDB",
    "XLSX",
    "ODS",
    "OSM",
]
Service = Literal["file", "arcgis", "wfs", "ogc-api-features", "opendatasoft", "planning-data"]
Crs = Literal["EPSG:27700", "EPSG:4326"]
# What a domain app reads a layer for. `gazetteer` reads the first row, `waste` the second; `maps`
# reads who represents a ward, what schools there are and which takes an area's children, whose
# area is next door, and what is being built. The last row is drawn under every map.
Role = Literal[
    "", "postcode", "address", "ward", "place", "property",
    "collection-round", "collection-premises", "collection-date", "collection-change",
    "service-notice",
    "councillor", "school", "school-catchment", "council", "planning-application",
    "basemap-foreshore", "basemap-green", "basemap-water", "basemap-building",
    "basemap-boundary", "basemap-rail", "basemap-road", "basemap-name",
]  # fmt: skip
# The words of `layers.models.Theme`, said again so that a catalogue loads without Django.
Theme = Literal[
    "boundaries",
    "education",
    "leisure",
    "waste",
    "planning",
    "heritage",
    "addresses",
    "environment",
    "transport",
    "background",
]

# When most people sleep, and before the nightly tidying up.
AT_NIGHT = time(2)
TRUE_VALUES = ("true", "yes", "y", "1", "t")
FALSE_VALUES = ("false", "no", "n", "0", "f")
# Among date formats: how ArcGIS writes dates, in milliseconds since 1970 (UTC), before it negative.
EPOCH_MS = "epoch-ms"


@dataclass(frozen=True, slots=True)
class CouncilEntry:
    """``council.toml``. ``extent_27700`` is west, south, east, north in metres.

    ``hosts`` are the servers that any layer may be fetched from, and be redirected to.
    ``links`` are the council's own pages that ours lead on to, by what they are for.
    ``examples`` are a postcode and a street that somebody may search for.
    """

    slug: str
    name: str
    gss_code: str
    website: str
    extent_27700: tuple[float, float, float, float]
    brand: dict[str, str]
    links: dict[str, str] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CoordinateColumns:
    """Two columns of a table that hold a point, and their CRS. x is easting or longitude.

    Where the table has a ``crs_column``, that says the CRS of each row, in words
    that are known everywhere or in those of ``crs_words``; else all are in ``crs``.
    """

    x: str
    y: str
    crs: Crs
    crs_column: str | None = None
    crs_words: dict[str, Crs] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LatLonColumn:
    """One column of a table that holds a point as the text "(latitude, longitude)"."""

    name: str
    crs: Crs = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class FetchEntry:
    """What is fetched for a layer. ``service`` says how the server at ``address`` is asked.

    ``layer`` is what the server calls it: a WFS's type name, an OGC API's collection, an
    Opendatasoft data set. ``where`` is the server's own filter. ``page_size`` is how many
    features are asked for at once, None for what the service usually gives.
    ``paging`` and ``lower_case_parameters`` are for WFS servers that need it otherwise.
    """

    address: str
    service: Service = "file"
    layer: str = ""
    where: str = ""
    version: str = "2.0.0"
    output_format: str = ""
    page_size: int | None = None
    paging: bool = True
    lower_case_parameters: bool = False


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """Where a layer comes from and how its file is to be read.

    ``coordinates`` are tried in order: the first pair whose columns are both in
    the header is used. ``columns`` names the columns of a file without a header.
    ``crs`` is what a file without one of its own is in; a file that declares
    another CRS is believed. ``wkt`` is the column of a table that holds shapes
    as WKT in ``crs``, ``lat_lon`` one that holds "(latitude, longitude)" in
    degrees; a table has one of these or ``coordinates``. ``fetch`` is None for
    a source that a person has to bring. ``covers_more``: it is known to reach beyond
    the council, whose part of it is taken.
    """

    url: str
    fetch_by_hand: str
    driver: Driver
    crs: Crs | None
    encoding: str | None
    has_header: bool
    columns: tuple[str, ...]
    coordinates: tuple[CoordinateColumns, ...]
    table: str | None
    wkt: str | None = None
    lat_lon: str | None = None
    fetch: FetchEntry | None = None
    covers_more: bool = False


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One property. ``source`` lists the columns it may come from, best first.

    One that starts with "pattern:" is a regular expression of the whole name.

    ``personal``: it says something about a person; such a field is never public.

    ``date_formats`` are strptime patterns, tried in order; without any, dates
    are ISO 8601. A ``postcode`` is a text that is written out in one way.

    ``words`` are those that a cell may hold, in small letters, and what each stands for: for a
    text there are no others unless "*" says what they stand for, an integer may also be a number.
    ``several``: a cell may hold more than one of them.
    """

    name: str
    title: str
    type: FieldType
    source: tuple[str, ...]
    description: str = ""
    unit: str = ""
    required: bool = False
    public: bool = True
    personal: bool = False
    queryable: bool = False
    date_formats: tuple[str, ...] = ()
    true_values: tuple[str, ...] = TRUE_VALUES
    false_values: tuple[str, ...] = FALSE_VALUES
    words: dict[str, str | int] = field(default_factory=dict)
    several: bool = False


@dataclass(frozen=True, slots=True)
class FilterEntry:
    """Rows whose ``column`` holds none of ``one_of`` are left out, and counted.

    ``empty``: rows whose cell is empty are kept too. ``filled``: instead, rows with anything in
    the cell are kept. ``optional``: a file without the column is not filtered, and a note says so.
    ``column`` may be a pattern.
    """

    column: str
    one_of: tuple[str, ...]
    optional: bool = False
    empty: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class ChecksEntry:
    """What must hold before an edition is published.

    ``extent_margin_m``: how far outside the council's extent a feature may lie.
    ``max_quarantined_share``: of rows that were not filtered out on purpose.
    ``max_area_change_share``: how much making a polygon valid may change its area.
    ``expected_rows``: exact number of rows published, where it is known.
    The four shares after that are of the published edition's features: how many
    fewer or more there may be, how many may have moved, or have been replaced by others.
    ``arrivals_field``: the date by which features arrive, whose rhythm is watched.
    ``no_overlap``: polygons share no area and leave no gaps, as wards do.
    """

    extent_margin_m: float = 5000.0
    max_quarantined_share: float = 0.2
    min_rows: int = 1
    expected_rows: int | None = None
    max_area_change_share: float = 0.001
    allow_no_location: bool = False
    max_fewer_share: float = 0.25
    max_more_share: float = 1.0
    max_moved_share: float = 0.5
    max_replaced_share: float = 0.5
    arrivals_field: str = ""
    no_overlap: bool = False


@dataclass(frozen=True, slots=True)
class SeasonEntry:
    """A field whose hours are those of a part of the year. Days are "MM-DD", both included."""

    field: str
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class HoursEntry:
    """Which fields hold opening hours: one of them all, or seven, Monday first, or seasons.

    ``every_day_unless_said``: hours without any day are those of every day.
    ``empty_is_closed``: a day that is left empty is a day on which it is closed, not unknown.
    """

    field: str = ""
    days: tuple[str, ...] = ()
    seasons: tuple[SeasonEntry, ...] = ()
    every_day_unless_said: bool = False
    empty_is_closed: bool = False

    def field_names(self) -> tuple[str, ...]:
        """Return the names of all fields that hold hours."""
        single = (self.field,) if self.field else ()
        return (*single, *self.days, *(season.field for season in self.seasons))

    def as_stored(self) -> dict[str, Any]:
        """Return what `layers.models.Layer.opening_hours` keeps: only what is said."""
        said = {
            "field": self.field,
            "days": list(self.days),
            "seasons": [
                {"field": season.field, "from": season.first_day, "to": season.last_day}
                for season in self.seasons
            ],
            "every_day_unless_said": self.every_day_unless_said,
            "empty_is_closed": self.empty_is_closed,
        }
        return {key: value for key, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class LayerEntry:
    """One ``<layer>.toml``. ``digest`` is the SHA-256 of the file, with its template.

    ``licence_restricted``: its licence does not allow to give it out, so it is never public.
    ``has_stable_key``: a feature keeps its key from one export to the next. ``key_if_given``:
    fields that belong to the key too, and may be empty.

    ``facts`` are the fields that residents ask about, most wanted first.

    Every ``refresh_days`` days, from ``refresh_at`` on by British clocks, it is due again.
    """

    slug: str
    title: str
    description: str
    theme: Theme
    geometry_type: GeometryType
    source: SourceEntry
    fields: tuple[FieldEntry, ...]
    key: tuple[str, ...]
    title_field: str
    licence: str
    attribution: str
    digest: str
    licence_url: str = ""
    datetime_field: str = ""
    hours: HoursEntry = HoursEntry()
    rank: int = 100
    role: Role = ""
    keeper_email: str = ""
    is_public: bool = True
    licence_restricted: bool = False
    has_stable_key: bool = True
    key_if_given: tuple[str, ...] = ()
    is_service: bool = False
    is_area: bool = False
    is_constraint: bool = False
    constraint: ConstraintEntry = ConstraintEntry()
    coverage: CoverageEntry = CoverageEntry()
    facts: tuple[str, ...] = ()
    refresh_days: int | None = None
    refresh_at: time = AT_NIGHT
    keywords: tuple[str, ...] = ()
    filters: tuple[FilterEntry, ...] = ()
    checks: ChecksEntry = ChecksEntry()
    style: StyleEntry = StyleEntry(colour="#1d70b8")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One council's folder."""

    council: CouncilEntry
    layers: dict[str, LayerEntry]
