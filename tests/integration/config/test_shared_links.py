"""Links of pages that a sender or a person has added something to."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.shared_links import MendSharedLinksMiddleware

pytestmark = pytest.mark.django_db(databases=["default", "read"])


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/planning/applications?q=loft&fbclid=1", "/planning/applications?q=loft"),
        ("/planning/applications.rss?utm_source=rss&q=a%26b", "/planning/applications.rss?q=a%26b"),
        ("/planning/check?gclid=x&UTM_Campaign=y", "/planning/check"),
        ("/my-area/B11BB/planning?mc_eid=1&months=6", "/my-area/B11BB/planning?months=6"),
        ("/planning/applications/", "/planning/applications"),
        ("/planning/check/?gclid=x", "/planning/check/"),
        ("/my-area/B11BB/", "/my-area/B11BB"),
        ("/bins/990000015690/", "/bins/990000015690"),
        ("/layers/schools/?page=2", "/layers/schools?page=2"),
        ("/map/?layer=a", "/map?layer=a"),
        ("/my-area/a%3Fb?fbclid=1", "/my-area/a%3Fb"),
    ],
)
def test_what_was_added_to_a_link_is_taken_away(client: Client, asked: str, meant: str) -> None:
    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (301, meant)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/planning/applications?colour=red", "/nothing-here/", "/map//example.org/"],
)
def test_what_is_not_known_is_still_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_nobody_is_led_to_another_host(rf: RequestFactory) -> None:
    request = rf.get("/?utm_source=x")
    request.path = request.path_info = "//example.org/"

    response = MendSharedLinksMiddleware(lambda request: HttpResponse())(request)

    assert response["Location"] == "/%2Fexample.org/"


@pytest.mark.parametrize("path", ["/api/?utm_source=x", "/api/collections/?f=json"])
def test_programs_are_told_what_is_wrong(client: Client, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_what_is_sent_is_sent_to_the_address_as_it_is(client: Client) -> None:
    assert client.post("/my-area/?utm_source=x", {"place": "nowhere"}).status_code == 200
