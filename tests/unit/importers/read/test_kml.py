"""KML: every Placemark of every folder, in EPSG:4326, and nothing that the file points at."""

import pytest

from importers.read.child import kml
from importers.read.limits import ReadLimits
from tests.unit.importers.read.opening import read_all, refusal, rows_of, shapes_of

POINT = "<Point><coordinates>-1.9,52.48,120</coordinates></Point>"
RING = "<LinearRing><coordinates>0,0,5 0,1,5 1,1,5 0,0,5</coordinates></LinearRing>"
HOLE = "<LinearRing><coordinates>.1,.3 .1,.5 .2,.5 .1,.3</coordinates></LinearRing>"
POLYGON = f"<Polygon><outerBoundaryIs>{RING}</outerBoundaryIs></Polygon>"


def write_kml(tmp_path, body, *, prolog="", root='kml xmlns="http://www.opengis.net/kml/2.2"'):
    path = tmp_path / "trees.kml"
    path.write_text(f'<?xml version="1.0"?>{prolog}<{root}><Document>{body}</Document></kml>')
    return path


def placemark(inside):
    return f"<Placemark>{inside}</Placemark>"


def test_it_reads_the_placemarks_of_all_folders_as_one_table(tmp_path):
    body = (
        f"<Folder><name>Layer0</name>{placemark('<name>Oak</name>' + POINT)}</Folder>"
        f"<Folder><Folder>{placemark('<name>Ash</name>' + POINT)}</Folder></Folder>"
    )

    opened, (batch,) = read_all(kml, write_kml(tmp_path, body))

    assert (opened.form, opened.crs, opened.geometry_type) == ("KML", "EPSG:4326", "Point")
    assert batch.rows == [1, 2]
    assert rows_of(opened, batch) == [{"name": "Oak"}, {"name": "Ash"}]
    assert shapes_of(batch) == ["POINT (-1.9 52.48)"] * 2


def test_it_reads_extended_data_of_both_kinds_beside_kmls_own_values(tmp_path):
    inside = (
        "<name>7</name><description><![CDATA[<b>Old</b>]]></description>"
        "<TimeStamp><when>2024-03-01</when></TimeStamp><ExtendedData>"
        "<Data name='name'><value>Oak</value></Data><Data name='note'><value> </value></Data>"
        "<SchemaData><SimpleData name='Girth'>12</SimpleData></SchemaData></ExtendedData>"
    )

    opened, (batch,) = read_all(kml, write_kml(tmp_path, placemark(inside + POINT)))

    assert rows_of(opened, batch) == [
        {
            "name": "7",
            "description": "<b>Old</b>",
            "when": "2024-03-01",
            "name (2)": "Oak",
            "Girth": "12",
        }
    ]


@pytest.mark.parametrize(
    ("geometry", "wkt"),
    [
        (POLYGON, "POLYGON ((0 0, 0 1, 1 1, 0 0))"),
        (
            POLYGON.replace("</Pol", f"<innerBoundaryIs>{HOLE}</innerBoundaryIs></Pol"),
            "POLYGON ((0 0, 0 1, 1 1, 0 0), (0.1 0.3, 0.1 0.5, 0.2 0.5, 0.1 0.3))",
        ),
        (
            f"<MultiGeometry>{POLYGON}{POLYGON}</MultiGeometry>",
            "MULTIPOLYGON (((0 0, 0 1, 1 1, 0 0)), ((0 0, 0 1, 1 1, 0 0)))",
        ),
        (
            f"<MultiGeometry>{POLYGON}{POINT}</MultiGeometry>",
            "GEOMETRYCOLLECTION (POLYGON ((0 0, 0 1, 1 1, 0 0)), POINT (-1.9 52.48))",
        ),
        (
            "<LineString><coordinates>\n-1.9 , 52.4\n -1.8 ,52.5 </coordinates></LineString>",
            "LINESTRING (-1.9 52.4, -1.8 52.5)",
        ),
        (
            "<Track><when>1</when><coord>1 2 3</coord><coord>2 3 4</coord></Track>",
            "LINESTRING (1 2, 2 3)",
        ),
        ("", None),
    ],
)
def test_it_reads_each_kind_of_geometry_without_heights(tmp_path, geometry, wkt):
    path = write_kml(tmp_path, placemark("<name>1</name>" + geometry))

    _, (batch,) = read_all(kml, path)

    assert shapes_of(batch) == [wkt]


