"""What every answer about a place has in common: nobody keeps, indexes or misuses it.

Ids are those of the list of bad inputs that the service is built against.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from shapely import Point

from tests.factories import MadeFeature, drop_everything, make_layer, publish_features
from tests.integration.waste.rounds import publish_places, publish_rounds

pytestmark = [
    pytest.mark.django_db(databases=["default", "read"]),
    pytest.mark.usefixtures("homes"),
]

PAGES = (
    "/my-area/B11AA", "/my-area/B11AA?words=easy", "/my-area/uprn-10", "/my-area/B11AA/planning",
    "/my-area/B11AA/addresses", "/my-area/B99ZZ",
    "/nearest/libraries/B11AA", "/bins/10", "/bins/10/calendar", "/bins/999",
    "/reports/new/libraries/1", "/reports/sent/libraries/1",
)  # fmt: skip
FRAMES = ("/embed/my-area/", "/embed/my-area/B11AA", "/embed/my-area/B99ZZ")
DATA = (
    "/api/places?q=B1", "/api/bins/10", "/api/nearest?lon=-1.9&lat=52.46",
    "/api/at?lon=-1.9&lat=52.46",
)  # fmt: skip
CALENDAR = "/bins/10.ics"
# The answer to a form, which the browser may keep for “Back”.
FORMS = ("/my-area/", "/nearest/libraries/")


@pytest.fixture(scope="module")
def homes(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        try:
            publish_places()
            publish_rounds()
            libraries = make_layer("libraries", is_service=True)
            publish_features(
                libraries, [MadeFeature("1", Point(404600, 285100), {"name": "Central"})]
            )
            yield
        finally:
            drop_everything()


@pytest.mark.parametrize("path", [*PAGES, *FRAMES, *DATA])
def test_no_cache_keeps_it(client: Client, path: str) -> None:
    answer = client.get(path)

    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert "X-Accel-Expires" not in answer


def test_a_calendar_is_kept_by_who_subscribed_alone(client: Client) -> None:
    assert client.get(CALENDAR)["Cache-Control"] == "private, max-age=3600"


@pytest.mark.parametrize("path", FORMS)
def test_what_a_form_is_answered_is_kept_by_the_browser_alone(client: Client, path: str) -> None:
    answer = client.post(path, {"place": "nowhere at all"})

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, max-age=300")


@pytest.mark.parametrize("path", [*PAGES, *FRAMES, *DATA, CALENDAR])
def test_no_search_engine_shows_it(client: Client, path: str) -> None:
    answer = client.get(path)

    said = answer.get("X-Robots-Tag") or re.findall('name="robots" content="([^"]+)"', answer.text)
    assert "noindex" in said


@pytest.mark.parametrize("path", [*PAGES, *FRAMES, *DATA, CALENDAR])
def test_robots_are_asked_to_leave_it_alone(client: Client, path: str) -> None:
    rules = re.findall(r"^Disallow: (\S+)$", client.get("/robots.txt").text, re.MULTILINE)

    assert any(path.startswith(rule) for rule in rules)


@pytest.mark.parametrize("path", [*PAGES, *DATA, CALENDAR, *FORMS, "/my-area/near"])
def test_o01_no_other_site_frames_it(client: Client, path: str) -> None:
    answer = client.get(path)

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", FRAMES)
def test_o02_a_frame_is_for_any_site_and_may_do_no_more(client: Client, path: str) -> None:
    answer = client.get(path)

    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "*"
    assert "X-Frame-Options" not in answer
    assert policy["script-src"] == policy["form-action"] == "'self'"
    assert policy["default-src"] == policy["base-uri"] == "'none'"


@pytest.mark.parametrize("path", [*PAGES, *FRAMES, *DATA, CALENDAR])
def test_o03_nothing_needs_a_cookie(client: Client, path: str) -> None:
    answer = client.get(path)

    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("path", ["/nothing", "/nearest/libraries/B11AA?show=x", "/nearest/x/"])
def test_o03_another_services_cookie_is_not_answered_with_one(client: Client, path: str) -> None:
    answer = client.get(path, headers={"cookie": "csrftoken=another; sessionid=another"})

    assert answer.status_code in (400, 404)
    assert not answer.cookies


@pytest.mark.parametrize("path", [*PAGES, *FRAMES, "/embed/libraries", *DATA, CALENDAR])
@pytest.mark.parametrize(
    "query",
    ["theme=<script>o04</script>", "title=o04%22onload=%22", "lang=../o04", "layers=o04",
     "words=<o04>", f"theme={'o04' * 3_400}", "%3Co04%3E=1"],
)  # fmt: skip
def test_o04_what_nobody_asked_for_is_refused_or_ignored(
    client: Client, path: str, query: str
) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}{query}")

    assert answer.status_code in (200, 400, 404)
    if answer["Content-Type"].startswith("text/html"):
        assert "<o04" not in answer.text
        assert "<script>o04" not in answer.text
        assert '"onload="' not in answer.text
    assert len(answer.text) < 200_000


@pytest.mark.parametrize("path", [*PAGES, *FRAMES, *DATA, CALENDAR, "/embed/frame.js"])
def test_its_head_is_that_of_the_answer(client: Client, path: str) -> None:
    head, answer = client.head(path), client.get(path)

    assert (head.status_code, head.content) == (answer.status_code, b"")
    assert head["Content-Type"] == answer["Content-Type"]


@pytest.mark.parametrize("path", [*PAGES, *FRAMES, *DATA, CALENDAR, "/embed/frame.js"])
@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_it_is_only_read(client: Client, path: str, method: str) -> None:
    answer = getattr(client, method)(path)

    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
