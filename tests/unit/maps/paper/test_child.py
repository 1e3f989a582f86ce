"""The process that makes PDFs opens nothing, whatever the page names."""

import io
import json
from pathlib import Path

import pypdf
import pytest

from maps.paper.errors import PrintingFailed
from maps.paper.pdf import _run


def _order(page: str) -> bytes:
    return json.dumps({"page": page, "fonts": {}}).encode()


def test_a_page_cannot_bring_in_files_or_addresses(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">secret</text></svg>')
    address = secret.as_uri()
    page = (
        f'<html lang="en"><title>T</title><link rel="stylesheet" href="{address}">'
        f'<link rel="attachment" href="{address}">'
        f'<p>Open</p><img src="{address}" alt="a"><img src="http://127.0.0.1:1/x" alt="b">'
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}"/></svg>'
    )

    reader = pypdf.PdfReader(io.BytesIO(_run(_order(page))))

    text = "".join(each.extract_text() for each in reader.pages)
    assert "Open" in text
    assert "secret" not in text
    assert not reader.attachments


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maps.paper.pdf._MOST_S", 0.05)

    with pytest.raises(PrintingFailed, match="too much on it"):
        _run(_order("<p>Hi"))
