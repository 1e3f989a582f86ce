"""From the form under a feature to its keeper's mailbox and the desk, and forgotten afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone
from shapely import Point

from accounts.models import User
from layers.models import Edition, Layer
from reports import submit
from reports.models import Report
from reports.send import send_reports
from reports.tidy import forget_reports
from tests.factories import MadeFeature, make_layer, publish_features
from tests.factories.other_connections import connect_as_web

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

SAID = {"kind": "gone", "text": "It closed in May.", "email": "ada@example.org", "website": ""}
PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}


@pytest.fixture(autouse=True)
def library() -> Edition:
    submit._counter = submit.Counter()
    layer = make_layer("libraries", keeper_email="libraries@example.gov.uk")
    return publish_features(layer, [MadeFeature("L1", Point(406000, 286000), {"name": "Central"})])


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(STORAGES={**settings.STORAGES, **PLAIN_STATIC_FILES}):
        yield Client()


def post(client: Client, address: str = "/reports/new/libraries/L1", **changes: str) -> Any:
    return client.post(address, {**SAID, **changes})


def test_a_feature_and_its_layer_lead_to_the_form(client: Client) -> None:
    assert "/reports/new/libraries/L1" in client.get("/layers/libraries/L1").text
    assert "/reports/new/libraries" in client.get("/layers/libraries").text
    assert "What is wrong with “Central”?" in client.get("/reports/new/libraries/L1").text


def test_a_report_is_kept_with_feature_and_edition(client: Client, library: Edition) -> None:
    answer = post(client)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/reports/sent/libraries/L1")
    report = Report.objects.get()
    assert (report.fid, report.title, report.edition_id) == ("L1", "Central", library.pk)
    assert (report.kind, report.text, report.state) == ("gone", "It closed in May.", "open")
    assert "on its way" in client.get(answer.headers["Location"]).text


def test_a_layer_as_a_whole_can_be_reported(client: Client) -> None:
    assert post(client, "/reports/new/libraries", kind="missing").status_code == 303
    assert Report.objects.get().fid == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": ""}, "Choose what is wrong"),
        ({"kind": "drop table"}, "Select a valid choice"),
        ({"text": "  "}, "Say what is wrong and what is right"),
        ({"text": "x" * 2001}, "Use 2000 characters or fewer"),
        ({"text": "a\x00b"}, "Null characters are not allowed"),
        ({"email": "a@b..c"}, "Enter an e-mail address"),
        ({"email": "a@b.org\nBcc: all@b.org"}, "Enter an e-mail address"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_what_to_do(
    client: Client, changes: dict[str, str], words: str
) -> None:
    answer = post(client, **changes)

    assert answer.status_code == 400
    assert words in answer.text
    assert 'value="ada@example.org"' in answer.text or "email" in changes
    assert not Report.objects.exists()


def test_what_is_said_is_shown_as_text(client: Client) -> None:
    answer = post(client, kind="", text="<script>alert(1)</script>")

    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


@pytest.mark.parametrize(
    "address", ["/reports/new/nothing", "/reports/new/libraries/L2", "/reports/new/libraries/%00"]
)
def test_what_is_not_published_cannot_be_reported(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    assert post(client, address).status_code == 404


def test_a_program_is_thanked_and_not_heard(client: Client) -> None:
    assert post(client, website="https://spam.example").status_code == 303
    assert not Report.objects.exists()


def test_a_flood_from_one_network_is_told_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However long the posts take, they are of one minute.
    monkeypatch.setattr(submit, "this_minute", lambda: 1)

    statuses = [post(client).status_code for _ in range(submit.MOST_A_MINUTE + 1)]

    assert statuses == [303] * submit.MOST_A_MINUTE + [429]
    assert Report.objects.count() == submit.MOST_A_MINUTE


def test_the_keeper_is_told_once_and_can_answer(client: Client, library: Edition) -> None:
    post(client)

    assert (send_reports(), send_reports()) == (1, 0)
    message = mail.outbox[0]
    assert message.to == ["libraries@example.gov.uk"]
    assert message.reply_to == ["ada@example.org"]
    assert "It closed in May." in message.body
    assert f"Feature L1, as edition {library.pk} of libraries showed it." in message.body


def test_without_a_keeper_those_hear_who_hear_of_everything(client: Client) -> None:
    Layer.objects.update(keeper_email="")
    post(client)
    with override_settings(NOTICES_EMAIL=["gis@example.gov.uk"]):
        send_reports()

    assert mail.outbox[0].to == ["gis@example.gov.uk"]


def test_a_title_cannot_add_a_header(client: Client) -> None:
    post(client)
    Report.objects.update(title="Central\nBcc: all@example.org")
    send_reports()

    assert mail.outbox[0].subject.endswith("Libraries: Central Bcc: all@example.org")
    assert mail.outbox[0].bcc == []


def test_what_the_mail_server_refuses_is_sent_later(client: Client) -> None:
    post(client)
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=9
    ):
        assert send_reports() == 0

    assert Report.objects.get().sent_at is None
    assert send_reports() == 1


def test_the_web_can_add_and_close_and_do_nothing_else(client: Client) -> None:
    post(client)
    with connect_as_web() as web:
        web.execute("UPDATE reports_report SET state = 'closed', closed_by = 'x'")
        for statement in ("UPDATE reports_report SET text = 'other'", "DELETE FROM reports_report"):
            web.rollback()
            with pytest.raises(Exception, match="permission denied"):
                web.execute(statement)


def test_an_officer_closes_a_report_with_what_came_of_it(client: Client, tmp_path: Path) -> None:
    from desk.groups import make_groups

    post(client)
    make_groups()
    officer = User.objects.create(username="officer")
    client.force_login(officer)
    address = f"/manage/reports/{Report.objects.get().pk}"
    assert client.post(address, {"outcome": "Corrected."}).status_code == 403

    officer.groups.set(Group.objects.filter(name="Importers"))
    assert "1 report of something wrong is open" in client.get("/manage/").text
    assert client.post(address, {"outcome": ""}).status_code == 400
    assert client.post(address, {"outcome": "Corrected."}).status_code == 302

    report = Report.objects.get()
    assert (report.state, report.closed_by, report.outcome) == ("closed", "officer", "Corrected.")
    assert "Central" not in client.get("/manage/reports").text
    assert "Central" in client.get("/manage/reports?state=closed").text
    client.post(address, {"reopen": "yes"})
    assert Report.objects.get().state == "open"


def test_who_sent_it_goes_first_and_all_of_it_later(client: Client) -> None:
    for days in (10, 40, 400):
        post(client)
        newest = Report.objects.first()
        Report.objects.filter(pk=newest.pk).update(
            state="closed", closed_at=timezone.now() - timedelta(days=days)
        )
    post(client)

    assert forget_reports() == 1
    emails = list(Report.objects.order_by("id").values_list("state", "email"))
    assert emails == [
        ("closed", "ada@example.org"),
        ("closed", ""),
        ("open", "ada@example.org"),
    ]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_form_that_another_site_sends_is_shown_and_not_kept(client: Client, site: str) -> None:
    answer = client.post("/reports/new/libraries/L1", SAID, headers={"sec-fetch-site": site})

    assert answer.status_code == 403
    assert "Another website filled in this form" in answer.text
    assert "It closed in May." in answer.text, "the person may send it"
    assert not Report.objects.exists()


def test_our_own_form_is_taken(client: Client) -> None:
    ours = {"sec-fetch-site": "same-origin"}

    assert client.post("/reports/new/libraries/L1", SAID, headers=ours).status_code == 303
    assert Report.objects.count() == 1
