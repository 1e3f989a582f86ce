"""What search engines, harvesters and old browsers look for."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from shapely import Point

from layers.models import Edition
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = 'Ends </script><script>alert("1")</script> & <!-- goes on'


@pytest.fixture
def schools():
    fields = [make_field("name"), make_field("contact", is_public=False)]
    layer = make_layer("schools", fields=fields, description=HOSTILE, refresh_days=7)
    place = Point(406000, 286000)  # EPSG:27700
    publish_features(layer, [MadeFeature("1", place, {"name": "One"}, {"contact": "Ann"})])
    return layer


def dataset_of(page: str) -> dict:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


def test_the_sitemap_lists_pages_and_public_layers_with_the_day_of_their_edition(client, schools):
    make_layer("secret", is_public=False)
    make_layer("empty")

    tree = ET.fromstring(client.get("/sitemap.xml").content)

    urls = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in tree}
    published = schools.published_edition.published_at
    assert urls["http://testserver/layers/schools"] == published.date().isoformat()
    assert "http://testserver/api/docs" in urls
    assert not [address for address in urls if "secret" in address or "empty" in address]


def test_every_address_of_the_sitemap_answers(client, schools):
    tree = ET.fromstring(client.get("/sitemap.xml").content)

    for place in tree.iter(f"{SITEMAP}loc"):
        assert client.get(str(place.text)).status_code == 200, place.text


def test_robots_are_told_where_the_sitemap_is(client):
    text = client.get("/robots.txt").text

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /my-area/" in text


def test_a_browser_that_asks_for_the_old_icon_is_sent_to_it(client):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert answer["Location"] == "/static/img/favicon.ico"


def test_a_slash_behind_a_layer_leads_to_its_page(client, schools):
    answer = client.get("/layers/schools/?after=3")

    assert answer.status_code == 301
    assert answer["Location"] == "/layers/schools?after=3"


def test_a_layer_says_what_it_is_as_a_dataset(client, schools):
    dataset = dataset_of(client.get("/layers/schools").text)

    assert dataset["@type"] == "Dataset"
    assert dataset["@id"] == "http://testserver/layers/schools"
    assert dataset["license"] == schools.licence_url
    assert dataset["variableMeasured"] == ["name"]
    south, west, north, east = map(float, dataset["spatialCoverage"]["geo"]["box"].split())
    assert 52.4 < south <= north < 52.6
    assert -2 < west <= east < -1.8
    items = dataset["distribution"][0]["contentUrl"]
    assert client.get(items).status_code == 200


def test_no_description_can_end_the_block_that_it_stands_in(client, schools):
    page = client.get("/layers/schools").text

    assert dataset_of(page)["description"] == HOSTILE
    assert "<script>alert" not in page


def test_the_line_to_copy_is_on_the_page_of_the_layer(client, schools):
    page = client.get("/layers/schools").text

    assert "geopandas.read_file(" in page
    assert "http://testserver/api/collections/schools/items?limit=1000" in page
    assert 'href="/api/collections/schools#examples"' in page


def test_the_line_of_a_layer_that_is_longer_than_a_page_reads_all_of_it(client, schools):
    Edition.objects.filter(pk=schools.published_edition_id).update(feature_count=1001)

    page = client.get("/layers/schools").text

    line = 'geopandas.read_file("http://testserver/api/collections/schools/download?f=geojson")'
    assert line in page
    assert "items?limit=1000" not in page


def test_the_page_of_a_layer_leads_to_its_parts(client, schools):
    page = client.get("/layers/schools").text

    jumps = re.findall(r'class="jumps__link" href="#([^"]*)"', page)
    assert jumps == ["list-title", "fields-title", "downloads-title", "reuse-title"]
    assert all(f'id="{jump}"' in page for jump in jumps)
