"""``.env`` is read as it is written, and never over what is set already."""

import os
from pathlib import Path

import pytest

from config.env_file import EnvFileInvalid, load_env_file, read_env_file


def write(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text)
    return path


def test_it_reads_names_values_quotes_and_comments(tmp_path: Path) -> None:
    path = write(tmp_path, "# why\n\nHOST=0.0.0.0\nexport PORT = '80 80'\nEMPTY=\nURL=a=b#c\n")

    found = read_env_file(path)

    assert found == {"HOST": "0.0.0.0", "PORT": "80 80", "EMPTY": "", "URL": "a=b#c"}


def test_it_names_the_line_that_it_cannot_read(tmp_path: Path) -> None:
    path = write(tmp_path, "HOST=a\nnot an assignment\n")

    with pytest.raises(EnvFileInvalid, match="line 2: write NAME=value"):
        read_env_file(path)


def test_it_leaves_alone_what_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPS_TEST_PORT", "1")
    monkeypatch.setenv("MAPS_TEST_HOST", "")
    monkeypatch.delenv("MAPS_TEST_HOST")
    path = write(tmp_path, "MAPS_TEST_PORT=2\nMAPS_TEST_HOST=here\n")

    load_env_file(path)

    assert (os.environ["MAPS_TEST_PORT"], os.environ["MAPS_TEST_HOST"]) == ("1", "here")


def test_no_file_sets_nothing(tmp_path: Path) -> None:
    assert read_env_file(tmp_path / ".env") == {}
