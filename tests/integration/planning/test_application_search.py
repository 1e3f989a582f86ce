"""Every way of narrowing a search, against the same asked of each application in Python."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import shapely

from layers.crs import point_4326
from layers.query.area import find_area
from layers.query.registry import standing_layers
from layers.query.selection import Circle
from planning.applications.register import Register, find_registers
from planning.applications.results import (
    count_applications,
    count_by_columns,
    find_applications,
    page_of,
)
from planning.applications.search import NOT_SAID, ApplicationSearch, Days
from planning.applications.words import fold_reference, fold_words
from tests.factories import drop_everything
from tests.factories.many_applications import publish_register, publish_wards

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

COUNT = 400
Rule = Callable[[dict[str, Any]], bool]


@pytest.fixture
def register() -> Iterator[Register]:
    publish_register(COUNT)
    publish_wards()
    yield find_registers()[0]
    drop_everything()


def _everything(register: Register) -> list[dict[str, Any]]:
    page = page_of(register, "newest", size=COUNT, after=0, near=None)
    found = find_applications(register, ApplicationSearch(), page).features
    return [{**each.properties, "at": (each.longitude, each.latitude)} for each in found]


def _references(register: Register, search: ApplicationSearch) -> set[str]:
    page = page_of(register, "reference", size=COUNT, after=0, near=None)
    found = find_applications(register, search, page).features
    return {each.properties["reference"] for each in found}


def _has_words(typed: str) -> Rule:
    def rule(each: dict[str, Any]) -> bool:
        text = f"{each['description']} {each['address']} {each['reference']}"
        words = fold_words(text)
        return all(any(word.startswith(part) for word in words) for part in fold_words(typed))

    return rule


def _in_days(name: str, days: Days) -> Rule:
    def rule(each: dict[str, Any]) -> bool:
        if not each[name]:
            return False
        day = date.fromisoformat(each[name])
        return (days.first or day) <= day <= (days.last or day)

    return rule


_YEAR = Days(date(2024, 2, 29), date(2025, 3, 1))
_SHAPE = ((-1.95, 52.42), (-1.85, 52.42), (-1.80, 52.55))
CASES: dict[str, tuple[ApplicationSearch, Rule]] = {
    "words in any order": (
        ApplicationSearch(words="ROAD  extension"),
        _has_words("road extension"),
    ),
    "accents and apostrophes": (
        ApplicationSearch(words="cafe st pauls"),
        _has_words("café st pauls"),
    ),
    "the beginning of a word": (ApplicationSearch(words="dem"), _has_words("dem")),
    "a part of a reference": (
        ApplicationSearch(reference="25/ 000"),
        lambda each: "25000" in fold_reference(each["reference"]),
    ),
    "a status and a type": (
        ApplicationSearch(values={"status": "live", "type": "Full"}),
        lambda each: each["status"] == "live" and each["type"] == "Full",
    ),
    "no decision": (
        ApplicationSearch(values={"decision": NOT_SAID}),
        lambda each: each["decision"] is None,
    ),
    "received": (ApplicationSearch(received=_YEAR), _in_days("received_on", _YEAR)),
    "decided": (
        ApplicationSearch(decided=Days(None, date(2020, 1, 1))),
        _in_days("decided_on", Days(None, date(2020, 1, 1))),
    ),
    "a drawn area": (
        ApplicationSearch(shape=_SHAPE),
        lambda each: shapely.Polygon(_SHAPE).covers(shapely.Point(each["at"])),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_finds_what_fulfils_it_and_nothing_else(register: Register, name: str) -> None:
    search, rule = CASES[name]
    wanted = {each["reference"] for each in _everything(register) if rule(each)}

    assert 0 < len(wanted) < COUNT
    assert _references(register, search) == wanted
    assert count_applications(register, search) == len(wanted)


def test_what_is_typed_and_holds_no_word_finds_nothing(register: Register) -> None:
    assert count_applications(register, ApplicationSearch(words="...")) == 0
    assert count_applications(register, ApplicationSearch(reference="//")) == 0


def test_a_circle_and_a_ward_are_places(register: Register) -> None:
    near = ApplicationSearch(circle=Circle(406_000, 288_000, 3_000))
    in_ward = ApplicationSearch(ward=find_area("wards", "W42"))
    longitude, latitude = point_4326(406_000, 288_000)
    page = page_of(register, "nearest", size=COUNT, after=0, near=near.circle)

    found = find_applications(register, near, page).features

    distances = [each.distance_m for each in found]
    assert distances == sorted(distances)
    assert max(distances) <= 3_000
    assert abs(found[0].longitude - longitude) < 0.05
    assert abs(found[0].latitude - latitude) < 0.05
    assert 0 < count_applications(register, in_ward) < COUNT


def test_pages_follow_each_other_without_gap_or_repeat(register: Register) -> None:
    search, seen, after = ApplicationSearch(words="birmingham"), [], 0
    while after is not None:
        page = page_of(register, "newest", size=37, after=after, near=None)
        found = find_applications(register, search, page)
        seen += [each.properties for each in found.features]
        after = found.next_after

    assert len({each["reference"] for each in seen}) == len(seen) == COUNT
    days = [each["received_on"] for each in seen]
    assert days == sorted(days, reverse=True)


def test_counts_add_up_to_the_list(register: Register) -> None:
    wards = standing_layers().for_role("ward")
    search = ApplicationSearch(values={"status": "decided"})

    counts = count_by_columns(register, search, wards)

    assert counts.total == count_applications(register, search)
    assert {sum(column.values()) for column in counts.by.values()} == {counts.total}
    for fid in ("W00", "W42", "W96"):
        one = ApplicationSearch(values=search.values, ward=find_area("wards", fid))
        assert counts.by["ward"].get(fid, 0) == count_applications(register, one)
