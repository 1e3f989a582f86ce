"""A small box is answered by a kept plan, a full one by a plan of its own: the same either way."""

from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from layers.query import bodies, page_statement

pytestmark = pytest.mark.django_db(databases=["default", "read"])


def boxes() -> list[str]:
    random = np.random.default_rng(11)
    found = []
    for _ in range(12):
        west, south = random.uniform(-1.97, -1.85), random.uniform(52.42, 52.48)
        found.append(f"{west:.6f},{south:.6f},{west + 0.03:.6f},{south + 0.02:.6f}")
    return found


@pytest.fixture
def few_are_at_most(monkeypatch):
    """Return a function that says how many features a kept plan reads at most."""

    def say(most: int) -> None:
        monkeypatch.setattr(page_statement, "MOST_READ", most)
        page_statement._rows_of_few.cache_clear()

    yield say
    page_statement._rows_of_few.cache_clear()


@pytest.mark.parametrize("slug", ["schools", "areas", "bring-banks"])
@pytest.mark.parametrize("most", [0, 3, 50])
def test_a_box_with_more_than_few_is_answered_all_the_same(city, read, few_are_at_most, slug, most):
    asked = [{"bbox": box, "limit": 7} for box in boxes()]
    known = [read(f"/collections/{slug}/items", **each) for each in asked]

    few_are_at_most(most)
    answers = [read(f"/collections/{slug}/items", **each) for each in asked]

    assert any(answer["numberReturned"] for answer in known)
    for answer, expected in zip(answers, known, strict=True):
        assert answer["features"] == expected["features"]
        assert [link["href"] for link in answer["links"]] == [
            link["href"] for link in expected["links"]
        ]


def test_a_page_goes_on_in_a_box_of_few(city, read):
    box = "-1.97,52.42,-1.85,52.51"
    whole = read("/collections/schools/items", bbox=box, limit=1000)["features"]

    found = []
    page = read("/collections/schools/items", bbox=box, limit=30)
    while True:
        found += page["features"]
        links = {link["rel"]: link["href"] for link in page["links"]}
        if "next" not in links:
            break
        page = read("/collections/schools/items", **dict(parse_qsl(urlsplit(links["next"]).query)))

    assert found == whole


def test_a_small_box_asks_once_and_an_order_is_planned(city, read, monkeypatch):
    kept = []
    fetch_row = bodies.fetch_row

    def noting(statement, values, *, keeps_plan=False):
        kept.append(keeps_plan)
        return fetch_row(statement, values, keeps_plan=keeps_plan)

    monkeypatch.setattr(bodies, "fetch_row", noting)
    box = "-1.95,52.42,-1.87,52.51"
    read("/collections/schools/items", bbox=box)
    read("/collections/schools/items", bbox=box, sortby="pupils")
    read("/collections/schools/items")

    assert kept == [True, False, False]
