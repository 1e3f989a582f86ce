"""Bad inputs, section F: KML, GML and what else is written in XML."""

import math
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Point

from tests.factories.entries import field_entry
from tests.integration.importers.bad_inputs.desk import Desk
from tests.unit.importers.read.made_files import gml, gml_point

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

PLACE = "-1.9264,52.4625"  # EPSG:4326, in Smallville
BY_NAME = {"fields": (field_entry("name"),), "key": ("name",)}


class Canary:
    """A server that should never be asked anything."""

    def __init__(self) -> None:
        self.calls = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    canary = Canary()
    yield canary
    canary.listener.close()
    assert canary.calls == 0, "something that the file refers to was fetched"


def write(desk: Desk, text: str | bytes, name: str = "trees.kml") -> Path:
    path = desk.folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def placemark(name: str, coordinates: str = PLACE, more: str = "") -> str:
    point = f"<Point><coordinates>{coordinates}</coordinates></Point>"
    return f"<Placemark><name>{name}</name>{more}{point}</Placemark>"


def kml(*placemarks: str, more: str = "", prolog: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{prolog}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"{more}{''.join(placemarks)}</Document></kml>"
    )


def tree(ref: str, shape: str = "") -> str:
    return f"<ms:ref>{ref}</ms:ref><ms:name>Oak</ms:name>{shape or gml_point('405001 285000')}"


def arcs(kind: str, positions: str) -> str:
    segments = f"<gml:{kind}><gml:posList>{positions}</gml:posList></gml:{kind}>"
    curve = f"<gml:segments>{segments}</gml:segments>"
    return f'<ms:geom><gml:Curve srsName="EPSG:27700">{curve}</gml:Curve></ms:geom>'


def test_f02_an_entity_of_a_server_is_refused_and_not_asked_for(desk: Desk, canary: Canary) -> None:
    prolog = f'<!DOCTYPE kml [<!ENTITY % x SYSTEM "http://127.0.0.1:{canary.port}/x"> %x;]>'

    desk.refuse(write(desk, kml(placemark("Oak"), prolog=prolog)), "XML-DTD")


@pytest.mark.parametrize("name", ["trees.kml", "trees.gml"])
@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE kml [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
        + "]>",
        f'<!DOCTYPE kml [<!ENTITY a "{"x" * 100_000}">]>',
    ],
    ids=["laughs", "quadratic"],
)
def test_f03_entities_that_grow_are_refused(name: str, prolog: str, desk: Desk) -> None:
    text = kml(placemark("&a;" * 10_000), prolog=prolog)
    if name.endswith(".gml"):
        text = gml(tree("T1"), prolog=prolog.replace("DOCTYPE kml", "DOCTYPE x"))

    desk.refuse(write(desk, text, name), "XML-DTD")


def test_f04_a_schema_on_a_server_is_not_asked_for(desk: Desk, canary: Canary) -> None:
    text = gml(tree("T1")).replace("127.0.0.1:9", f"127.0.0.1:{canary.port}")
    assert str(canary.port) in text

    desk.accept(write(desk, text, "trees.gml"), rows=1)


def test_f05_a_geometry_by_reference_keeps_its_row_out(desk: Desk, canary: Canary) -> None:
    remote = f'<ms:geom xlink:href="http://127.0.0.1:{canary.port}/1"/>'
    local = '<ms:geom xlink:href="#g1"/>'

    desk.accept(
        write(desk, gml(tree("T1"), tree("T2", remote), tree("T3", local)), "trees.gml"),
        rows=3,
        quarantined={2: "GEOM-REMOTE", 3: "GEOM-REMOTE"},
    )


