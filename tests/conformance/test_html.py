"""OGC API - Features - Part 1: Core 1.0.1, class "html": every resource as a page."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.conformance.site import Answer, Site

pytestmark = pytest.mark.django_db(databases=["default", "read"])

HTML = "text/html"
PATHS = [
    "",
    "conformance",
    "openapi",
    "problems",
    "collections",
    "collections/areas",
    "collections/licences",
    "collections/areas/items",
    "collections/schools/items?limit=7&bbox=-2,52,-1,53",
    "collections/licences/items",
    "collections/areas/items/west",
    "collections/areas/queryables",
    "collections/areas/schema",
    "collections/areas/tiles",
    "collections/areas/tiles/WebMercatorQuad",
    "tileMatrixSets/WebMercatorQuad",
    "dcat",
    "status",
    "collections/licences/items/1",
    "nearest?lon=-1.9&lat=52.45",
    "at?lon=-1.9&lat=52.45",
]
# `self`, `alternate` and `next` are other addresses in another form.
COMMON_LINKS = {"collection", "conformance", "data", "items", "license", "service-desc"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "path", "wbr"}


class Page(HTMLParser):
    """The elements of a page. Fails at one that is closed without being open."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(answer.body.decode())
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.text += data

    def hrefs(self, tag: str) -> set[str | None]:
        return {attributes.get("href") for name, attributes in self.elements if name == tag}

    def link(self, rel: str) -> str | None:
        """Return where the page's link of that relation leads, if it has one."""
        found = [a["href"] for name, a in self.elements if name == "a" and a.get("rel") == rel]
        return found[0] if found else None

    @property
    def ids(self) -> list[str | None]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def with_f(path: str, form: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}f={form}"


def page_of(site: Site, path: str) -> Page:
    return Page(site.read(with_f(path, "html")))


def values_of(document: Any) -> set[str]:
    """Return every property value that is plain."""
    if isinstance(document, dict):
        return set().union(*map(values_of, document.values()))
    if isinstance(document, list):
        return set().union(*map(values_of, document))
    return set() if document is None or isinstance(document, bool) else {str(document)}


@pytest.mark.parametrize("path", PATHS)
def test_conf_html_definition(site, path):
    """/conf/html/definition: every good answer can be had as text/html, by f and by Accept."""
    for answer in (site.read(with_f(path, "html")), site.ask(path, accept=HTML)):
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "Accept" in answer.headers["vary"]
    assert "json" in site.ask(path).headers["content-type"]
    assert "Accept" in site.ask(path).headers["vary"]


@pytest.mark.parametrize("path", PATHS)
def test_conf_html_content(site, path):
    """/conf/html/content: a page is well formed, and has the links of the data."""
    page, data = page_of(site, path), site.read(path).json

    assert len(page.ids) == len(set(page.ids))
    links = {link["href"] for link in data.get("links", []) if link["rel"] in COMMON_LINKS}
    assert links <= page.hrefs("a")
    assert links <= page.hrefs("link")


@pytest.mark.parametrize("path", ["collections/areas/items", "collections/schools/items/s3"])
def test_conf_html_content_properties(site, path):
    """/conf/html/content: every property of a feature is in its page."""
    page, data = page_of(site, path), site.read(path).json

    for feature in data.get("features", [data]):
        assert all(value in page.text for value in values_of(feature["properties"]))


def test_conf_html_content_collection(site):
    """/conf/html/content: so is what describes a collection."""
    page, data = page_of(site, "collections/schools"), site.read("collections/schools").json

    for member in ("id", "title", "description", "geometryType", "licence", "attribution"):
        assert data[member] in page.text
    for field in data["fields"]:
        assert field["name"] in page.text
    assert str(data["edition"]) in page.text


@pytest.mark.parametrize("path", PATHS)
def test_conf_html_alternates(site, path):
    """/req/core/fc-links and its like: each form of an answer links to the other."""
    page, data = site.read(with_f(path, "html")), site.read(path)

    for answer, other in ((page, data), (data, page)):
        [address] = re.findall(r'<([^>]*)>; rel="alternate"', answer.headers["link"])
        found = site.read(f"http://{site.host}{address}")
        assert found.media_type == other.media_type
    pages = [
        link["href"]
        for link in data.json.get("links", [])
        if link["rel"] == "alternate" and link["type"] == HTML
    ]
    assert all(site.read(href).media_type == HTML for href in pages)


def test_a_page_leads_to_the_next_and_back_to_the_first(site):
    start = "/api/collections/schools/items?limit=150&f=html"
    pages = [Page(site.read(f"http://{site.host}{start}"))]

    while following := pages[-1].link("next"):
        pages.append(Page(site.read(following)))

    assert [page.link("first") for page in pages] == [None, start, start]
    rows = [sum(a.get("scope") == "row" for _, a in page.elements) for page in pages]
    assert rows == [150, 150, 100]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("collections/none", 404),
        ("collections/areas/items/none", 404),
        ("nothing/at/all", 404),
        ("collections/areas/items?limit=x", 400),
        ("collections/areas/items?unheard_of=1", 400),
    ],
)
def test_an_error_is_a_page_with_the_same_words(site, path, status):
    page, problem = site.ask(path, accept=HTML), site.ask(path)

    assert (page.status, problem.status) == (status, status)
    assert page.media_type == HTML
    assert problem.media_type == "application/problem+json"
    assert problem.json["detail"] in Page(page).text
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_what_is_neither_data_nor_a_page_is_not_acceptable(site):
    answer = site.ask("collections", accept="image/png")

    assert answer.status == 406
    assert "text/html" in answer.json["detail"]
