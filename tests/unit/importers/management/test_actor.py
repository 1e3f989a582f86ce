"""Who is at the command line, as the audit trail names them."""

import os
import pwd

import pytest

from importers.management.actor import command_line_actor


@pytest.fixture(autouse=True)
def no_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUDO_USER", raising=False)


def test_it_is_the_account_and_not_what_the_environment_calls_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody-else")

    assert command_line_actor() == f"{pwd.getpwuid(os.getuid()).pw_name} at the command line"


def test_who_used_sudo_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "ann")

    assert command_line_actor().startswith("ann as ")


def test_an_account_without_a_name_is_named_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 987_654_321)

    assert command_line_actor() == "user 987654321 at the command line"
