"""The pictures in the README, made anew with README_IMAGES=1."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.visit import Visit

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "img"


@pytest.mark.skipif(
    not os.environ.get("README_IMAGES"), reason="README_IMAGES=1 writes docs/img anew"
)
@pytest.mark.parametrize(
    ("name", "path"), [("start", "/"), ("my-area", "/my-area/B11BB"), ("layer", "/layers/parks")]
)
def test_it_writes_a_picture(visit: Callable[..., Visit], name: str, path: str) -> None:
    tab = visit()
    tab.page.set_viewport_size({"width": 1280, "height": 1140})
    page = tab.open(path)
    IMAGES.mkdir(parents=True, exist_ok=True)

    page.screenshot(path=IMAGES / f"{name}.png")

    assert (IMAGES / f"{name}.png").stat().st_size > 10_000
