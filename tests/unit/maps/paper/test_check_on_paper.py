"""How a check is divided into pages."""

import io
from types import SimpleNamespace

import pypdf
from django.template.loader import render_to_string

from maps.paper.child import _make

_ANSWER = (
    '<div class="answer"><h4>Trees</h4><p>Nothing is within 50 m.</p>'
    '<p class="small">Edition 4 of the county.</p></div>'
)


def test_which_edition_answered_stays_with_the_answer() -> None:
    style = render_to_string("maps/check/_paper.css", {"kept": SimpleNamespace(id="1")})
    # Each nearer to the foot of its page than the one before; a line is some 4 mm.
    answers = "".join(
        f'<div style="break-before: page; height: {height_mm}mm"></div>{_ANSWER}'
        for height_mm in range(240, 265, 2)
    )

    pdf = _make(f'<html lang="en"><style>{style}</style><body>{answers}</body></html>', {})

    pages = [page.extract_text().split("\n") for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 13
    assert [lines for lines in pages if lines[0].startswith("Edition")] == []
