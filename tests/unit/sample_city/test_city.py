"""The sample city's files: always the same, and with the columns of the real sources."""

import csv
import hashlib
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from importers.catalogue.load import load_catalogue
from sample_city.city import write_sample_city

ROOT = Path(__file__).resolve().parents[3]
PLATFORM = {
    "dataset",
    "end-date",
    "entity",
    "entry-date",
    "name",
    "organisation-entity",
    "prefix",
    "reference",
    "start-date",
    "typology",
}
GEOJSON_PROPERTIES = {
    "wards": {"WD24CD", "WD24NM", "WD24NMW", "LAD24CD", "LAD24NM", "BNG_E", "BNG_N", "LONG", "LAT"},
    "conservation-areas": PLATFORM | {"designation-date", "document-url", "documentation-url"},
    "listed-buildings": PLATFORM | {"listed-building-grade", "documentation-url", "notes"},
    "article-4-areas": PLATFORM | {"article-4-direction", "permitted-development-rights"},
    "tree-preservation-zones": PLATFORM
    | {"tree-preservation-order", "tree-preservation-zone-type"},
    "flood-zones": PLATFORM | {"flood-risk-type", "flood-risk-level"},
    "green-belt": PLATFORM | {"green-belt-core", "local-authority-district"},
    "collection-rounds": {"round", "service", "container", "weekday", "frequency", "start_date"},
}
# As Ordnance Survey, the LGA, the Department for Education, MHCLG and the public libraries
# data standard publish them.
CSV_HEADERS = {
    "addresses": (
        "UPRN,UDPRN,CHANGE_TYPE,STATE,STATE_DATE,CLASS,PARENT_UPRN,X_COORDINATE,Y_COORDINATE,"
        "LATITUDE,LONGITUDE,RPC,LOCAL_CUSTODIAN_CODE,COUNTRY,LA_START_DATE,LAST_UPDATE_DATE,"
        "ENTRY_DATE,RM_ORGANISATION_NAME,LA_ORGANISATION,DEPARTMENT_NAME,LEGAL_NAME,"
        "SUB_BUILDING_NAME,BUILDING_NAME,BUILDING_NUMBER,SAO_START_NUMBER,SAO_START_SUFFIX,"
        "SAO_END_NUMBER,SAO_END_SUFFIX,SAO_TEXT,ALT_LANGUAGE_SAO_TEXT,PAO_START_NUMBER,"
        "PAO_START_SUFFIX,PAO_END_NUMBER,PAO_END_SUFFIX,PAO_TEXT,ALT_LANGUAGE_PAO_TEXT,USRN,"
        "USRN_MATCH_INDICATOR,AREA_NAME,LEVEL,OFFICIAL_FLAG,OS_ADDRESS_TOID"
    ),
    "schools": "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName",
    "libraries": "Local authority,Local authority code,Library name,Address 1,Address 2,Address 3",
    "public-toilets": (
        "ExtractDate,OrganisationURI,OrganisationLabel,ServiceTypeURI,ServiceTypeLabel,"
        "LocationText,CoordinateReferenceSystem,GeoX,GeoY,GeoPointLicensingURL,Category,"
        "AccessibleCategory,RADARKeyNeeded,BabyChange,FamilyToilet,ChangingPlace,"
        "AutomaticPublicConvenience,FullTimeStaffing,PartOfCommunityScheme,CommunitySchemeName,"
        "ChargeAmount,InfoURL,OpeningHours,ManagedBy,ReportEmail,ReportTel,Notes,UPRN,Postcode,"
        "StreetAddress,GeoAreaURI,GeoAreaLabel"
    ),
    "planning-applications": (
        "ExtractDate,PublisherURI,PublisherLabel,OrganisationURI,OrganisationLabel,CaseReference,"
        "CaseURL,CaseDate,ServiceTypeURI,ServiceTypeLabel,ClassificationURI,ClassificationLabel,"
        "CaseText,LocationText,DecisionTargetDate,Status,CoordinateReferenceSystem,GeoX,GeoY,"
        "GeoPointLicensingURL,DecisionDate,Decision,DecisionType,DecisionNoticeDate,AppealRef,"
        "AppealDecisionDate,AppealDecision,GeoAreaURI,GeoAreaLabel,GroundArea,UPRN,Agent,"
        "PublicConsultationStartDate,PublicConsultationEndDate,ResponsesFor,ResponsesAgainst"
    ),
    "brownfield": (
        "OrganisationURI,SiteReference,SiteNameAddress,GeoX,GeoY,SiteplanURL,Hectares,"
        "OwnershipStatus,PlanningStatus,PermissionType,PermissionDate,PlanningHistory,"
        "Deliverable,NetDwellingsRangeFrom,NetDwellingsRangeTo,HazardousSubstances,Notes,"
        "FirstAddedDate,LastUpdatedDate,EndDate"
    ),
}
ROWS = {
    "wards": 70,
    "councillors": 103,
    "councils": 7,
    "schools": 452,
    "recycling-centres": 6,
    "bring-banks": 253,
    "libraries": 38,
    "public-toilets": 32,
    "parks": 153,
    "addresses": 20_004,
    "planning-applications": 3005,
    "brownfield": 324,
    "conservation-areas": 33,
    "listed-buildings": 403,
    "article-4-areas": 13,
    "tree-preservation-zones": 222,
    "green-belt": 1,
    "wildlife-sites": 60,
    "collection-rounds": 69 * 4 + 5,
    "collection-dates": 40 * 52,
    "collection-changes": 3,
    "collection-notices": 3,
}


