"""The quick reading of long paths against WeasyPrint's own."""

import io
import random

import pypdf
import pytest
import weasyprint
from weasyprint import svg
from weasyprint.svg.bounding_box import BOUNDING_BOX_METHODS

from maps.paper.long_paths import draw_long_paths_quickly, operators

_SYMBOL = "m1.3 0c0 0.72 -0.58 1.3 -1.3 1.3 -0.72 0 -1.3 -0.58 -1.3 -1.3z"


@pytest.fixture(autouse=True)
def _put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(svg.TAGS, "path", svg.TAGS["path"])
    monkeypatch.setitem(BOUNDING_BOX_METHODS, "path", BOUNDING_BOX_METHODS["path"])


def _moves_on_page(path: str) -> list[tuple[str, list[float]]]:
    page = (
        "<style>@page{size:200mm;margin:0}svg{display:block}</style>"
        '<svg xmlns="http://www.w3.org/2000/svg" width="200mm" height="200mm" '
        f'viewBox="0 0 200 200"><path d="{path}" stroke="#000000" fill="none"/></svg>'
    )
    reader = pypdf.PdfReader(io.BytesIO(weasyprint.HTML(string=page).write_pdf()))
    streams = [reader.pages[0].get_contents()]
    for form in reader.pages[0]["/Resources"].get("/XObject", {}).values():
        streams.append(pypdf.generic.ContentStream(form.get_object(), reader))
    return [
        (operator.decode(), [round(float(each), 2) for each in operands])
        for stream in streams
        for operands, operator in stream.operations
        if operator in (b"m", b"l", b"c", b"h")
    ]


def test_it_draws_what_weasyprint_draws_itself() -> None:
    made = random.Random(20260801)
    path = "".join(
        f"M {made.uniform(0, 200):.2f} {made.uniform(0, 200):.2f} l "
        + " ".join(f"{made.uniform(-9, 9):.2f} {made.uniform(-9, 9):.2f}" for _ in range(9))
        + " z"
        for _ in range(8)
    )
    path += f"M3 4{_SYMBOL}M100.5 7{_SYMBOL}"

    theirs = _moves_on_page(path)
    draw_long_paths_quickly()
    ours = _moves_on_page(path)

    # WeasyPrint begins every path with a move to 0, 0.
    theirs = [moved for moved in theirs if moved != ("m", [0.0, 0.0])]
    assert [letter for letter, _ in ours] == [letter for letter, _ in theirs]
    for (_, found), (_, expected) in zip(ours, theirs, strict=True):
        assert found == pytest.approx(expected, abs=0.011)


def test_a_ring_begins_again_where_it_was_closed() -> None:
    assert list(operators("M 1 1 l 2 0 0 2 z m 5 5 l 1 0")) == [
        b"1.00 1.00 m",
        b"3.00 1.00 l",
        b"3.00 3.00 l",
        b"h",
        b"6.00 6.00 m",
        b"7.00 6.00 l",
    ]
