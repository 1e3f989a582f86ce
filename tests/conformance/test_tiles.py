"""OGC API - Tiles - Part 1: Core 1.0, the classes claimed: a test for each abstract test."""

import math
import re

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from pyogrio import read_dataframe

from layers import crs
from tests.conformance.site import Answer, Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

SPECIFICATION = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf"
RELATION = "http://www.opengis.net/def/rel/ogc/1.0"
MVT = "application/vnd.mapbox-vector-tile"
CLAIMED = ["core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "oas30"]
LAYERS = ["areas", "bring-banks", "lakes", "schools"]
TILE_PATH = "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}"
HALF_WORLD_M = 20037508.342789244


@pytest.fixture
def tileset(site: Site) -> Answer:
    return site.read("collections/areas/tiles/WebMercatorQuad")


@pytest.fixture
def template(tileset: Answer) -> str:
    """The address of the tiles as published now, with its three variables."""
    return next(link["href"] for link in tileset.links("item") if "/api/" in link["href"])


def limits(tileset: Answer, zoom: int) -> dict:
    [found] = [one for one in tileset.json["tileMatrixSetLimits"] if one["tileMatrix"] == str(zoom)]
    return found


def first_tile(tileset: Answer, template: str, zoom: int) -> str:
    at = limits(tileset, zoom)
    return template.format(tileMatrix=zoom, tileRow=at["minTileRow"], tileCol=at["minTileCol"])


def tile_operation(site: Site) -> dict:
    return site.read("openapi").json["paths"][TILE_PATH]["get"]


@pytest.mark.parametrize("name", CLAIMED)
def test_conf_conformance_success(site, name):
    """/conf/…/conformance-success of each class: the declaration lists it."""
    assert f"{SPECIFICATION}/{name}" in site.read("conformance").json["conformsTo"]


@pytest.mark.parametrize("name", ["dataset-tilesets", "collections-selection", "png", "geojson"])
def test_no_class_is_claimed_that_is_not_tested_here(site, name):
    assert f"{SPECIFICATION}/{name}" not in site.read("conformance").json["conformsTo"]


@pytest.mark.parametrize("name", ["tileMatrix", "tileRow", "tileCol"])
def test_conf_core_tc_tile_definition(site, name):
    """/conf/core/tc-tilematrix-, tc-tilerow- and tc-tilecol-definition: each is required."""
    [found] = [one for one in tile_operation(site)["parameters"] if one["name"] == name]

    assert found["in"] == "path"
    assert found["required"] is True
    assert found["schema"]["type"] == "string"


def test_conf_core_tc_op(site, tileset):
    """/conf/core/tc-op: every template leads to tiles."""
    for link in tileset.links("item"):
        assert {"tileMatrix", "tileRow", "tileCol"} == set(re.findall(r"{(\w+)}", link["href"]))
        assert site.ask(first_tile(tileset, link["href"], 12)).status == 200


@pytest.mark.parametrize("zoom", [0, 10, 12, 14, 16])
def test_conf_core_tc_success(site, tileset, template, zoom):
    """/conf/core/tc-success: a tile is of its type, and holds what lies in its area."""
    answer = site.ask(first_tile(tileset, template, zoom))
    if zoom == 0 and answer.status == 204:  # a square kilometre is nothing on a map of the world
        return

    assert answer.status == 200
    assert answer.headers["content-type"] == MVT
    [layer] = mapbox_vector_tile.decode(answer.body).values()
    for feature in layer["features"]:
        west, south, east, north = shapely.geometry.shape(feature["geometry"]).bounds
        assert west <= 4096 + 64 and south <= 4096 + 64
        assert east >= -64 and north >= -64


def test_conf_core_tc_error_1(site, tileset, template):
    """/conf/core/tc-error, 1: what is out of range is not found."""
    at = limits(tileset, 12)
    row, column = at["minTileRow"], at["minTileCol"]
    for wrong in (
        (12, row - 1, column),
        (12, at["maxTileRow"] + 1, column),
        (12, row, column - 1),
        (12, row, at["maxTileCol"] + 1),
        (12, 4096, column),
        (12, -1, column),
        (25, row, column),
        ("x", row, column),
    ):
        address = template.format(tileMatrix=wrong[0], tileRow=wrong[1], tileCol=wrong[2])
        assert site.ask(address).status == 404, wrong


def test_conf_core_tc_error_2(site):
    """/conf/core/tc-error, 2: a tile within the limits that holds nothing is empty."""
    tileset = site.read("collections/schools/tiles/WebMercatorQuad")
    at = limits(tileset, 16)
    path = "collections/schools/tiles/WebMercatorQuad/16"
    column = at["minTileCol"]

    statuses = {
        site.ask(f"{path}/{row}/{column}").status
        for row in range(at["minTileRow"], at["maxTileRow"] + 1)
    }

    assert 204 in statuses
    assert statuses <= {200, 204}


def test_conf_tileset_description_1(tileset):
    """/conf/tileset/description, 1: it is JSON, of the schema of OGC 17-083r4."""
    document = tileset.json

    assert tileset.media_type == "application/json"
    assert document["dataType"] == "vector"
    assert document["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
    box = document["boundingBox"]
    assert box["lowerLeft"] < box["upperRight"]
    for one in document["tileMatrixSetLimits"]:
        assert isinstance(one["tileMatrix"], str)
        assert 0 <= one["minTileRow"] <= one["maxTileRow"] < 2 ** int(one["tileMatrix"])
        assert 0 <= one["minTileCol"] <= one["maxTileCol"] < 2 ** int(one["tileMatrix"])
    [layer] = document["layers"]
    assert (layer["id"], layer["dataType"]) == ("areas", "vector")
    assert (layer["geometryType"], layer["geometryDimension"]) == ("polygons", 2)
    assert {"fid", "name", "pupils"} == layer["propertiesSchema"]["properties"].keys()


def test_conf_tileset_description_3(tileset):
    """/conf/tileset/description, 3: it names the registered tile matrix set."""
    assert tileset.json["tileMatrixSetURI"] == (
        "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    )


def test_conf_tileset_description_4(site, tileset):
    """/conf/tileset/description, 4: it links to the definition of the tile matrix set."""
    [link] = tileset.links(f"{RELATION}/tiling-scheme")
    definition = site.read(link["href"]).json

    assert definition["id"] == "WebMercatorQuad"
    assert definition["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
    for zoom, matrix in enumerate(definition["tileMatrices"]):
        assert matrix["id"] == str(zoom)
        assert matrix["matrixWidth"] == matrix["matrixHeight"] == 2**zoom
        assert matrix["cornerOfOrigin"] == "topLeft"
        assert matrix["pointOfOrigin"] == pytest.approx([-HALF_WORLD_M, HALF_WORLD_M])
        assert matrix["cellSize"] == pytest.approx(156543.033928041 / 2**zoom)
        assert matrix["scaleDenominator"] == pytest.approx(559082264.028717 / 2**zoom)


def test_conf_tileset_description_5_6_7(tileset):
    """/conf/tileset/description, 5 to 7: its tiles are linked to by templates, with their type."""
    links = tileset.links("item")

    assert links
    for link in links:
        assert link["templated"] is True
        assert link["type"] == MVT
        for name in ("tileMatrix", "tileRow", "tileCol"):
            assert f"{{{name}}}" in link["href"]


@pytest.mark.parametrize("layer", LAYERS)
def test_conf_tilesets_list_tileset_links(site, layer):
    """/conf/tilesets-list/tileset-links: each tileset is listed with what is needed to choose."""
    listed = site.read(f"collections/{layer}/tiles")

    assert listed.media_type == "application/json"
    [tileset] = listed.json["tilesets"]
    assert tileset["dataType"] == "vector"
    assert tileset["crs"]
    assert tileset["tileMatrixSetURI"]
    [link] = [one for one in tileset["links"] if one["rel"] == "self"]
    assert link["href"] == f"{site.api}collections/{layer}/tiles/WebMercatorQuad"
    assert site.ask(link["href"]).status == 200
    [scheme] = [one for one in tileset["links"] if one["rel"] == f"{RELATION}/tiling-scheme"]
    assert site.ask(scheme["href"]).status == 200


@pytest.mark.parametrize("layer", LAYERS)
def test_conf_geodata_tilesets_desc_links(site, layer):
    """/conf/geodata-tilesets/desc-links: the collection links to its tilesets."""
    [link] = site.read(f"collections/{layer}").links(f"{RELATION}/tilesets-vector")

    assert site.read(link["href"]).json["tilesets"]


@pytest.mark.parametrize("layer", LAYERS)
def test_conf_geodata_tilesets_operation(site, layer):
    """/conf/geodata-tilesets/operation: they are at the collection's address and `/tiles`."""
    collection = site.read(f"collections/{layer}")
    [itself] = collection.links("self")
    [link] = collection.links(f"{RELATION}/tilesets-vector")

    assert link["href"] == f"{itself['href']}/tiles"
    assert site.ask(link["href"]).status == 200


def test_a_collection_without_places_links_to_no_tilesets(site):
    assert not site.read("collections/licences").links(f"{RELATION}/tilesets-vector")


@pytest.mark.parametrize("zoom", [10, 12, 14, 16])
def test_conf_mvt_content(site, zoom):
    """/conf/mvt/content: one tile, features with geometry, a grid that maps to the tile."""
    schools = {feature.key: feature.shape_27700 for feature in site.city.features["schools"]}
    spot = schools["s7"]
    column, row = (int(place) for place in place_of(spot, zoom))

    answer = site.read(f"collections/schools/tiles/WebMercatorQuad/{zoom}/{row}/{column}")
    [(name, layer)] = mapbox_vector_tile.decode(
        answer.body, default_options={"y_coord_down": True}
    ).items()

    assert name == "schools"
    assert (layer["version"], layer["extent"]) == (2, 4096)
    assert "s7" in {feature["properties"]["fid"] for feature in layer["features"]}
    for feature in layer["features"]:
        assert feature["geometry"]["type"] == "Point"
        found = feature["geometry"]["coordinates"]
        at_column, at_row = place_of(schools[feature["properties"]["fid"]], zoom)
        expected = ((at_column - column) * 4096, (at_row - row) * 4096)
        assert found == pytest.approx(expected, abs=1.15)


def place_of(spot_27700: shapely.Point, zoom: int) -> tuple[float, float]:
    """Return a point as column and row with their fractions."""
    longitude, latitude = crs.point_4326(spot_27700.x, spot_27700.y)
    y = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return (longitude + 180) / 360 * 2**zoom, (1 - y / math.pi) / 2 * 2**zoom


def test_conf_oas30_completeness_1(site):
    """/conf/oas30/completeness, 1: tilesets lists, tilesets and tiles are all in the definition."""
    paths = site.read("openapi").json["paths"]

    for path in ("/tileMatrixSets", "/tileMatrixSets/{tileMatrixSetId}", TILE_PATH,
                 "/collections/{collectionId}/tiles",
                 "/collections/{collectionId}/tiles/{tileMatrixSetId}"):  # fmt: skip
        assert "get" in paths[path]
    [collections] = [
        one for one in tile_operation(site)["parameters"] if one["name"] == "collectionId"
    ]
    assert collections["schema"]["enum"] == LAYERS


def test_conf_oas30_completeness_2(site, tileset):
    """/conf/oas30/completeness, 2: the links lead to paths of the definition."""
    for link in tileset.links("item"):
        if link["href"].startswith(site.api):
            path = TILE_PATH.replace("{collectionId}", "areas")
            path = path.replace("{tileMatrixSetId}", "WebMercatorQuad")
            assert link["href"] == site.api.removesuffix("/") + path


def test_conf_oas30_operation_id(site):
    """/conf/oas30/operation-id: operations are found by the ends of their ids."""
    ids = [item["get"]["operationId"] for item in site.read("openapi").json["paths"].values()]

    for suffix in (
        ".collection.vector.getTileSetsList",
        ".collection.vector.getTileSet",
        ".collection.vector.getTile",
        "getTileMatrixSetsList",
        "getTileMatrixSet",
    ):
        assert [one for one in ids if one.endswith(suffix)], suffix


def test_the_landing_page_links_to_the_tile_matrix_sets(site):
    [link] = site.read("").links(f"{RELATION}/tiling-schemes")

    [listed] = site.read(link["href"]).json["tileMatrixSets"]
    assert listed["id"] == "WebMercatorQuad"


@pytest.mark.parametrize(("layer", "count"), [("areas", 2), ("schools", 400)])
def test_gdal_reads_a_tile(site, tmp_path, layer, count):
    tileset = site.read(f"collections/{layer}/tiles/WebMercatorQuad")
    lasting = next(link["href"] for link in tileset.links("item") if "/api/" not in link["href"])
    found = {}
    at = limits(tileset, 10)
    for row in range(at["minTileRow"], at["maxTileRow"] + 1):
        for column in range(at["minTileCol"], at["maxTileCol"] + 1):
            address = lasting.format(tileMatrix=10, tileRow=row, tileCol=column)
            if (answer := site.ask(address)).status == 204:
                continue
            # The driver takes a tile's place from its path.
            file = tmp_path / "10" / str(column) / f"{row}.mvt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(answer.body)
            frame = read_dataframe(file, layer=layer)
            assert frame.crs.to_authority() == ("EPSG", "3857")
            found.update(zip(frame["fid"], frame.to_crs("EPSG:4326").geometry, strict=True))

    features = {feature.key: feature for feature in site.city.features[layer]}
    assert len(found) == count
    assert found.keys() == features.keys()
    for key, feature in features.items():
        [true] = crs.to_4326(np.array([feature.shape_27700], dtype=object))
        # A unit at zoom 10 is 6 m on the ground, and shapes are simplified by up to four.
        assert found[key].hausdorff_distance(true) < 0.0005, key
