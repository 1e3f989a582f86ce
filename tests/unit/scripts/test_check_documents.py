"""Dead links and misnumbered decision records are found."""

from pathlib import Path

import pytest

from scripts import check_documents


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs/adr").mkdir(parents=True)
    monkeypatch.setattr(check_documents, "ROOT", tmp_path)
    return tmp_path


def test_a_link_to_a_file_that_is_not_there_is_a_fault(documents: Path) -> None:
    (documents / "README.md").write_text("See [the map](docs/map.md) and [us](docs/adr).")

    assert check_documents.find_faults() == ["README.md: links to docs/map.md, which is not there."]


def test_addresses_anchors_and_code_are_no_links_to_files(documents: Path) -> None:
    text = "[a](https://example.org) [b](#below) [c](mailto:a@b.c) `[d](nowhere)`\n"
    (documents / "README.md").write_text(f"{text}```\n[e](nowhere)\n```\n")

    assert check_documents.find_faults() == []


def test_a_record_whose_title_has_another_number_is_a_fault(documents: Path) -> None:
    (documents / "docs/adr/0002-serve-by-wsgi.md").write_text("# 3. Serve by WSGI\n")

    (fault,) = check_documents.find_faults()

    assert fault == "docs/adr/0002-serve-by-wsgi.md: its title must begin with 0002."


def test_two_records_with_one_number_are_a_fault(documents: Path) -> None:
    for name in ("0001-keep-one.md", "0001-keep-two.md"):
        (documents / "docs/adr" / name).write_text("# 0001. Keep\n")

    assert "has the number of 0001-keep-one.md" in check_documents.find_faults()[0]
