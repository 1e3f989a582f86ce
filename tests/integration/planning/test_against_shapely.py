"""Verdicts, areas and distances of seeded sites beside an independent calculation.

The whole five hundred run among the drills; a short part of them with the other tests.
"""

from collections.abc import Iterator

import pytest
from shapely.geometry.base import BaseGeometry

from planning.answer import How, LayerAnswer, Reason, Verdict
from planning.query import check_site
from planning.site import Site
from tests.factories import drop_everything
from tests.factories.constraint_town import TownLayer, publish_town, seeded_sites
from tests.integration.planning.reference import Expected, expect

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

# What a number that is rounded to 0.01 may be off, and no more.
TOLERANCE = 0.0101
SHORT, ALL = 40, 500


@pytest.fixture
def town(patient: None) -> Iterator[dict[str, TownLayer]]:
    yield publish_town()
    drop_everything()


def test_some_sites_are_answered_as_shapely_does(town: dict[str, TownLayer]) -> None:
    _compare(town, SHORT)


@pytest.mark.drill
def test_five_hundred_sites_are_answered_as_shapely_does(town: dict[str, TownLayer]) -> None:
    _compare(town, ALL)


def _compare(town: dict[str, TownLayer], count: int) -> None:
    seen: set[tuple[str, str]] = set()
    for number, (kind, shape) in enumerate(seeded_sites(town, count)):
        site = Site(shape, "A site", "drawn")
        for answer in check_site(site).answers:
            layer = town[answer.slug]
            expected = _expected(shape, layer)
            _agree(f"site {number} ({kind}), {answer.slug}", answer, expected, site)
            seen |= {("verdict", answer.verdict), *(("how", each.how) for each in answer.findings)}
    # A comparison of nothing with nothing would agree too.
    assert len(seen) == len(Verdict) + len(How), seen


def _expected(shape: BaseGeometry, layer: TownLayer) -> Expected:
    return expect(
        shape, layer.shapes, layer.area, accuracy_m=layer.accuracy_m, margin_m=layer.margin_m
    )


def _agree(where: str, answer: LayerAnswer, expected: Expected, site: Site) -> None:
    assert answer.reason not in (Reason.FAILED, Reason.TIMED_OUT), (where, answer.reason)
    assert {each.fid: each.how for each in answer.findings} == {
        key: how for key, (how, _) in expected.findings.items()
    }, where
    for each in answer.findings:
        overlap_m2 = expected.findings[each.fid][1]
        if overlap_m2 is None:
            assert each.overlap_m2 is None, where
            continue
        assert each.overlap_m2 == pytest.approx(overlap_m2, abs=TOLERANCE), (where, each.fid)
        percent = 100 * overlap_m2 / site.area_m2
        assert each.overlap_percent == pytest.approx(
            percent, abs=0.001 + 100 * TOLERANCE / site.area_m2
        )
    _agree_together(where, answer, expected)
    assert (answer.verdict, answer.reason) == _verdict(expected, site), where


def _agree_together(where: str, answer: LayerAnswer, expected: Expected) -> None:
    if expected.overlap_m2 is None:
        assert answer.overlap_m2 is None, where
    else:
        assert answer.overlap_m2 == pytest.approx(expected.overlap_m2, abs=TOLERANCE), where
    is_named = answer.verdict == Verdict.DOES_NOT_APPLY or answer.reason == Reason.TOO_NEAR
    if is_named and expected.nearest is not None:
        assert answer.nearest is not None, where
        assert answer.nearest.distance_m == pytest.approx(expected.nearest[1], abs=TOLERANCE), where
    else:
        assert answer.nearest is None, where


def _verdict(expected: Expected, site: Site) -> tuple[Verdict, Reason | None]:
    if any(how not in ("touches", "sliver") for how, _ in expected.findings.values()):
        return Verdict.APPLIES, None
    if expected.uncovered_m2 is None:
        return Verdict.NOT_KNOWN, Reason.COVERAGE_NOT_STATED
    size = 1.0 if site.is_point else site.area_m2
    spare = min(1.0, size / 100)
    if expected.uncovered_m2 <= spare:
        if expected.is_too_near:
            return Verdict.NOT_KNOWN, Reason.TOO_NEAR
        return Verdict.DOES_NOT_APPLY, None
    is_outside = size - expected.uncovered_m2 <= spare
    return Verdict.NOT_KNOWN, Reason.NOT_COVERED if is_outside else Reason.PARTLY_COVERED
