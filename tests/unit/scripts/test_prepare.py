"""What `make run` loads into an empty database."""

import pytest

from scripts import prepare
from scripts.steps import Command


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The management commands that are run; nothing is published yet."""
    run: list[str] = []

    def remember(_title: str, command: Command) -> None:
        run.append(str(command[2]))

    def remember_and_end(command: Command) -> int:
        run.append(str(command[2]))
        return 0

    monkeypatch.setattr(prepare, "run_step", remember)
    monkeypatch.setattr(prepare, "run_to_end", remember_and_end)
    monkeypatch.setattr(prepare, "_has_published_layer", lambda: False)
    return run


def test_the_sample_city_is_loaded_when_it_is_asked_for(commands: list[str]) -> None:
    prepare.prepare_database(load_sample=True)

    assert commands == ["migrate", "sync_catalogue", "load_sample_city"]


def test_an_empty_service_says_how_to_import_a_layer(
    commands: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    prepare.prepare_database(load_sample=False)

    assert commands == ["migrate", "sync_catalogue"]
    assert "docs/councils/README.md" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("council", "is_its"), [(None, True), ("", True), ("birmingham", True), ("bathnes", False)]
)
def test_the_sample_city_is_of_one_council(
    monkeypatch: pytest.MonkeyPatch, council: str | None, is_its: bool
) -> None:
    monkeypatch.delenv("COUNCIL", raising=False)
    if council is not None:
        monkeypatch.setenv("COUNCIL", council)

    assert prepare.serves_council_of_sample() == is_its