def test_f08_what_a_kml_links_to_is_left_out_and_said(desk: Desk, canary: Canary) -> None:
    """HTML in a description is kept as it is written, and shown as text and never as HTML."""
    address = f"http://127.0.0.1:{canary.port}/x"
    script = "<script>alert(1)</script>"
    more = (
        f"<NetworkLink><Link><href>{address}</href></Link></NetworkLink>"
        f"<GroundOverlay><Icon><href>{address}</href></Icon></GroundOverlay>"
        f"<Style><IconStyle><Icon><href>{address}</href></Icon></IconStyle></Style>"
    )
    described = f"<description><![CDATA[{script}]]></description>"
    fields = (field_entry("name"), field_entry("description"))

    desk.accept(
        write(desk, kml(placemark("Oak", more=described), more=more)),
        "KML-LEFT-OUT",
        rows=1,
        fields=fields,
        key=("name",),
    )

    assert desk.features()[0].properties["description"] == script
    left_out = {issue.value for issue in desk.issues("KML-LEFT-OUT")}
    assert left_out == {"NetworkLink", "GroundOverlay"}


def kmz(desk: Desk, members: dict[str, bytes]) -> Path:
    path = desk.folder / "trees.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_f09_of_several_kml_files_doc_kml_is_read(desk: Desk) -> None:
    good, other = kml(placemark("Oak")).encode(), kml(placemark("Ash")).encode()

    desk.accept(kmz(desk, {"other.kml": other, "doc.kml": good}), rows=1, **BY_NAME)

    assert desk.features()[0].key == "Oak"


def test_f09_a_kmz_without_a_kml_is_refused(desk: Desk) -> None:
    desk.refuse(kmz(desk, {"notes.txt": b"none"}), "FMT-MISMATCH", "no .kml")


def test_f09_of_several_kml_files_none_is_chosen_silently(desk: Desk) -> None:
    content = kml(placemark("Oak")).encode()

    desk.refuse(kmz(desk, {"a.kml": content, "b.kml": content}), "MULTI-LAYER", "a.kml", "b.kml")


def test_f09_a_kmz_as_gdal_writes_it_links_to_its_own_places(desk: Desk) -> None:
    link = "<NetworkLink><Link><href>layers/trees.kml</href></Link></NetworkLink>"
    members = {"doc.kml": kml(link).encode(), "layers/trees.kml": kml(placemark("Oak")).encode()}

    desk.accept(kmz(desk, members), rows=1, **BY_NAME)

    assert desk.features()[0].key == "Oak"


def test_f09_pictures_that_unpack_to_300_mb_are_refused(desk: Desk) -> None:
    members = {"doc.kml": kml(placemark("Oak")).encode(), "files/a.png": bytes(300_000_000)}

    desk.refuse(kmz(desk, members), "ZIP-BOMB")


@pytest.mark.parametrize(
    "coordinates", ["-1.9264 , 52.4625", "\n  -1.9264,52.4625\n", f"{PLACE},9"]
)
def test_f10_coordinates_may_be_written_with_spaces_and_heights(
    coordinates: str, desk: Desk
) -> None:
    desk.accept(write(desk, kml(placemark("Oak", coordinates))), rows=1, **BY_NAME)


@pytest.mark.parametrize("coordinates", ["1,2,3,4", "-1.9264 52.4625", "", "x,y"])
def test_f10_coordinates_that_are_none_keep_their_row_out(coordinates: str, desk: Desk) -> None:
    path = write(desk, kml(placemark("Oak"), placemark("Ash", coordinates)))

    report = desk.take(path, **BY_NAME)

    assert (report.outcome, report.published, report.quarantined) == ("published", 1, 1)
    assert list(desk.run.quarantined_rows.values_list("row", flat=True)) == [2]


def test_f10_latitude_before_longitude_is_refused(desk: Desk) -> None:
    marks = [placemark(f"Oak {n}", f"52.46{n},-1.9264") for n in range(4)]

    desk.refuse(write(desk, kml(*marks)), "AXIS-SWAPPED", "near Somalia", **BY_NAME)


def test_f10_latitude_0_longitude_0_is_kept_out(desk: Desk) -> None:
    """It is no warning here: no council lies there, so the row has no place on its map."""
    path = write(desk, kml(placemark("Oak"), placemark("Ash", "0,0")))

    desk.accept(path, rows=2, quarantined={2: "OUTSIDE-GB"}, **BY_NAME)


