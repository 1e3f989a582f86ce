"""The templates that the repository ships, against the headers that their sources really have."""

from pathlib import Path

import pytest

from importers.catalogue.entries import LayerEntry
from importers.catalogue.load import load_catalogue
from importers.catalogue.template import SHIPPED_TEMPLATES
from importers.transform.columns import find_coordinates, match_columns
from importers.validate.filters import applicable_filters
from tests.factories.processes import ROOT

TEMPLATES = sorted(path.stem for path in SHIPPED_TEMPLATES.glob("*.toml"))
COUNCIL = ROOT / "catalogue/birmingham/council.toml"

_PLATFORM = (
    "dataset,end-date,entity,entry-date,geojson,geometry,name,organisation-entity,point,prefix,"
    "reference,start-date,typology"
)
# What the files of each source have in their first line, as their publishers document them.
HEADERS = {
    "collection-rounds": [
        "round,service,service_kind,container,weekday,every_weeks,starts_on,ends_on",
        "WasteRound,waste_type,containers,Day,Hour,Interval,start-date",
    ],
    "collection-premises": ["uprn,round,service", "UPRN,Round Name"],
    "collection-dates": ["uprn,bin,date", "round,service,collection_date", "property,stream,date"],
    "collection-changes": [
        "planned_on,planned_to,round,service,moved_to,shift_days,suspended,reason",
        "Usual date,New date,Reason",
    ],
    "service-notices": ["title,text,starts_on,ends_on,url,service,area"],
    "planning-data-conservation-area": [
        f"{_PLATFORM},designation-date,document-url,documentation-url,legislation,notes",
        "reference,name,designation-date,document-url,documentation-url,geometry,point,notes,"
        "organisation,entry-date,start-date,end-date",
    ],
    "planning-data-listed-building": [
        f"{_PLATFORM},documentation-url,listed-building-grade,notes,wikidata,wikipedia"
    ],
    "planning-data-listed-building-outline": [
        f"{_PLATFORM},address-text,description,listed-building,notes,uprns",
        "reference,name,listed-building,geometry,description,notes,organisation,uprns,entry-date,"
        "start-date,end-date",
    ],
    "planning-data-article-4-direction-area": [
        "reference,name,article-4-direction,permitted-development-rights,uprns,address-texts,"
        "geometry,point,notes,organisation,entry-date,start-date,end-date"
    ],
    "planning-data-tree-preservation-zone": [
        "reference,name,tree-preservation-order,tree-preservation-zone-type,geometry,point,notes,"
        "organisation,entry-date,start-date,end-date"
    ],
    "planning-data-tree": [
        "reference,name,tree-preservation-order,uprn,address-text,point,geometry,notes,"
        "organisation,felled-date,entry-date,start-date,end-date"
    ],
    "planning-data-flood-risk-zone": [
        "end-date,entity,entry-date,flood-risk-type,flood-risk-level,geometry,notes,organisation,"
        "point,prefix,reference,start-date"
    ],
    "planning-data-green-belt": [
        "end-date,entity,entry-date,geometry,green-belt-core,local-authority-district,name,notes,"
        "organisation,prefix,reference,start-date"
    ],
    "planning-data-planning-application": [
        f"{_PLATFORM},address-text,decision-date,description,development-classification,"
        "documentation-url,ground-area,notes,organisation,planning-application-status,"
        "planning-application-type,planning-decision,planning-decision-type,uprn",
        "reference,name,description,address-text,uprn,geometry,point,documentation-url,"
        "planning-application-type,planning-decision,planning-decision-type,notes,organisation,"
        "entry-date,start-date,decision-date,end-date",
    ],
    "councillors": ["ward_code,ward,name,party,email,phone,web_page"],
    "brownfield-land": [
        "OrganisationURI,SiteReference,SiteNameAddress,GeoX,GeoY,SiteplanURL,Hectares,"
        "OwnershipStatus,PlanningStatus,PermissionType,PermissionDate,PlanningHistory,Deliverable,"
        "NetDwellingsRangeFrom,NetDwellingsRangeTo,HazardousSubstances,Notes,FirstAddedDate,"
        "LastUpdatedDate,EndDate",
        "site,site-address,deliverable,hectares,latitude,longitude,maximum-net-dwellings,"
        "minimum-net-dwellings,ownership-status,planning-permission-date,"
        "planning-permission-history,planning-permission-status,planning-permission-type,"
        "hazardous-substances,site-plan-url",
    ],
    "os-open-uprn": ["UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE"],
    "nsul": [
        "UPRN,GRIDGB1E,GRIDGB1N,PCDS,OA21CD,CTY25CD,CED25CD,LAD25CD,WD25CD,HLTH19CD,CTRY25CD,"
        "RGN25CD,PCON24CD,EER20CD,TTWA15CD,ITL25CD,NPARK16CD,LSOA21CD,MSOA21CD,WZ11CD,SICBL26CD,"
        "BUA24CD,BUASD11CD,RUC21IND,OAC21IND,LEP21CD1,LEP21CD2,PFA23CD,IMD19IND"
    ],
    "onspd": [
        "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,"
        "osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,"
        "casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua22,ru11ind,"
        "oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21",
        "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,parncp25cd,usrtypind,east1m,"
        "north1m,gridind,hlth19cd,nhser24cd,ctry25cd,rgn25cd,ssr95cd,pcon24cd,eer20cd,educ23cd,"
        "ttwa15cd,pco19cd,itl25cd,wdstl05cd,oa01cd,wdcas03cd,npark16cd,lsoa01cd,msoa01cd,ruc01ind,"
        "oac01ind,oa11cd,lsoa11cd,msoa11cd,wz11cd,bua24cd,ruc11ind,oac11ind,lat,long,lep21cd1,"
        "lep21cd2,pfa23cd,imd20ind,cal24cd,oa21cd,lsoa21cd,msoa21cd,ruc21ind,icb23cd,sicbl24cd",
    ],
    "nspl": [
        "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,"
        "lad26cd,wd26cd,nhser24cd,ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,"
        "msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,oac21ind,lat,long,lep21cd1,lep21cd2,pfa23cd,"
        "imd25ind,icb26cd"
    ],
    "os-open-greenspace": ["id,function,distName1,distName2,distName3,distName4"],
    "boundary-line-wards": [
        "Name,Area_Code,Census_Code,File_Name",
        "NAME,AREA_CODE,DESCRIPTIO,FILE_NAME,NUMBER,NUMBER0,POLYGON_ID,UNIT_ID,CODE,HECTARES",
    ],
    "ons-wards": ["FID,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,BNG_E,BNG_N,LONG,LAT"],
    "llpg": [
        "ogc_fid,locaddress,easting,northing,lgcstatusc,bs7666uprn,bs7666usrn,landparcel,"
        "blpuclass,postal"
    ],
    "lga-public-toilets": [
        "ExtractDate,OrganisationURI,OrganisationLabel,ServiceTypeURI,ServiceTypeLabel,"
        "LocationText,CoordinateReferenceSystem,GeoX,GeoY,GeoPointLicensingURL,Category,"
        "AccessibleCategory,RADARKeyNeeded,BabyChange,FamilyToilet,ChangingPlace,"
        "AutomaticPublicConvenience,FullTimeStaffing,PartOfCommunityScheme,CommunitySchemeName,"
        "ChargeAmount,InfoURL,OpeningHours,ManagedBy,ReportEmail,ReportTel,Notes,UPRN,Postcode,"
        "StreetAddress,GeoAreaURI,GeoAreaLabel"
    ],
    "lga-planning-applications": [
        "ExtractDate,PublisherURI,PublisherLabel,OrganisationURI,OrganisationLabel,CaseReference,"
        "CaseURL,CaseDate,ServiceTypeURI,ServiceTypeLabel,ClassificationURI,ClassificationLabel,"
        "CaseText,LocationText,DecisionTargetDate,Status,CoordinateReferenceSystem,GeoX,GeoY,"
        "GeoPointLicensingURL,DecisionDate,Decision,DecisionType,DecisionNoticeDate,AppealRef,"
        "AppealDecisionDate,AppealDecision,GeoAreaURI,GeoAreaLabel,GroundArea,UPRN,Agent,"
        "PublicConsultationStartDate,PublicConsultationEndDate,ResponsesFor,ResponsesAgainst"
    ],
    "ea-flood-zones": ["fid,origin,flood_zone,flood_source"],
    "nhle-listed-buildings": [
        "OBJECTID,ListEntry,Name,Grade,ListDate,AmendDate,CaptureScale,hyperlink,NGR,Easting,"
        "Northing"
    ],
}
# Sources whose columns come and go, whose files say none, or that are tried in another test.
WITHOUT_HEADERS = {
    "addressbase-plus",
    "boundary-line-districts",
    "boundary-line-divisions",
    "code-point-open",
    "gias-schools",
    "os-open-names",
    "os-open-usrn",
}

