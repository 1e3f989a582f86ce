import re

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings

from maps.folium_page.council_map import CouncilFigure, CouncilMap, FeaturesByUrl

BIRMINGHAM_4326 = (-2.03, 52.38, -1.73, 52.61)
PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
BARE_PAGE = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "OPTIONS": {
        "loaders": [
            (
                "django.template.loaders.locmem.Loader",
                {"page.html": "{{ figure_header }}{{ figure_html }}{{ figure_script }}"},
            )
        ]
    },
}


@pytest.fixture
def page() -> str:
    """What folium writes for a layer whose title tries to be a script."""
    title = "</script><script>alert(1)</script>"
    figure = CouncilFigure("page.html", {}, RequestFactory().get("/"))
    web_map = CouncilMap(BIRMINGHAM_4326)
    web_map.add_child(FeaturesByUrl({"label": title, "box": list(BIRMINGHAM_4326)}))
    figure.add_child(web_map)
    with override_settings(
        STORAGES={**settings.STORAGES, **PLAIN_STATIC_FILES}, TEMPLATES=[BARE_PAGE]
    ):
        return figure.render()


def test_it_names_no_other_host(page: str) -> None:
    assert re.findall(r"(?:https?:)?//[\w.]+", page) == []


def test_it_writes_no_style_and_no_script_into_the_page(page: str) -> None:
    assert "<style" not in page
    assert "style=" not in page
    assert re.findall(r"<script(?! src=)", page) == []


def test_it_leaves_zooming_to_the_reader(page: str) -> None:
    assert "user-scalable" not in page
    assert "maximum-scale" not in page


def test_a_title_cannot_end_the_script(page: str) -> None:
    assert "alert(1)" in page
    assert "</script><script>alert" not in page
