"""A served site whose answers to filters are known, because they are worked out here as well."""

import random
from collections.abc import Callable
from typing import Any

import cql2
import orjson
import shapely

from tests.conformance.site import Answer, Site
from tests.factories.edition import MadeFeature
from tests.factories.filter_layers import FilterLayers

CRS = "http://www.opengis.net/def/crs/"
CRS84 = f"{CRS}OGC/1.3/CRS84"
GRID = f"{CRS}EPSG/0/27700"
# True, False or, where it is unknown, None.
Truth = bool | None
Predicate = Callable[[dict[str, Any], shapely.Geometry], Truth]


class FilterSite(Site):
    """``made`` has the features of each layer, in EPSG:27700."""

    def __init__(self, port: int, made: FilterLayers) -> None:
        super().__init__(port, made)
        self.made = made

    def found(self, slug: str, expression: str, language: str = "cql2-text", **more: Any) -> set:
        """Return the ids of the features that fulfil a filter, all of them."""
        answer = self.filtered(slug, expression, language, **more)
        assert answer.status == 200, (expression, answer.body[:500])
        page = answer.json
        assert not [link for link in page["links"] if link["rel"] == "next"]
        return {feature["id"] for feature in page["features"]}

    def filtered(
        self, slug: str, expression: str, language: str = "cql2-text", **more: Any
    ) -> Answer:
        """Return the answer to a filter, given as CQL2 text whatever language it is put in."""
        if language == "cql2-json":
            expression = orjson.dumps(cql2.parse_text(expression).to_json()).decode()
        parameters = {"filter": expression, "filter-lang": language, "limit": 1000, **more}
        return self.ask(f"collections/{slug}/items", **parameters)

    def expected(self, slug: str, predicate: Predicate) -> set[str]:
        """Return the keys of the features for which a predicate is true."""
        return {
            feature.key
            for feature in self.made.features[slug]
            if predicate(feature.properties, feature.shape_27700) is True
        }

    def features(self, slug: str) -> list[MadeFeature]:
        return self.made.features[slug]


def known(*names: str) -> Callable[[Callable[..., bool]], Predicate]:
    """Make a predicate of a function of some properties: unknown where one is missing."""

    def decorate(function: Callable[..., bool]) -> Predicate:
        def predicate(properties: dict[str, Any], _: shapely.Geometry) -> Truth:
            values = [properties[name] for name in names]
            return None if None in values else function(*values)

        return predicate

    return decorate


def both_true(one: Truth, other: Truth) -> Truth:
    """Return the AND of two, by the table of truth of OGC 21-065r2, clause 6.2."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def either(one: Truth, other: Truth) -> Truth:
    return negated(both_true(negated(one), negated(other)))


def negated(one: Truth) -> Truth:
    return None if one is None else not one


def check_logical(found: Any, site: FilterSite, slug: str, table: dict[str, Predicate]) -> None:
    """Ask for random combinations of four predicates, as every "logical" test does."""
    choose = random.Random(20260402)
    both, not_ = both_true, negated
    for _ in range(12):
        texts = choose.choices(list(table), k=4)
        p1, p2, p3, p4 = (table[text] for text in texts)

        def combined(*feature: Any, p1=p1, p2=p2, p3=p3, p4=p4) -> Truth:
            a, b, c, d = (predicate(*feature) for predicate in (p1, p2, p3, p4))
            return either(either(both(not_(a), b), both(c, not_(d))), not_(both(a, d)))

        a, b, c, d = texts
        expression = f"((NOT ({a}) AND ({b})) OR (({c}) and NOT ({d})) or not (({a}) AND ({d})))"
        assert found(slug, expression) == site.expected(slug, combined), expression
