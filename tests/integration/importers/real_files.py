"""Every file of the shared set: the layer that it goes through, and what must come of it.

The numbers were counted by other tools (csv, ogrinfo, geopandas) and compared with
what the set's README says of each file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class RealFile:
    """One file, and the layer of a council that it is sent to.

    ``outcome`` is "published" or the code of the refusal. ``rows`` is None where a
    file is refused before its rows are read. ``kept_out`` is how many rows are
    quarantined, by kind; ``words`` must stand in the reason of a refusal. Where
    the catalogue does not know ``driver`` yet, the file waits for it. ``table`` is the one of
    several layers of the file that is read.
    """

    path: str
    council: str
    layer: str
    rows: int | None = None
    kept_out: Mapping[str, int] = field(default_factory=dict)
    outcome: str = "published"
    words: str = ""
    driver: str = ""
    table: str = ""

    @property
    def name(self) -> str:
        """How a test report names it."""
        return f"{self.path.rsplit('/', 1)[-1]} as {self.layer}"


SHIPPED = "shipped"
BATH = "bath-and-north-east-somerset"

REAL_FILES = [
    RealFile("boundaries/birmingham-wards.geojson", SHIPPED, "wards", rows=69),
    RealFile(
        "boundaries/birmingham-constituencies.geojson", "birmingham", "constituencies", rows=9
    ),
    RealFile("boundaries/wm-boroughs.geojson", "birmingham", "boroughs", rows=7),
    RealFile("boundaries/boundaries-lsoa-birmingham.geojson", "birmingham", "lsoa-2021", rows=659),
    RealFile(
        "boundaries/uk-geojson/wards_by_lad_E08000025.json", "birmingham", "wards-2013", rows=40
    ),
    RealFile(
        "boundaries/uk-geojson/wards_by_lad_topo_E08000025.json",
        "birmingham",
        "wards-2013-topo",
        rows=40,
        driver="TopoJSON",
    ),
    RealFile(
        "boundaries/uk-geojson/wpc_by_lad_E08000025.json",
        "birmingham",
        "constituencies-2013",
        rows=10,
    ),
    RealFile(
        "boundaries/uk-geojson/lsoa_by_lad_E08000025.json", "birmingham", "lsoa-2011", rows=639
    ),
    RealFile(
        "boundaries/uk-geojson/msoa_by_lad_E08000025.json", "birmingham", "msoa-2011", rows=132
    ),
    RealFile(
        "boundaries/uk-geojson/oa_by_lad_topo_E08000025.json",
        "birmingham",
        "output-areas-2011",
        rows=3223,
        driver="TopoJSON",
    ),
    RealFile(
        "boundaries/boundaryline_subset/district_borough_unitary_region.shp",
        "greater-london",
        "districts",
        rows=8,
    ),
    RealFile(
        "boundaries/boundaryline_subset/district_borough_unitary_ward_region.shp",
        "greater-london",
        "wards",
        rows=736,
    ),
    RealFile(
        "boundaries/boundaryline_subset/unitary_electoral_division_region.shp",
        "cornwall",
        "divisions",
        rows=2,
    ),
    RealFile("schools/birmingham_schools.csv", SHIPPED, "schools", rows=447),
    RealFile("schools/birmingham_schools.geojson", SHIPPED, "schools", rows=447),
    RealFile(
        "schools/bathnes/Management_Information_-_Schools_-_1_Sept_2005_To_31_August_2015.csv",
        BATH,
        "school-inspections",
        rows=232,
    ),
    RealFile("schools/bathnes/2013_Schools_CensusSpine.csv", BATH, "school-census", rows=78),
    RealFile(
        "schools/england-schools-markers-2026.json",
        "england",
        "schools",
        outcome="GEOJSON-ROOT",
        words="this is a list or a single value",
    ),
    RealFile(
        "planning/brownfield/local-authority-eng-bir.csv",
        SHIPPED,
        "brownfield",
        rows=992,
        kept_out={"OUTSIDE-AREA": 1},
    ),
    RealFile(
        "planning/brownfield/birmingham-2018-raw-EXCERPT.csv",
        "birmingham",
        "brownfield-excerpt",
        rows=11,
    ),
    RealFile(
        "planning/brownfield/birmingham-2018-raw-EXCERPT.csv",
        SHIPPED,
        "brownfield",
        rows=11,
        outcome="TOO-FEW-ROWS",
        words="Only 11 good rows; at least 50 are expected",
    ),
    RealFile(
        "planning/brownfield/local-authority-eng-saw.csv",
        "sandwell",
        "brownfield",
        rows=313,
        kept_out={"OUTSIDE-AREA": 5, "NO-LOCATION": 9},
    ),
    RealFile(
        "planning/brownfield/local-authority-eng-wlv.csv",
        "wolverhampton",
        "brownfield",
        rows=659,
        kept_out={"OUTSIDE-AREA": 4, "NO-LOCATION": 1},
    ),
    RealFile("planning/brownfield/dudley-raw.csv", "dudley", "brownfield", rows=128),
    RealFile(
        "planning/brownfield/nw-leicestershire-raw.csv",
        "north-west-leicestershire",
        "brownfield",
        rows=34,
    ),
    RealFile(
        "planning/brownfield/wychavon-raw.csv",
        "wychavon",
        "brownfield",
        rows=18,
        kept_out={"COORD-RANGE": 18},
        outcome="CRS-MISMATCH",
        words="read as eastings and northings (British National Grid), 18 are inside",
    ),
    RealFile(
        "planning/brownfield/rochdale-raw.csv",
        "rochdale",
        "brownfield",
        rows=128,
        kept_out={"OUTSIDE-AREA": 1},
    ),
    RealFile(
        "planning/brownfield/rochdale-raw.csv",
        "rochdale",
        "brownfield-unsaid",
        rows=128,
        kept_out={"CRS-UNKNOWN": 128},
        outcome="TOO-MANY-FAULTS",
        words="128 of 128 rows have faults",
    ),
    RealFile("planning/brownfield/mole-valley-raw.csv", "mole-valley", "brownfield", rows=18),
    RealFile(
        "planning/brownfield/bathnes/Brownfield_Register_Pilot_-_June_2017.csv",
        BATH,
        "brownfield",
        rows=56,
        kept_out={"OUTSIDE-GB": 56},
        outcome="AXIS-SWAPPED",
        words="latitudes and longitudes the wrong way round, 56 are inside",
    ),
    RealFile(
        "planning/brownfield/bathnes/Brownfield_Register_Pilot_-_June_2017_Correct_Geocoding.csv",
        BATH,
        "brownfield",
        rows=56,
        kept_out={"OUTSIDE-GB": 56},
        outcome="AXIS-SWAPPED",
        words="latitudes and longitudes the wrong way round, 56 are inside",
    ),
    RealFile("planning/conservation-areas/dudley-wfs.gml", "dudley", "conservation-areas", rows=34),
    RealFile(
        "planning/conservation-areas/nottinghamshire.geojson",
        "nottinghamshire",
        "conservation-areas",
        rows=174,
        kept_out={"KEY-DUPLICATE": 3},
    ),
    RealFile("planning/conservation-areas/camden.kml", "camden", "conservation-areas", rows=210),
    RealFile(
        "planning/conservation-areas/bracknell-forest.zip",
        "bracknell-forest",
        "conservation-areas",
        rows=6,
    ),
    RealFile(
        "planning/conservation-areas/leicester.geojson", "leicester", "conservation-areas", rows=24
    ),
    RealFile(
        "planning/conservation-areas/boston-wfs-exception-response.xml",
        "dudley",
        "conservation-areas",
        outcome="SOURCE-ERROR",
        words="an error answer from a map server",
    ),
    RealFile(
        "planning/conservation-areas/banes_conservation_ar.geojson",
        BATH,
        "conservation-areas",
        rows=36,
    ),
    RealFile("planning/banes_green_belt.geojson", BATH, "green-belt", rows=1),
    RealFile("planning/planning-data-invalid_geometry.csv", "england", "invalid-shapes", rows=4),
    RealFile(
        "planning/listed-buildings/he_listed_buildings.geojson", BATH, "listed-buildings", rows=3735
    ),
    RealFile(
        "planning/tpo/southwark-TPO zones - Individual type.zip",
        "southwark",
        "tree-preservation-orders",
        rows=485,
        kept_out={"KEY-DUPLICATE": 174, "NO-LOCATION": 11},
    ),
    RealFile(
        "planning/applications/isle-of-man-2022-planning-applications.csv",
        "isle-of-man",
        "planning-applications",
        rows=1444,
    ),
    RealFile(
        "planning/applications/isle-of-man-planning-applications-weekly.csv",
        "isle-of-man",
        "planning-applications-weekly",
        rows=2498,
        kept_out={"KEY-DUPLICATE": 1},
    ),
    RealFile(
        "bins/leeds/premises-BRJ-BRO.csv",
        "leeds",
        "premises",
        outcome="CSV-NUL",
        words="Line 5 holds a NUL byte",
    ),
    RealFile(
        "bins/leeds/premises-HAM-HAR.csv",
        "leeds",
        "premises",
        outcome="CSV-NUL",
        words="Line 41 holds a NUL byte",
    ),
    RealFile(
        "bins/leeds/names.csv", "leeds", "streets", rows=21757, kept_out={"KEY-DUPLICATE": 630}
    ),
    RealFile("bins/leeds/places.csv", "leeds", "places", rows=524),
    RealFile("bins/bathnes/banes_park_litter_bin.geojson", BATH, "park-bins", rows=302),
    RealFile("bins/bathnes/banes_park_dog_bin.geojson", BATH, "park-bins", rows=86),
    RealFile("bins/bathnes/banes_park_recycling_bin.geojson", BATH, "park-bins", rows=11),
    RealFile(
        "bins/bathnes/banes_grit_bins.geojson",
        BATH,
        "grit-bins",
        rows=442,
        kept_out={"FIELD-EMPTY": 18, "KEY-DUPLICATE": 2},
    ),
    RealFile(
        "bins/bathnes/Grit_Bins.csv",
        BATH,
        "grit-bins-csv",
        rows=439,
        kept_out={"FIELD-EMPTY": 16, "KEY-DUPLICATE": 2},
    ),
    RealFile(
        "bins/bathnes/Grit_Bins.csv",
        BATH,
        "grit-bins-eastings",
        rows=439,
        kept_out={"FIELD-EMPTY": 16, "KEY-DUPLICATE": 2},
    ),
    RealFile(
        "bins/bathnes/Litter_Bin_Survey.csv",
        BATH,
        "litter-bin-survey",
        rows=1255,
        kept_out={"FIELD-EMPTY": 9},
    ),
    RealFile("bins/edinburgh/recycle-points.csv", "edinburgh", "recycling-points-csv", rows=100),
    RealFile("bins/edinburgh/recycle-points.geojson", "edinburgh", "recycling-points", rows=100),
    RealFile("postcodes/codepoint-open-2014/b.csv", "birmingham", "code-point-2014", rows=41276),
    RealFile("postcodes/codepoint-open-2025/b.csv.gz", SHIPPED, "postcodes", rows=41907),
    RealFile(
        "postcodes/codepoint-open-2025/cv.csv.gz", "birmingham", "code-point-neighbours", rows=20991
    ),
    RealFile(
        "postcodes/codepoint-open-2025/dy.csv.gz", "birmingham", "code-point-neighbours", rows=11080
    ),
    RealFile(
        "postcodes/codepoint-open-2025/ws.csv.gz", "birmingham", "code-point-neighbours", rows=10289
    ),
    RealFile(
        "postcodes/codepoint-open-2025/wv.csv.gz",
        "birmingham",
        "code-point-neighbours",
        rows=10602,
        kept_out={"FILTERED": 137},
    ),
    RealFile("gazetteer/bathnes/os_place_names.geojson", BATH, "place-names", rows=936),
    RealFile("gazetteer/bathnes/os_roads.geojson", BATH, "roads", rows=9015),
    RealFile("gazetteer/bathnes/os_postcodes.geojson", BATH, "postcodes", rows=5783),
    RealFile(
        "gazetteer/gb-places.csv", "england", "places", rows=42986, kept_out={"KEY-DUPLICATE": 4088}
    ),
    # Rows and those kept out are counted by Debian's ogr2ogr (GDAL 3.6) to a CSV: lines without a
    # highway, and of those with one (kept out here as no road yet, or indoors) London 9 proposed
    # and 3 construction, Leeds 1 corridor, Trafford 1 construction.
    RealFile(
        "osm/london.osm.pbf",
        "greater-london",
        "osm-road",
        rows=5201,
        kept_out={"FILTERED": 2138},
        table="lines",
    ),
    RealFile(
        "osm/whitelion_bristol_uk.osm.pbf",
        "bristol",
        "osm-road",
        rows=58,
        kept_out={"FILTERED": 14},
        table="lines",
    ),
    RealFile(
        "osm/its-example.osm.pbf",
        "leeds",
        "osm-road",
        rows=189,
        kept_out={"FILTERED": 10},
        table="lines",
    ),
    RealFile(
        "osm/bristol_contraflow_cycleway.osm",
        "bristol",
        "osm-road",
        rows=23,
        kept_out={"FILTERED": 1},
        table="lines",
    ),
    RealFile(
        "osm/bristol_sausage_links.osm",
        "bristol",
        "osm-road",
        rows=35,
        kept_out={"FILTERED": 1},
        table="lines",
    ),
    RealFile(
        "osm/kingsway_junction.osm",
        "trafford",
        "osm-road",
        rows=118,
        kept_out={"FILTERED": 15},
        table="lines",
    ),
    RealFile(
        "formats/mapinfo-tab-calderdale/Polling station districts.tab",
        "calderdale",
        "polling-districts",
        rows=124,
        kept_out={"KEY-DUPLICATE": 1},
    ),
    RealFile(
        "formats/mapinfo-tab-calderdale/polling_districts.shp",
        "calderdale",
        "polling-districts-shapefile",
        rows=124,
        kept_out={"KEY-DUPLICATE": 1},
    ),
    RealFile(
        "formats/mapinfo-tab-calderdale/polling_districts.shp",
        "calderdale",
        "polling-districts-unsaid",
        outcome="CRS-MISSING",
        words="does not say which coordinate system",
    ),
    RealFile(
        "formats/mapinfo-tab-calderdale/Polling Stations.csv",
        "calderdale",
        "polling-stations",
        rows=125,
        kept_out={"FIELD-EMPTY": 3, "KEY-DUPLICATE": 1},
    ),
    RealFile(
        "formats/mapinfo-mif-warrington/polling_districts 2012TAB.mif",
        "warrington",
        "polling-districts",
        rows=112,
        kept_out={"KEY-DUPLICATE": 2},
    ),
    RealFile(
        "formats/mapinfo-mif-warrington/Polling Stations 2015 Up to date.mif",
        "warrington",
        "polling-stations",
        rows=100,
    ),
    RealFile(
        "formats/kmz-chorley/Chorley Polling Districts.kmz", "chorley", "polling-districts", rows=66
    ),
    RealFile(
        "formats/kmz-chorley/Chorley_Polling_Stations.csv", "chorley", "polling-stations", rows=73
    ),
    RealFile(
        "formats/kml-portsmouth/PCC_Polling_2015.json",
        "portsmouth",
        "polling-districts",
        rows=78,
        kept_out={"KEY-DUPLICATE": 1},
    ),
    RealFile(
        "formats/kml-portsmouth/PCC_Polling_2015.kml",
        "portsmouth",
        "polling-districts-kml",
        rows=78,
        kept_out={"KEY-DUPLICATE": 1},
    ),
    RealFile(
        "formats/kml-portsmouth/polling_stations2015.csv",
        "portsmouth",
        "polling-stations",
        rows=77,
    ),
    RealFile(
        "formats/shapefile-lichfield/Lichfield_District_Council_Polling_Districts.shp",
        "lichfield",
        "polling-districts",
        rows=89,
    ),
    RealFile(
        "formats/shapefile-lichfield/Lichfield_District_Council_Polling_Station_Locations.shp",
        "lichfield",
        "polling-stations",
        rows=79,
    ),
    RealFile(
        "formats/shapefile-lichfield/Lichfield_District_Council_Polling_Station_Locations.csv",
        "lichfield",
        "polling-stations-csv",
        rows=79,
        kept_out={"OUTSIDE-GB": 9},
    ),
    RealFile(
        "formats/shapefile-redditch/Electoral Boundaries 2.shp",
        "redditch",
        "polling-districts",
        rows=35,
    ),
    RealFile(
        "formats/tsv-coventry/PollingStations-2016-05-25.tsv",
        "coventry",
        "polling-stations",
        rows=145,
    ),
    RealFile("assets/bathnes/BANES_Public_Toilets.csv", BATH, "public-toilets", rows=18),
    RealFile(
        "assets/bathnes/Street_works.csv",
        BATH,
        "street-works",
        rows=648,
        kept_out={"KEY-DUPLICATE": 130, "OUTSIDE-AREA": 1},
    ),
    RealFile("assets/bathnes/BANES_Live_Car_Park_Occupancy.csv", BATH, "car-parks", rows=7),
    RealFile("assets/bathnes/Disabled_Parking_Bays_2016.csv", BATH, "disabled-bays", rows=62),
    RealFile("assets/bathnes/Post_Office_Branches.csv", BATH, "post-offices", rows=188),
    RealFile("assets/bathnes/POLLING_STATIONS_2015.csv", BATH, "polling-stations", rows=113),
    RealFile(
        "assets/bathnes/POLLING_DISTRICTS_2015.csv",
        BATH,
        "polling-districts",
        rows=110,
        kept_out={"KEY-DUPLICATE": 2},
    ),
    RealFile(
        "assets/bathnes/Open_Flood_Risk_By_Postcode_-_Bath_and_North_East_Somerset.csv",
        BATH,
        "flood-risk",
        rows=5776,
    ),
    RealFile(
        "assets/bathnes/Open_Flood_Risk_By_Postcode_-_Bath_and_North_East_Somerset.csv",
        BATH,
        "flood-risk-lat-lon",
        rows=5776,
    ),
    RealFile(
        "assets/bathnes/Open_Flood_Risk_By_Postcode_-_Bath_and_North_East_Somerset.csv",
        BATH,
        "flood-risk-degrees",
        rows=5776,
        kept_out={"COORD-INVALID": 5776},
        outcome="TOO-MANY-FAULTS",
        words="5,776 of 5,776 rows have faults",
    ),
    RealFile(
        "assets/bathnes/banes_gss_parks_recreation.geojson",
        BATH,
        "parks",
        rows=69,
        kept_out={"FIELD-EMPTY": 1},
    ),
    RealFile(
        "assets/bathnes/banes_prow_bath.geojson",
        BATH,
        "rights-of-way",
        rows=311,
        kept_out={"KEY-DUPLICATE": 4},
    ),
    RealFile(
        "assets/birmingham-blue-plaques.tsv",
        "birmingham",
        "blue-plaques",
        rows=50,
        kept_out={"CSV-COLUMNS": 1, "KEY-DUPLICATE": 2},
    ),
    RealFile(
        "statistics/birmingham-lsoa21-imd-census-tile.json", "birmingham", "deprivation", rows=659
    ),
]

# What lies beside them and holds no places, and why it goes through no layer.
NOT_PLACES = {
    "README.md": "says what the files are",
    "bins/leeds/index.csv": "an index of the slices",
    "bins/leeds/jobs-BRJ-BRO.csv": "dates by premises, which a calendar reads",
    "bins/leeds/jobs-HAM-HAR.csv": "dates by premises, which a calendar reads",
    "boundaries/uk-geojson/licence.ons.md": "a licence",
    "formats/shapefile-lichfield/Open Government License for public sector information.pdf": (
        "a licence"
    ),
    "osgb-test-vectors/": "what the shift between datums is tested with",
    "planning/listed-buildings/he_listed_buildings_licence.pdf": "a licence",
    "postcodes/codepoint-open-2014/Code-Point_Open_Column_Headers.csv": "names of columns",
    "postcodes/codepoint-open-2014/licence.txt": "a licence",
    "postcodes/codepoint-open-2014/metadata.txt": "says what the file is",
    "postcodes/codepoint-open-2014/readme.txt": "says what the file is",
    "statistics/child-poverty.proposal.json": "figures to join to wards",
    "statistics/claimant-count.proposal.json": "figures to join to wards",
    "statistics/crime-wards.json": "figures to join to wards",
    "statistics/imd2025_lookups.csv": "figures to join to small areas",
    "statistics/uc-employment.json": "figures to join to wards",
    "statistics/uc-wards.json": "figures to join to wards",
}