# One file holds every table of these: the columns of the releases since 2021, and of earlier ones.
_OPENMAP_LOCAL = {
    "road": (
        "fid,id,classification,distinctive_name,draw_level,feature_code,override,road_number",
        "ID,DISTNAME,ROADNUMBER,CLASSIFICA,DRAWLEVEL,OVERRIDE,FEATCODE",
    ),
    "railway-track": ("fid,id,classification,feature_code", "ID,CLASSIFICA,FEATCODE"),
    "railway-station": (
        "fid,id,distinctive_name,classification,feature_code",
        "ID,DISTNAME,CLASSIFICA,FEATCODE",
    ),
    "important-building": (
        "fid,id,building_theme,distinctive_name,classification,feature_code",
        "ID,BUILDGTHEM,DISTNAME,CLASSIFICA,FEATCODE",
    ),
    **dict.fromkeys(
        ("populated-place", "other-name"),
        (
            "fid,id,distinctive_name,classification,font_height,text_orientation,feature_code",
            "ID,DISTNAME,CLASSIFICA,FONTHEIGHT,ORIENTATIO,FEATCODE",
        ),
    ),
    **dict.fromkeys(
        (
            "surface-water-area", "surface-water-line", "tidal-water", "foreshore", "woodland",
            "building",
        ),
        ("fid,id,feature_code", "ID,FEATCODE"),
    ),
}  # fmt: skip
_ZOOMSTACK = {
    **dict.fromkeys(
        ("roads-national", "roads-regional", "roads-local"), "id,type,name,number,level"
    ),
    **dict.fromkeys(("rail", "surfacewater", "waterlines", "woodland", "greenspace"), "id,type"),
    **dict.fromkeys(("foreshore", "local-buildings"), "id"),
    "railway-stations": "id,type,name",
    "names": "id,name1,name1language,name2,name2language,type",
}
_OSM_TAGS = "osm_key,kind,osm_id,name,highway,railway,waterway,natural,ref,building,other_tags"
_OPENSTREETMAP = (
    "road", "rail", "station", "water-area", "water-line", "green", "building", "place",
)  # fmt: skip
HEADERS |= {f"os-openmap-local-{part}": list(both) for part, both in _OPENMAP_LOCAL.items()}
HEADERS |= {f"os-open-zoomstack-{part}": [header] for part, header in _ZOOMSTACK.items()}
HEADERS |= {f"openstreetmap-{part}": [_OSM_TAGS] for part in _OPENSTREETMAP}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "birmingham"
    folder.mkdir()
    (folder / "council.toml").write_bytes(COUNCIL.read_bytes())
    return folder


