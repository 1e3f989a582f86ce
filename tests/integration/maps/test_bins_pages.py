"""`/bins/<uprn>` and its year to print."""

from datetime import date

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from layers.models import Edition, Layer, Organisation
from tests.integration.waste.rounds import (
    AREAS,
    ROUNDS,
    publish_changes,
    publish_notices,
    publish_places,
    publish_rounds,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def places(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    publish_places()


def read(client: Client, path: str = "/bins/10") -> str:
    """Return a page's text with single spaces."""
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_the_next_days_come_first_as_a_sentence_and_a_list(client: Client) -> None:
    publish_rounds()

    page = read(client)

    assert "Your grey bin and food go on Monday 30 November." in page
    assert 'Grey bin (grey wheelie bin):</span> <time datetime="2026-11-30">' in page
    assert "Put it out by 6am." in page


def test_what_moved_says_from_when_and_why_and_what_will_move_is_announced(
    client: Client,
) -> None:
    publish_rounds()
    publish_changes(
        {"round": "R1", "planned_on": "2026-11-30", "moved_to": "2026-12-02", "reason": "Ice"},
        {"round": "R1", "planned_on": "2026-12-28", "shift_days": 1, "reason": "Bank holiday"},
    )

    page = read(client)

    assert "go on Wednesday 2 December instead of Monday 30 November." in page
    assert "Moved from Monday 30 November: Ice." in page
    assert "Changes to come" in page
    assert "Moved from Monday 28 December: Bank holiday." in page


def test_a_notice_is_on_the_pages_of_its_area_alone(client: Client) -> None:
    publish_rounds()
    publish_notices(
        (
            AREAS["R1"],
            {"title": "Gates locked", "text": "Use Hill Street.", "ends_on": "2026-12-04"},
        )
    )

    inside, outside = read(client, "/bins/10"), read(client, "/bins/13")

    assert "Gates locked" in inside
    assert "Until Friday 4 December 2026." in inside
    assert "Gates locked" not in outside


def test_what_comes_after_the_calendar_is_not_known(client: Client) -> None:
    publish_rounds([{**ROUNDS[0], "ends_on": "2027-03-31"}])

    page, year = read(client), read(client, "/bins/10/calendar")

    assert "We do not have the calendar after 31 March 2027." in page
    assert "We do not have the calendar after 31 March 2027." in year
    assert 'April 2027 <span class="bin-month__unknown">(not known yet)' in year
    assert 'March 2027 <span class="bin-month__unknown">' not in year


@pytest.mark.parametrize(
    ("uprn", "words"),
    [
        ("15", "on none of the rounds"),
        ("16", "outside the council&#x27;s area"),
        ("14", "More than one collection round"),
    ],
)
@pytest.mark.parametrize("path", ["/bins/{}", "/bins/{}/calendar"])
def test_what_is_not_known_is_said(client: Client, path: str, uprn: str, words: str) -> None:
    publish_rounds()

    page = read(client, path.format(uprn))

    assert words in page
    assert "webcal:" not in page


def test_a_calendar_can_be_subscribed_to(client: Client) -> None:
    publish_rounds()

    page = read(client)

    assert 'href="webcal://testserver/bins/10.ics"' in page
    assert 'href="webcal://testserver/bins/10.ics?alarm=18:00"' in page
    assert 'href="http://testserver/bins/10.ics"' in page


def test_a_missed_bin_is_reported_where_the_council_says(client: Client) -> None:
    publish_rounds()
    assert "missed bin" not in read(client)
    Organisation.objects.update(brand={"missed_bin": "https://example.gov.uk/missed"})

    assert 'href="https://example.gov.uk/missed"' in read(client)


def test_the_year_has_twelve_months_as_tables_with_their_names(client: Client) -> None:
    publish_rounds()

    year = read(client, "/bins/10/calendar")

    assert year.count("<caption") == 12
    assert "November 2026" in year
    assert "October 2027" in year
    assert year.count('abbr="Monday"') == 12
    # Screen readers hear the service; the letter is for eyes.
    assert 'G</span><span class="govuk-visually-hidden">Grey bin (grey wheelie bin)' in year


def test_the_year_marks_what_moved_and_what_is_off(client: Client) -> None:
    publish_rounds()
    publish_changes(
        {"round": "R1", "service": "Food", "planned_on": "2026-12-28", "moved_to": "2026-12-29"},
        {"round": "R1", "service": "Food", "planned_on": "2027-01-04", "suspended": True},
    )

    year = read(client, "/bins/10/calendar")

    assert 'F*</span><span class="govuk-visually-hidden">Food. Moved from Monday 28' in year
    assert 'F×</span><span class="govuk-visually-hidden">Food. Not collected on Monday 4' in year
    assert "<strong>Tuesday 29 December</strong>: Food. Moved from" in year


def test_a_sheet_of_made_up_days_says_so(client: Client) -> None:
    publish_rounds()
    assert "made up" not in read(client, "/bins/10/calendar")
    Edition.objects.filter(layer__slug="rounds").update(is_sample=True)
    Layer.objects.filter(slug="rounds").update(changed_at=Now())

    assert "A demonstration: these days are made up." in read(client, "/bins/10/calendar")


@pytest.mark.parametrize("path", ["/bins/{}", "/bins/{}/calendar"])
def test_zeros_in_front_lead_to_the_one_address(client: Client, path: str) -> None:
    response = client.get(path.format("0010"))

    assert response.status_code == 302
    assert response["Location"] == path.format("10")


@pytest.mark.parametrize("uprn", ["99", "ten", "1234567890123", "%00", "0"])
@pytest.mark.parametrize("path", ["/bins/{}", "/bins/{}/calendar"])
def test_no_address_of_ours_is_a_page_that_says_so(client: Client, path: str, uprn: str) -> None:
    response = client.get(path.format(uprn))

    assert response.status_code == 404
    assert "We do not know" in response.text


@pytest.mark.parametrize("path", ["/bins/10", "/bins/10/calendar"])
def test_no_index_no_cache_and_no_other_site_is_told(client: Client, path: str) -> None:
    publish_rounds()

    response = client.get(path)

    assert '<meta name="robots" content="noindex">' in response.text
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "Disallow: /bins/" in client.get("/robots.txt").text


def test_the_licence_of_its_layers_is_on_the_page(client: Client) -> None:
    publish_rounds()

    assert "Contains rounds of Birmingham City Council." in read(client)