@pytest.mark.parametrize("coordinates", ["1,2,3,4", "1 2", "", "1,north", "1,2 3,4", "1;2"])
def test_it_spoils_a_placemark_whose_coordinates_make_no_point(tmp_path, coordinates):
    broken = f"<name>Ash</name><Point><coordinates>{coordinates}</coordinates></Point>"
    body = placemark(POINT) + placemark(broken) + placemark(POINT)

    _, (batch,) = read_all(kml, write_kml(tmp_path, body))

    assert batch.rows == [1, 3]
    ((finding, raw),) = batch.spoilt
    assert (finding.kind, finding.row) == ("GEOM-INVALID", 2)
    assert "Ash" in raw


def test_it_spoils_a_ring_of_two_positions(tmp_path):
    broken = POLYGON.replace("0,1,5 1,1,5 ", "")

    _, (batch,) = read_all(kml, write_kml(tmp_path, placemark(broken)))

    assert [finding.kind for finding, _ in batch.spoilt] == ["GEOM-INVALID"]


def test_it_says_in_plain_words_that_a_track_has_one_position(tmp_path):
    broken = placemark("<Track><when>1</when><coord>1 2 3</coord></Track>")

    _, (batch,) = read_all(kml, write_kml(tmp_path, broken))

    [(finding, _)] = batch.spoilt
    assert finding.message.endswith("make no Track: they are too few, or do not close.")


def test_it_says_what_it_left_out(tmp_path):
    link = "<NetworkLink><Link><href>http://127.0.0.1/x.kml</href></Link></NetworkLink>"
    body = link + link + "<GroundOverlay/>" + placemark(POINT)

    opened, _ = read_all(kml, write_kml(tmp_path, body))

    assert [(finding.kind, finding.value) for finding in opened.findings] == [
        ("KML-LEFT-OUT", "NetworkLink"),
        ("KML-LEFT-OUT", "GroundOverlay"),
    ]
    assert "2 of NetworkLink" in opened.findings[0].message


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "NO-ROWS"),
        ("<NetworkLink/>", "KML-LINK"),
        ("<Folder>" * 200 + "</Folder>" * 200, "XML-TOO-DEEP"),
        ("<Folder>", "XML-SYNTAX"),
        (placemark(POINT) * 3, "TOO-MANY-ROWS"),
        (placemark(f"<name>{'x' * 2000}</name>"), "CELL-TOO-BIG"),
        (
            placemark("<ExtendedData><Data name='a'><value>1</value></Data></ExtendedData>")
            + placemark("<name>1</name><address>2</address>"),
            "COL-TOO-MANY",
        ),
    ],
)
def test_it_refuses_what_holds_no_table(tmp_path, body, code):
    limits = ReadLimits(rows=2, columns=2, cell_characters=1000)

    assert refusal(kml, write_kml(tmp_path, body), limits=limits).code == code


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE kml>",
        '<!DOCTYPE kml SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE kml [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]>',
    ],
)
def test_it_refuses_a_dtd_before_anything_of_it_is_used(tmp_path, prolog):
    path = write_kml(tmp_path, placemark("<name>&b;</name>" + POINT), prolog=prolog)

    assert refusal(kml, path).code == "XML-DTD"


@pytest.mark.parametrize(
    ("root", "code"),
    [("ExceptionReport", "SOURCE-ERROR"), ("html", "FMT-MISMATCH"), ("gpx", "FMT-MISMATCH")],
)
def test_it_refuses_another_root(tmp_path, root, code):
    assert refusal(kml, write_kml(tmp_path, "", root=root)).code == code


@pytest.mark.parametrize(
    ("declared", "code"), [(b"UTF-8", "TEXT-ENCODING"), (b"x-nobody-knows", "TEXT-ENCODING")]
)
def test_it_refuses_text_that_is_not_in_the_encoding_it_says(tmp_path, declared, code):
    path = tmp_path / "trees.kml"
    path.write_bytes(b'<?xml version="1.0" encoding="%b"?><kml>Caf\xe9</kml>' % declared)

    assert refusal(kml, path).code == code


def test_it_reads_latin_1_that_says_so(tmp_path):
    path = tmp_path / "trees.kml"
    path.write_bytes(
        b'<?xml version="1.0" encoding="ISO-8859-1"?><kml>'
        b"<Placemark><name>Caf\xe9</name></Placemark></kml>"
    )

    opened, (batch,) = read_all(kml, path)

    assert rows_of(opened, batch) == [{"name": "Café"}]
