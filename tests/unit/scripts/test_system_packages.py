"""Only what is missing is installed, and what cannot be is said in one sentence."""

import pytest

from scripts import system_packages
from scripts.steps import Command, StepFailed
from scripts.system_packages import Need

MISSING = Need("a loom", "loom", lambda: False)
PRESENT = Need("a wheel", "wheel", lambda: True)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    run: list[Command] = []
    monkeypatch.setattr(system_packages, "run_step", lambda title, command: run.append(command))
    return run


def test_nothing_missing_runs_nothing(commands: list[Command]) -> None:
    system_packages._install([PRESENT])

    assert commands == []


def test_only_what_is_missing_is_installed(
    commands: list[Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")

    with pytest.raises(StepFailed, match="there is still no a loom"):
        system_packages._install([PRESENT, MISSING])

    update, install = commands
    assert update[-1] == "update"
    assert install[-1] == "loom"
    assert "wheel" not in install
    assert "--no-install-recommends" in install


def test_without_root_and_sudo_it_says_what_to_do(
    commands: list[Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: None if name == "sudo" else f"/bin/{name}")

    with pytest.raises(StepFailed, match=r"a loom \(loom\).*no sudo: start once as root"):
        system_packages._install([MISSING])

    assert commands == []


def test_without_apt_it_says_what_to_install(
    commands: list[Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)

    with pytest.raises(StepFailed, match=r"a loom \(loom\).*has no apt-get"):
        system_packages._install([MISSING])