def layer_on(template: str, folder: Path) -> LayerEntry:
    (folder / "layer.toml").write_text(f'template = "{template}"\n', encoding="utf-8")
    return load_catalogue(folder).layers["layer"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_alone_is_a_whole_layer(template: str, folder: Path) -> None:
    layer = layer_on(template, folder)

    assert layer.source.driver == "CSV" or not layer.source.coordinates
    assert "{" not in f"{layer.source.url}{layer.attribution}{layer.description}"


@pytest.mark.parametrize(
    ("template", "header"),
    [(template, header) for template, headers in HEADERS.items() for header in headers],
)
def test_a_template_finds_every_column_of_its_source(
    template: str, header: str, folder: Path
) -> None:
    layer, names = layer_on(template, folder), tuple(header.split(","))

    column_of, _ = match_columns(layer, names)
    applicable_filters(layer.filters, names)

    assert set(layer.key) <= set(column_of)
    if layer.source.coordinates:
        assert find_coordinates(layer, names)
    if layer.source.wkt and "prefix" not in names:
        assert layer.source.wkt in names


def test_every_template_is_tried_on_a_header_or_says_why_not() -> None:
    assert set(TEMPLATES) == set(HEADERS) | WITHOUT_HEADERS


@pytest.mark.parametrize("header", HEADERS["onspd"] + HEADERS["nspl"])
def test_postcodes_have_their_district_and_ward_under_either_naming(
    header: str, folder: Path
) -> None:
    names = tuple(header.split(","))

    column_of, _ = match_columns(layer_on("onspd", folder), names)

    assert column_of["district_code"] in ("oslaua", "lad25cd", "lad26cd")
    assert column_of["ward_code"] in ("osward", "wd25cd", "wd26cd")
    assert column_of["quality"] in ("osgrdind", "gridind")


def test_licensed_addresses_and_lists_of_homes_are_not_public(folder: Path) -> None:
    hidden = {template for template in TEMPLATES if not layer_on(template, folder).is_public}
    restricted = {name for name in hidden if layer_on(name, folder).licence_restricted}

    assert restricted == {"addressbase-plus", "llpg"}
    assert hidden - restricted == {"collection-dates", "collection-premises"}


def test_nobody_is_named_by_a_template(folder: Path) -> None:
    personal = {"HeadFirstName", "HeadLastName", "TelephoneNum", "Agent", "ReportTel"}

    columns = {
        column
        for template in TEMPLATES
        for field in layer_on(template, folder).fields
        for column in field.source
    }

    assert not personal & columns
