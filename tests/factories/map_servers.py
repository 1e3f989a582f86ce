"""Map servers that answer as the real ones do, with the faults that real ones have.

Each holds trees of Smallville and is called with a request. Its fields are its faults.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import shapely

from layers import crs
from tests.factories.https_server import Asked, Reply

Tree = dict[str, Any]
JSON = {"Content-Type": "application/json"}
XML = {"Content-Type": "text/xml"}
EXCEPTION_REPORT = b"""<?xml version="1.0"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
  <ows:Exception exceptionCode="InvalidParameterValue" locator="typeName">
    <ows:ExceptionText>Feature type ms:trees unknown</ows:ExceptionText>
  </ows:Exception>
</ows:ExceptionReport>"""
LOGIN_PAGE = b"<!DOCTYPE html><html><title>Sign in</title><form><input type=password></form></html>"


def trees(count: int) -> list[Tree]:
    """Return trees 10 m apart, with their place in EPSG:27700."""
    return [
        {"ref": f"T{n}", "name": "Oak", "x": 405_000.0 + 10 * n, "y": 285_000.0 + n}
        for n in range(1, count + 1)
    ]


def in_degrees(tree: Tree) -> list[float]:
    (point,) = crs.to_4326(shapely.points([[tree["x"], tree["y"]]]))
    return [point.x, point.y]


def geojson_feature(
    tree: Tree, *, in_metres: bool = False, name: Any = None, **properties: Any
) -> dict[str, Any]:
    place = [tree["x"], tree["y"]] if in_metres else in_degrees(tree)
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {
            **{key: value for key, value in tree.items() if key not in ("x", "y")},
            **properties,
        },
    }
    return feature if name is None else {**feature, "id": name}


def collection(features: list[dict[str, Any]], **members: Any) -> Reply:
    body = {"type": "FeatureCollection", "features": features, **members}
    return Reply(json.dumps(body).encode(), headers=JSON)


def as_json(members: Any, **headers: str) -> Reply:
    return Reply(json.dumps(members).encode(), headers={**JSON, **headers})


@dataclass
class ArcgisServer:
    """A layer of a FeatureServer; its ids leave gaps, as deleted features do."""

    trees: list[Tree]
    limit: int = 2
    can_page: bool = True
    gives_ids: bool = True
    formats: str = "JSON, geoJSON"
    miscounts_by: int = 0
    repeats_first_page: bool = False
    srid: int = 27700

    def __call__(self, asked: Asked) -> Reply:
        if asked.path == "/arcgis/rest/services/Trees/FeatureServer/0":
            return as_json(self._metadata())
        if asked.path != "/arcgis/rest/services/Trees/FeatureServer/0/query":
            return as_json({"error": {"code": 400, "message": "Invalid URL", "details": []}})
        return self._query(asked.parameters)

    def _metadata(self) -> dict[str, Any]:
        return {
            "type": "Feature Layer",
            "maxRecordCount": self.limit,
            "supportedQueryFormats": self.formats,
            "extent": {"spatialReference": {"wkid": self.srid, "latestWkid": self.srid}},
            "advancedQueryCapabilities": {"supportsPagination": self.can_page},
            "fields": [
                {"name": "OBJECTID", "type": "esriFieldTypeOID"},
                {"name": "ref", "type": "esriFieldTypeString"},
                {"name": "name", "type": "esriFieldTypeString"},
                {"name": "planted", "type": "esriFieldTypeDate"},
            ],
        }

    def _query(self, asked: dict[str, str]) -> Reply:
        rows = [(3 * place, tree) for place, tree in enumerate(self.trees, start=1)]
        if asked.get("returnCountOnly") == "true":
            return as_json({"count": len(rows) + self.miscounts_by})
        if asked.get("returnIdsOnly") == "true":
            if not self.gives_ids:
                return as_json({"count": len(rows)})
            return as_json({"objectIdFieldName": "OBJECTID", "objectIds": [i for i, _ in rows]})
        if span := re.search(r"OBJECTID >= (\d+) AND OBJECTID <= (\d+)", asked["where"]):
            rows = [(i, t) for i, t in rows if int(span[1]) <= i <= int(span[2])]
        start = int(asked.get("resultOffset", 0)) if self.can_page else 0
        size = min(int(asked.get("resultRecordCount", self.limit)), self.limit)
        if self.repeats_first_page:
            start = 0
        return self._answer(rows[start : start + size], start + size < len(rows), asked)

    def _answer(self, rows: list[tuple[int, Tree]], more: bool, asked: dict[str, str]) -> Reply:
        in_metres = asked["outSR"] == "27700"
        # Midnight in British Summer Time, as an officer's computer stores the first of June 2001.
        extra = [{"OBJECTID": number, "planted": 991_350_000_000} for number, _ in rows]
        features = [
            geojson_feature(tree, in_metres=in_metres, **more_properties)
            for (_, tree), more_properties in zip(rows, extra, strict=True)
        ]
        exceeded = {"exceededTransferLimit": True} if more else {}
        if asked["f"] == "geojson":
            name = {"type": "name", "properties": {"name": f"EPSG:{asked['outSR']}"}}
            return collection(features, crs=name, properties=exceeded)
        esri = [
            {
                "attributes": feature["properties"],
                "geometry": dict(zip("xy", feature["geometry"]["coordinates"], strict=True)),
            }
            for feature in features
        ]
        reference = {"wkid": int(asked["outSR"]), "latestWkid": int(asked["outSR"])}
        return as_json(
            {
                "objectIdFieldName": "OBJECTID",
                "geometryType": "esriGeometryPoint",
                "spatialReference": reference,
                "fields": self._metadata()["fields"],
                "features": esri,
                **exceeded,
            }
        )


@dataclass
class WfsServer:
    """A WFS with one type; ``version`` is the only one that it knows."""

    trees: list[Tree]
    version: str = "2.0.0"
    ignores_paging: bool = False
    counts: bool = True
    miscounts_by: int = 0
    needs_lower_case: bool = False
    swaps_axes: bool = False
    offers_json: bool = False
    limit: int = 1000

    def __call__(self, asked: Asked) -> Reply:
        given = asked.parameters
        if self.needs_lower_case and any(name != name.lower() for name in given):
            return Reply(EXCEPTION_REPORT, headers=XML)
        given = {name.lower(): value for name, value in given.items()}
        names = "typenames" if self.version.startswith("2") else "typename"
        if given.get("version") != self.version or given.get(names) != "ms:trees":
            return Reply(EXCEPTION_REPORT, headers=XML)
        if given.get("resulttype") == "hits":
            return self._collection([], given)
        start = 0 if self.ignores_paging else int(given.get("startindex", 0))
        count = given.get("count", given.get("maxfeatures", len(self.trees)))
        size = len(self.trees) if self.ignores_paging and not self.counts else int(count)
        return self._collection(self.trees[start : start + min(size, self.limit)], given)

    def _collection(self, some: list[Tree], given: dict[str, str]) -> Reply:
        matched = str(len(self.trees) + self.miscounts_by) if self.counts else "unknown"
        if self.offers_json and given.get("outputformat") == "application/json":
            features = [
                geojson_feature(tree, in_metres=True, name=f"trees.{tree['ref']}") for tree in some
            ]
            name = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
            return collection(features, crs=name, numberMatched=len(self.trees))
        is_2 = self.version.startswith("2")
        wfs, gml = ("/wfs/2.0", "/gml/3.2") if is_2 else ("/wfs", "/gml")
        count = (
            f'numberMatched="{matched}" numberReturned="{len(some)}"'
            if is_2
            else (f'numberOfFeatures="{matched}"' if self.counts else "")
        )
        if not is_2 and some:
            count = f'numberOfFeatures="{len(some)}"'
        member = "wfs:member" if is_2 else "gml:featureMember"
        body = "".join(f"<{member}>{self._feature(tree)}</{member}>" for tree in some)
        return Reply(
            f'<?xml version="1.0"?><wfs:FeatureCollection {count} '
            f'xmlns:wfs="http://www.opengis.net{wfs}" xmlns:gml="http://www.opengis.net{gml}" '
            f'xmlns:ms="http://smallville.example.org/">{body}</wfs:FeatureCollection>'.encode(),
            headers=XML,
        )

    def _feature(self, tree: Tree) -> str:
        place = f"{tree['y']} {tree['x']}" if self.swaps_axes else f"{tree['x']} {tree['y']}"
        extra = "".join(
            f"<ms:{key}>{value}</ms:{key}>" for key, value in tree.items() if key not in "xy"
        )
        return (
            f'<ms:trees gml:id="trees.{next(iter(tree.values()))}"><ms:geom>'
            f'<gml:Point srsName="urn:ogc:def:crs:EPSG::27700"><gml:pos>{place}</gml:pos>'
            f"</gml:Point></ms:geom>{extra}</ms:trees>"
        )


@dataclass
class OgcApiServer:
    """An OGC API with one collection."""

    trees: list[Tree]
    counts: bool = True
    miscounts_by: int = 0
    next_host: str = ""
    links_to_itself: bool = False
    says_crs: bool = True
    times: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Reply:
        if asked.path != "/collections/trees/items":
            return Reply(b'{"code": "NotFound"}', status=404, headers=JSON)
        start, size = int(asked.parameters.get("offset", 0)), int(asked.parameters["limit"])
        size = min(size, 2)
        in_metres = "crs" in asked.parameters
        features = [
            geojson_feature(tree, in_metres=in_metres, name=tree["ref"])
            for tree in self.trees[start : start + size]
        ]
        members: dict[str, Any] = {"numberReturned": len(features), "links": []}
        if self.counts:
            members["numberMatched"] = len(self.trees) + self.miscounts_by
        if start + size < len(self.trees):
            members["links"].append({"rel": "next", "href": self._next(asked, start + size)})
        reply = collection(features, **members)
        if in_metres and self.says_crs:
            name = "<http://www.opengis.net/def/crs/EPSG/0/27700>"
            return Reply(reply.body, headers={**reply.headers, "Content-Crs": name})
        return reply

    def _next(self, asked: Asked, offset: int) -> str:
        offset = offset - 2 if self.links_to_itself else offset
        kept = "".join(f"&{k}={v}" for k, v in asked.parameters.items() if k == "crs")
        return f"{self.next_host}/collections/trees/items?limit=2&offset={offset}{kept}"


@dataclass
class OpendatasoftServer:
    """A portal with one data set."""

    trees: list[Tree]
    miscounts_by: int = 0

    def __call__(self, asked: Asked) -> Reply:
        base = "/api/explore/v2.1/catalog/datasets/trees"
        if asked.path == f"{base}/records":
            return as_json({"total_count": len(self.trees) + self.miscounts_by, "results": []})
        if asked.path == f"{base}/exports/geojson":
            return collection([geojson_feature(tree) for tree in self.trees])
        return as_json({"error_code": "UnknownDataset"})


@dataclass
class PlanningDataServer:
    """planning.data.gov.uk: 10 entities unless asked for more, counted in its JSON only."""

    trees: list[Tree]
    miscounts_by: int = 0
    ignores_offset: bool = False

    def __call__(self, asked: Asked) -> Reply:
        start, size = int(asked.parameters.get("offset", 0)), int(asked.parameters.get("limit", 10))
        if size > 500 or asked.parameters.get("dataset") != "tree":
            return Reply(b'{"detail": "unprocessable"}', status=422, headers=JSON)
        start = 0 if self.ignores_offset else start
        if asked.path == "/entity.json":
            count = len(self.trees) + self.miscounts_by
            return as_json({"entities": [{"entity": 1}], "links": {}, "count": count})
        features = [
            geojson_feature(tree, entity=7_000_000 + place)
            for place, tree in enumerate(self.trees[start : start + size], start)
        ]
        return collection(features, links={"first": "/entity.geojson", "last": "/entity.geojson"})
