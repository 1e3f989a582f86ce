"""The desk in the web's database role, and a worker that does what was asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from accounts.models import User
from importers import asked
from importers.models import Decision, ImportRun
from tests.factories.processes import ROOT

CATALOGUE_DIR = ROOT / "tests/fixtures/catalogue"


class Desk:
    """Smallville's desk. What pages do is done as the web's role, all else as the owner."""

    def client(self, *groups: str) -> Client:
        """Return a browser of somebody who is in these groups."""
        user, _ = User.objects.get_or_create(username="-".join(["officer", *groups]))
        user.groups.set(Group.objects.filter(name__in=groups))
        client = _WebClient()
        client.force_login(user)
        return client

    def work(self) -> None:
        """Do all that waits, as the worker does it."""
        for run in ImportRun.objects.filter(outcome=ImportRun.Outcome.QUEUED).order_by("id"):
            asked.run_asked_import(run)
        for decision in Decision.objects.filter(state=Decision.State.WAITING).order_by("id"):
            asked.carry_out(decision)


class _WebClient(Client):
    """Answers each request in the web's role, and is the owner again afterwards."""

    def request(self, **parts: object) -> object:  # type: ignore[override]  # Django types each part
        with _web_role():
            response = super().request(**parts)
            if response.streaming:
                response.whole = b"".join(response)
            return response


@contextmanager
def _web_role() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE council_maps_web")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
