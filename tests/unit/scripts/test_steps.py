"""A step is quiet when it goes well and says the end of its output when it does not."""

import sys
from pathlib import Path

import pytest

from scripts import steps
from scripts.steps import StepFailed, digest_of, is_stamped, leave_stamp, run_step


@pytest.fixture(autouse=True)
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "LOCAL_DIR", tmp_path / ".local")
    return tmp_path


def test_a_step_that_goes_well_says_its_title_only(capfd: pytest.CaptureFixture[str]) -> None:
    run_step("Doing it", [sys.executable, "-c", "print('chatter')"])

    assert capfd.readouterr() == ("· Doing it\n", "")


def test_a_step_that_fails_shows_why(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StepFailed, match="Doing it: failed"):
        run_step("Doing it", [sys.executable, "-c", "raise SystemExit('no such thing')"])

    assert "no such thing" in capfd.readouterr().err


def test_a_stamp_holds_until_the_input_changes(checkout: Path) -> None:
    source, stamp = checkout / "source.txt", checkout / "stamps/source"
    source.write_text("one")
    leave_stamp(stamp, digest_of(source))

    before = is_stamped(stamp, digest_of(source))
    source.write_text("two")

    assert before
    assert not is_stamped(stamp, digest_of(source))


def test_a_digest_sees_a_file_renamed_in_a_folder(checkout: Path) -> None:
    folder = checkout / "assets"
    folder.mkdir()
    (folder / "a.css").write_text("x")

    before = digest_of(folder)
    (folder / "a.css").rename(folder / "b.css")

    assert digest_of(folder) != before