def hashes(files: dict[str, Path]) -> dict[str, str]:
    return {layer: hashlib.sha256(path.read_bytes()).hexdigest() for layer, path in files.items()}


def first_line(path: Path) -> str:
    encoding = "windows-1252" if path.name.startswith("edubase") else "utf-8-sig"
    return path.read_text(encoding=encoding).splitlines()[0]


def row_count(path: Path) -> int:
    return int(pyogrio.read_info(path, force_feature_count=True)["features"])


def properties(path: Path) -> list[dict[str, Any]]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [feature["properties"] for feature in features]


def test_there_is_a_file_for_every_layer_of_the_catalogue_but_one(files: dict[str, Path]) -> None:
    catalogue = load_catalogue(ROOT / "catalogue" / "birmingham")

    # Of which checks say that nothing is known.
    assert set(catalogue.layers) - set(files) == {"contaminated-land"}
    assert set(files) <= set(catalogue.layers)


def test_the_same_seed_gives_the_same_bytes_at_another_time(
    files: dict[str, Path], tmp_path: Path
) -> None:
    # Zip, GeoPackage and dBase stamp their files with the time, to the second or the two.
    time.sleep(2.1)

    again = write_sample_city(tmp_path)

    assert hashes(again) == hashes(files)


def test_another_seed_gives_another_city(files: dict[str, Path], tmp_path: Path) -> None:
    other = write_sample_city(tmp_path, seed=1)

    same = [layer for layer, value in hashes(other).items() if value == hashes(files)[layer]]

    assert same == []


@pytest.mark.parametrize(("layer", "header"), CSV_HEADERS.items())
def test_a_csv_has_the_columns_of_the_real_source(
    files: dict[str, Path], layer: str, header: str
) -> None:
    assert first_line(files[layer]).startswith(header)


@pytest.mark.parametrize(("layer", "count"), [("planning-applications", 36), ("addresses", 77)])
def test_a_csv_has_no_column_more(files: dict[str, Path], layer: str, count: int) -> None:
    assert first_line(files[layer]).count(",") + 1 == count


@pytest.mark.parametrize(("layer", "expected"), GEOJSON_PROPERTIES.items())
def test_geojson_has_the_properties_of_the_real_source(
    files: dict[str, Path], layer: str, expected: set[str]
) -> None:
    for row in properties(files[layer]):
        assert expected <= set(row)


def test_parks_are_a_zipped_shapefile_with_all_its_parts(files: dict[str, Path]) -> None:
    names = zipfile.ZipFile(files["parks"]).namelist()
    info = pyogrio.read_info(f"/vsizip/{files['parks']}")

    assert {Path(name).suffix for name in names} == {".shp", ".shx", ".dbf", ".prj", ".cpg"}
    assert list(info["fields"]) == [
        "id",
        "function",
        "distName1",
        "distName2",
        "distName3",
        "distName4",
    ]
    assert info["crs"] == "EPSG:27700"


def test_bring_banks_are_a_geopackage_in_british_national_grid(files: dict[str, Path]) -> None:
    info = pyogrio.read_info(files["bring-banks"], layer="recycling_points")

    assert (info["crs"], info["geometry_type"]) == ("EPSG:27700", "Point")


@pytest.mark.parametrize(("layer", "count"), ROWS.items())
def test_gdal_reads_as_many_rows_as_were_written(
    files: dict[str, Path], layer: str, count: int
) -> None:
    assert row_count(files[layer]) == count


def test_schools_are_in_windows_1252_with_curly_quotes(files: dict[str, Path]) -> None:
    raw = files["schools"].read_bytes()

    assert b"\x92s Catholic" in raw
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_code_point_open_has_no_header_and_quotes_its_texts(files: dict[str, Path]) -> None:
    first = first_line(files["postcodes"])

    assert first.startswith('"B')
    assert len(next(csv.reader([first]))) == 10


def test_every_file_has_rows_that_are_wrong_on_purpose(files: dict[str, Path]) -> None:
    brownfield = list(csv.DictReader(files["brownfield"].read_text("utf-8-sig").splitlines()))
    references = [row["reference"] for row in properties(files["conservation-areas"])]

    assert any(float(row["GeoY"]) > 53 for row in brownfield), "no site in Oldham"
    assert any(float(row["GeoX"]) > 50 for row in brownfield), "no swapped axes"
    assert len(references) > len(set(references)), "no reference twice"