LINES: dict[str, Any] = {"geometry_type": "LineString"}


def test_f12_an_arc_becomes_straight_segments_that_leave_it_by_less_than_a_centimetre(
    desk: Desk,
) -> None:
    line = arcs("LineStringSegment", "405000 285000 405100 285000")
    arc = arcs("Arc", "405000 285000 405500 285500 406000 285000")

    desk.accept(
        write(desk, gml(tree("T1", line), tree("T2", arc)), "trees.gml"),
        "GEOM-CURVE",
        rows=2,
        **LINES,
    )

    straight, arc = (feature.geom_27700 for feature in desk.features())
    assert straight.length == pytest.approx(100)
    # Half a circle of 500 m around 405500, 285000.
    assert arc.length == pytest.approx(math.pi * 500, abs=0.01)
    centre = Point(405_500, 285_000, srid=27700)
    assert 500 - arc.distance(centre) < 0.01
    assert [issue.row for issue in desk.issues("GEOM-CURVE")] == [2]


def test_f12_a_curve_of_one_point_is_no_line(desk: Desk) -> None:
    good = arcs("LineStringSegment", "405000 285000 405100 285000")
    bad = arcs("LineStringSegment", "405000 285000")
    path = write(desk, gml(tree("T1", good), tree("T2", bad)), "trees.gml")

    report = desk.take(path, **LINES)

    assert report.outcome != "published" or 2 in desk.run.quarantined_rows.values_list(
        "row", flat=True
    )


@pytest.mark.parametrize(
    ("encoding", "written"),
    [("UTF-8", "latin-1"), ("x-mac", "utf-8"), ("UTF-7", "utf-8"), ("UTF-32", "utf-8")],
)
def test_f13_an_encoding_that_is_not_so_is_refused(encoding: str, written: str, desk: Desk) -> None:
    text = kml(placemark("Café")).replace('version="1.0"', f'version="1.0" encoding="{encoding}"')

    desk.refuse(write(desk, text.encode(written)), "TEXT-ENCODING", **BY_NAME)


def test_f14_the_track_of_a_persons_run_is_no_layer(desk: Desk) -> None:
    """GPX is not read: it is what people's watches write, and no department's register."""
    text = (
        '<?xml version="1.0"?><gpx version="1.1"><trk><name>Run</name><trkseg>'
        '<trkpt lat="52.46" lon="-1.92"><time>2026-03-31T06:00:00Z</time></trkpt>'
        "</trkseg></trk></gpx>"
    )

    desk.refuse(write(desk, text, "run.gpx"), "FMT-UNSUPPORTED", "GeoPackage")


@pytest.mark.parametrize("name", ["trees.kml", "trees.gml"])
@pytest.mark.parametrize(
    "text",
    [
        '<OGRVRTDataSource><OGRVRTLayer name="a"/></OGRVRTDataSource>',
        "<OGRWFSDataSource><URL>http://127.0.0.1/</URL></OGRWFSDataSource>",
        "<html><body>Sign in</body></html>",
        "<!DOCTYPE html><html><body>Sign in</body></html>",
    ],
)
def test_f15_another_root_is_refused(name: str, text: str, desk: Desk) -> None:
    desk.refuse(write(desk, text, name), "FMT-MISMATCH")


def test_f16_a_style_is_no_data(desk: Desk, canary: Canary) -> None:
    """Styles are the catalogue's own, so that no SLD is ever followed or drawn by."""
    rule = (
        "<Rule><ElseFilter/><ExternalGraphic><OnlineResource "
        f'href="http://127.0.0.1:{canary.port}/x"/></ExternalGraphic></Rule>'
    )
    text = f'<?xml version="1.0"?><StyledLayerDescriptor>{rule * 101}</StyledLayerDescriptor>'

    desk.refuse(write(desk, text, "style.gml"), "FMT-MISMATCH")
    desk.refuse(write(desk, text, "style.xml"), "FMT-MISMATCH")
