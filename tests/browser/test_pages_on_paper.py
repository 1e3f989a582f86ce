"""Pages as a browser prints them."""

import io
from collections import Counter
from collections.abc import Callable

import pypdf
import pytest

from tests.browser.visit import Visit

_MAP = "/map?layer=planning-applications&layer=conservation-areas&layer=wards#13/52.4793/-1.8985"
_HEADINGS = "h1, h2, h3, h4, [data-summary]"


@pytest.mark.parametrize("path", [_MAP, "/my-area/B11BB?words=easy"])
def test_no_heading_stands_alone_at_the_foot(visit: Callable[..., Visit], path: str) -> None:
    page = visit().open(path)
    page.wait_for_load_state("networkidle")
    headings = {_letters(text) for text in page.locator(_HEADINGS).all_inner_texts()} - {""}

    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))

    *sheets, _ = [_letters(sheet.extract_text()) for sheet in printed.pages]
    assert len(sheets) > 1
    assert [text for text in headings if any(sheet.endswith(text) for sheet in sheets)] == []


def test_the_total_of_a_table_is_under_its_last_row_alone(visit: Callable[..., Visit]) -> None:
    page = visit().open("/planning/applications/counts")
    totals = [_letters(text) for text in page.locator("tfoot").all_text_contents()]

    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))

    text = "".join(_letters(sheet.extract_text()) for sheet in printed.pages)
    assert len(printed.pages) > 1
    assert {total: text.count(total) for total in totals} == Counter(totals)


def _letters(text: str) -> str:
    """Return a text without the spaces that a PDF has elsewhere."""
    return "".join(text.split())
