"""Keys are given out once, by command and at /admin/, and taken back."""

import hashlib
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from access.keys import create_key, find_key
from access.models import ApiKey

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_new_key_is_shown_once_and_kept_as_a_digest():
    text = run("create_api_key", "A mirror", "--contact", "mirror@example.org").strip()

    [key] = ApiKey.objects.all()
    assert text.startswith(f"cm_{key.prefix}_")
    assert len(text.rpartition("_")[0]) >= len("cm_0123456789")
    assert key.secret_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert text not in run("list_api_keys")
    assert find_key(text) == key


def test_two_keys_are_never_the_same():
    texts = {create_key("One of many", "a@example.org").text for _ in range(50)}

    assert len(texts) == 50


def test_a_list_says_who_has_which_key():
    create_key("A mirror", "mirror@example.org")

    listed = run("list_api_keys")

    assert "good" in listed
    assert "never used" in listed
    assert "A mirror <mirror@example.org>" in listed


@pytest.mark.parametrize("form", ["prefix", "cm_prefix", "whole"])
def test_a_key_is_taken_back(form):
    new = create_key("A mirror", "mirror@example.org")
    prefix = new.key.prefix

    run("revoke_api_key", {"prefix": prefix, "cm_prefix": f"cm_{prefix}"}.get(form, new.text))

    new.key.refresh_from_db()
    assert new.key.state == "revoked"


@pytest.mark.parametrize(
    "arguments",
    [
        ("create_api_key", "", "--contact", "a@example.org"),
        ("create_api_key", "A" * 101, "--contact", "a@example.org"),
        ("create_api_key", "A", "--contact", "nobody"),
        ("create_api_key", "A", "--contact", "a@example.org", "--expires", "soon"),
        ("create_api_key", "A", "--contact", "a@example.org", "--expires", "2025-02-30"),
        ("create_api_key", "A", "--contact", "a@example.org", "--expires", "2020-01-01"),
        ("revoke_api_key", "nobody"),
    ],
)
def test_wrong_use_is_said_and_changes_nothing(arguments):
    with pytest.raises(CommandError) as refusal:
        run(*arguments)

    assert refusal.value.returncode == 2
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("expires", ["90d", "2099-03-31"])
def test_a_key_may_end_by_itself(expires):
    run("create_api_key", "A", "--contact", "a@example.org", "--expires", expires)

    [key] = ApiKey.objects.all()
    assert key.expires_at is not None
    assert key.state == "good"


def test_an_officer_gives_out_a_key_and_takes_it_back(client):
    client.force_login(get_user_model().objects.create_superuser("officer", password="x"))

    answer = client.post(
        "/admin/access/apikey/add/",
        {"name": "A shop", "contact": "shop@example.org", "expires_at_0": "", "expires_at_1": ""},
        follow=True,
    )
    [key] = ApiKey.objects.all()
    shown = answer.content.decode()
    assert f"cm_{key.prefix}_" in shown
    text = shown[shown.index(f"cm_{key.prefix}_") :].split()[0]
    assert find_key(text) == key
    assert text not in client.get("/admin/access/apikey/").content.decode()

    client.post("/admin/access/apikey/", {"action": "revoke", "_selected_action": [str(key.pk)]})
    key.refresh_from_db()
    assert key.state == "revoked"
