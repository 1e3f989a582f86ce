"""The examples of every layer's page, copied as a reader does and run."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conformance.site import Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

COLLECTIONS = ["areas", "bring-banks", "lakes", "licences", "schools"]
_CODE = re.compile(r'<code data-example="([\w-]+)">(.*?)</code>', re.DOTALL)


def examples_of(site: Site, address: str) -> dict[str, str]:
    """Return what a reader would copy, by the name of the example."""
    page = site.ask(address, accept="text/html")
    assert page.status == 200
    return {name: html.unescape(code) for name, code in _CODE.findall(page.body.decode())}


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_its_curl_lines_answer_with_features(site, tmp_path, collection):
    examples = examples_of(site, f"collections/{collection}")
    lines = [code for name, code in examples.items() if name.startswith("curl")]

    assert len(lines) >= 2
    for line in lines:
        answer = json.loads(run("bash", "-c", f"{line} --silent --show-error", folder=tmp_path))
        assert answer["type"] in ("Feature", "FeatureCollection")
        if answer["type"] == "FeatureCollection":
            assert answer["features"], line


@pytest.mark.parametrize("collection", ["areas", "licences", "schools"])
@pytest.mark.parametrize("name", ["geopandas", "pyogrio"])
def test_its_python_runs_as_it_is(site, tmp_path, collection, name):
    code = examples_of(site, f"collections/{collection}")[name]

    printed = run(sys.executable, "-c", code, folder=tmp_path)

    assert printed.strip()
    if name == "pyogrio":
        expected = {"areas": 2, "licences": 3, "schools": 400}[collection]
        assert int(printed) == expected


def test_the_line_on_the_page_of_a_layer_is_the_same_and_runs(site, tmp_path):
    examples = examples_of(site, f"http://{site.host}/layers/schools")

    assert examples["geopandas"] == examples_of(site, "collections/schools")["geopandas"]
    assert "Nº 0" in run(sys.executable, "-c", examples["geopandas"], folder=tmp_path)


def test_its_ogr2ogr_line_copies_the_layer(site, tmp_path):
    line = examples_of(site, "collections/schools")["ogr2ogr"]

    run("bash", "-c", line, folder=tmp_path)

    listed = run("ogrinfo", "-so", "schools.gpkg", "schools", folder=tmp_path)
    assert "Feature Count: 400" in listed


@pytest.mark.parametrize("collection", ["areas", "bring-banks", "lakes", "schools"])
def test_its_box_lies_in_the_extent_of_the_layer(site, collection):
    line = examples_of(site, f"collections/{collection}")["curl-box"]
    [[*extent]] = site.read(f"collections/{collection}").json["extent"]["spatial"]["bbox"]

    query = parse_qs(urlsplit(line.split("'")[1]).query)
    west, south, east, north = map(float, query["bbox"][0].split(","))

    rounding = 0.0001  # of a degree: the example is rounded outwards
    assert extent[0] - rounding <= west < east <= extent[2] + rounding
    assert extent[1] - rounding <= south < north <= extent[3] + rounding


def test_a_layer_without_places_has_no_example_that_needs_one(site):
    examples = examples_of(site, "collections/licences")

    assert not examples.keys() & {"curl-box", "curl-nearest", "leaflet"}


def test_no_example_shows_a_layer_that_is_not_public(site):
    assert site.ask("collections/addresses", accept="text/html").status == 404
