"""The pages, feeds and data of the search of planning applications."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from unittest.mock import patch
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.dateparse import parse_datetime
from shapely import Point, box

from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer
from tests.factories.planning import application

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PAGE = "/planning/applications"
ADDRESSES = (
    PAGE,
    f"{PAGE}/counts",
    f"{PAGE}.rss",
    f"{PAGE}.atom",
    f"{PAGE}.geojson",
    f"{PAGE}/counts.csv",
)
NAMES = {
    "agent": "Nosy Parker Architects",
    "case_officer": "Olive Officer",
    "applicant": "Ann Applicant",
}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def client() -> Iterator[Client]:
    with (
        override_settings(STORAGES={**settings.STORAGES, **PLAIN_STATIC_FILES}),
        patch("django.utils.timezone.localdate", return_value=date(2026, 3, 31)),
    ):
        yield Client()


def publish(*features: MadeFeature, slug: str = "planning-applications") -> None:
    queryable = {"is_queryable": True}
    fields = [
        make_field("reference", **queryable),
        make_field("description"),
        make_field("address", **queryable),
        make_field("type", **queryable),
        make_field("status", **queryable),
        make_field("decision", **queryable),
        make_field("received_on", "date", **queryable),
        make_field("decided_on", "date", **queryable),
        make_field("web_page", "url"),
        *(make_field(name, is_public=False, is_personal=True) for name in NAMES),
    ]
    layer = make_layer(
        slug,
        title_field="description",
        datetime_field="received_on",
        role="planning-application",
        theme="planning",
        fields=fields,
    )
    publish_features(layer, features)


def publish_some() -> None:
    wards = make_layer("wards", "Polygon", role="ward", is_area=True, theme="boundaries")
    publish_features(
        wards, [MadeFeature("w", box(405000, 285000, 407000, 287000), {"name": "Moseley"})]
    )
    publish(
        _with_names(application("2026/1/PA", 0, "2026-03-01", type="Full", address="1 Oak Road")),
        application("2026/2/PA", 9000, "2026-02-01", type="Full", status="decided",
                    decision="Refused", decided_on="2026-03-20"),
        MadeFeature("3", None, {"reference": "2026/3/PA", "description": "Fence"}),
    )  # fmt: skip


def _with_names(feature: MadeFeature) -> MadeFeature:
    return MadeFeature(feature.key, feature.shape_27700, feature.properties, restricted=NAMES)


def test_names_of_officers_agents_and_applicants_are_in_no_answer(client: Client) -> None:
    publish_some()
    api = "/api/collections/planning-applications"
    feature = client.get(f"{api}/items?limit=1").json()["features"][0]["id"]
    addresses = [
        *ADDRESSES,
        f"/layers/planning-applications/{feature}",
        f"{api}/items",
        f"{api}/items/{feature}",
        f"{api}/queryables",
        f"{api}/schema",
        f"{api}/tiles/WebMercatorQuad/0/0/0",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        for name in (*NAMES, *NAMES.values()):
            assert name.encode() not in answer.content, address

    for words in ("Nosy", "Olive", "Applicant"):
        assert json.loads(client.get(f"{PAGE}.geojson?q={words}").content)["numberMatched"] == 0


def test_every_way_of_counting_adds_up_to_the_list(client: Client) -> None:
    publish_some()

    table = list(
        csv.reader(io.StringIO(client.get(f"{PAGE}/counts.csv").content.decode("utf-8-sig")))
    )

    [total] = [int(row[2]) for row in table if row[0] == "All"]
    assert total == 3
    kinds = {row[0] for row in table[1:-1]}
    assert kinds == {"Month", "Ward", "type", "status", "decision"}
    for kind in kinds:
        assert sum(int(row[2]) for row in table if row[0] == kind) == total
    assert ["Ward", "In no ward, or without a location", "2"] in table
    assert ["Month", "No month given", "1"] in table


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_names_each_application_once_and_for_ever(client: Client, kind: str) -> None:
    publish_some()

    def names() -> list[str]:
        root = ElementTree.fromstring(client.get(f"{PAGE}.{kind}").content)
        return [each.text or "" for each in root.iter("guid" if kind == "rss" else f"{ATOM}id")]

    first = names()
    assert len(set(first)) == len(first) >= 3
    assert all(name.startswith("http://testserver/") for name in first)
    assert names() == first


def test_an_atom_feed_has_what_the_standard_asks_for(client: Client) -> None:
    publish_some()
    answer = client.get(f"{PAGE}.atom?q=2026")
    feed = ElementTree.fromstring(answer.content)

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    for entry in [feed, *feed.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            [element] = entry.findall(f"{ATOM}{name}")
            assert element.text
        assert parse_datetime(entry.findtext(f"{ATOM}updated") or "")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    decided = feed.findall(f"{ATOM}entry")[1]
    assert (decided.findtext(f"{ATOM}updated") or "").startswith("2026-03-20")
    assert (
        client.get(
            f"{PAGE}.atom?q=2026", headers={"if-none-match": answer.headers["ETag"]}
        ).status_code
        == 304
    )


def test_a_feed_stays_well_formed_and_harmless_whatever_the_data_holds(client: Client) -> None:
    text = "Erect <script>alert(1)</script> & \x0b\x1f fence"
    publish(application("1", 0, "2026-03-01", description=text, address=text))

    for kind in ("rss", "atom"):
        root = ElementTree.fromstring(client.get(f"{PAGE}.{kind}").content)
        [summary] = [
            each.text or "" for each in root.iter()
            if each.tag in ("description", f"{ATOM}summary") and "Erect" in (each.text or "")
        ]  # fmt: skip
        # As HTML, which readers take it for, it says the words and runs nothing.
        assert "<script" not in summary
        assert "&lt;script" in summary


def test_geojson_goes_on_until_everything_was_there(client: Client) -> None:
    publish(*(application(f"{n}", n, "2026-03-01") for n in range(7)))
    found, address = [], f"{PAGE}.geojson?q=works&sort=reference"
    with patch("maps.applications.geojson.MOST_FEATURES", 3):
        while address:
            page = json.loads(client.get(address).content)
            assert page["numberMatched"] == 7
            found += [each["properties"]["reference"] for each in page["features"]]
            address = next((each["href"] for each in page["links"] if each["rel"] == "next"), "")
    assert found == sorted(found)
    assert len(set(found)) == 7


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("received_from=soon", "received_from"),
        ("within=3", "within"),
        ("shape=1,2", "shape"),
        ("near=nowhere-at-all", "near"),
        ("ward=none", "ward"),
        ("sort=nearest", "sort"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client: Client, query: str, field: str
) -> None:
    publish_some()
    answer = client.get(f"{PAGE}?q=oak+tree&{query}")
    page = answer.content.decode()

    assert answer.status_code == 400
    assert f'href="#field-{field}"' in page
    assert f'id="error-{field}"' in page
    assert 'value="oak tree"' in page
    assert client.get(f"{PAGE}.rss?{query}").status_code == 400


def test_an_unknown_parameter_is_named(client: Client) -> None:
    publish_some()
    answer = client.get(f"{PAGE}?q=oak&colour=red")
    assert answer.status_code == 400
    assert "“colour” is not known here." in answer.content.decode()


def test_what_is_typed_for_a_place_is_led_to_its_short_name(client: Client) -> None:
    publish_some()
    posted = {"q": "oak", "place": "SP 060 860", "within": "1000", "status": ""}

    answer = client.post(PAGE, posted)

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{PAGE}?q=oak&near=grid-SP060860&within=1000"
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("page", ["/my-area/", "/embed/my-area/"])
def test_who_enters_a_reference_for_a_place_is_led_to_the_application(
    client: Client, page: str
) -> None:
    publish(*(application(name, 0, "2026-03-01") for name in ("2026/09991/PA", "2026/1/PA")))

    text = client.post(page, {"place": "2026/09991/PA"}).text

    assert "looks like the reference of a planning application" in text
    [address] = re.findall(r'href="([^"]+)">Look for it in the planning applications', text)
    assert address == f"{PAGE}?reference=2026%2F09991%2FPA"
    found = client.get(address).text
    assert "2026/09991/PA" in found
    assert "2026/1/PA" not in found


def test_a_place_that_is_not_known_loses_nothing(client: Client) -> None:
    publish_some()
    answer = client.post(PAGE, {"q": "oak", "place": "Nowhere Road", "status": "live"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="Nowhere Road"' in page
    assert 'value="oak"' in page
    assert '<option value="live" selected>' in page


def test_nothing_found_says_what_to_leave_out(client: Client) -> None:
    publish_some()
    page = client.get(f"{PAGE}?q=zeppelin&status=live").content.decode()
    assert "Our data has no application like that." in page
    assert f'href="{PAGE}?status=live"' in page
    assert f'href="{PAGE}?q=zeppelin"' in page
    assert "Search without:</span> “zeppelin”</a>" in page


def test_the_form_is_unfolded_for_what_is_asked_there_alone(client: Client) -> None:
    publish_some()
    folded = '<details class="govuk-details application-form__more">'
    unfolded = '<details class="govuk-details application-form__more" open>'
    assert folded in client.get(f"{PAGE}?q=porch").content.decode()
    assert unfolded in client.get(f"{PAGE}?q=porch&status=live").content.decode()
    assert unfolded in client.get(f"{PAGE}?q=porch&received_from=soon").content.decode()


@pytest.mark.parametrize(
    ("received_on", "is_behind"), [("2026-03-01", False), ("2026-02-01", True)]
)
def test_old_data_is_not_taken_for_no_applications(
    client: Client, received_on: str, is_behind: bool
) -> None:
    publish(application("1", 0, received_on))
    for address in (f"{PAGE}?received=week", f"{PAGE}/counts"):
        text = "No applications received since 1 February 2026 have reached us."
        assert (text in client.get(address).content.decode()) is is_behind


def test_there_may_be_several_registers(client: Client) -> None:
    publish(application("of the city", 0, "2026-03-01"))
    publish(application("of the park", 0, "2026-03-01"), slug="national-park-applications")

    assert "Works of the park" in client.get(PAGE).content.decode()
    page = client.get(f"{PAGE}?layer=planning-applications&q=works").content.decode()
    assert "Works of the city" in page
    assert "Works of the park" not in page


def test_without_a_register_nothing_is_claimed(client: Client) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 404
    assert "That does not mean that there are none" in answer.content.decode()
    assert client.get(f"{PAGE}.rss").status_code == 404


def test_sites_that_are_areas_are_listed_and_counted(client: Client) -> None:
    make = make_layer(
        "sites", "Polygon", title_field="description", datetime_field="received_on",
        role="planning-application", theme="planning",
        fields=[make_field("description"), make_field("received_on", "date")],
    )  # fmt: skip
    publish_features(
        make,
        [
            MadeFeature(
                "1",
                Point(406000, 286000).buffer(50),
                {"description": "Homes", "received_on": "2026-03-01"},
            )
        ],
    )
    page = client.get(PAGE).content.decode()
    assert "Homes" in page
    assert "data-longitude" in page
    assert client.get(f"{PAGE}/counts").status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_found_near_somebody_is_no_shared_caches_to_keep(
    client: Client, address: str
) -> None:
    assert "private" in client.get(address).headers["Cache-Control"]
