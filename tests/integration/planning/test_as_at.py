"""What was published on a day that has been answers for that day."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import shapely
from django.db import connection

from layers.models import Act, Edition, Layer
from layers.publish import discard_edition, roll_back, withdraw_layer, write_source_check
from planning.answer import LayerAnswer, Reason, Verdict
from planning.query import check_site
from planning.site import Site
from tests.factories import MadeFeature, make_layer, publish_features

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "read"]),
    pytest.mark.usefixtures("patient"),
]

# EPSG:27700, metres.
ZONE = shapely.box(405000, 285000, 405100, 285100)
ELSEWHERE = shapely.box(407000, 285000, 407100, 285100)
CITY = {"extent_27700": [400000, 280000, 410000, 290000]}


def _publish_zone(layer: Layer, day: str) -> None:
    _publish(layer, ZONE, day)


def _look(layer: Layer, day: str) -> None:
    write_source_check(layer.pk, _noon(day))


def _let_it_be(layer: Layer, day: str) -> None:
    pass


_YEAR: dict[str, Callable[[Layer, str], None]] = {
    "2026-01-10": _publish_zone,
    "2026-02-05": _look,
    "2026-03-01": _let_it_be,
    "2026-04-01": _let_it_be,
    "2026-04-10": _look,
    "2026-04-11": _publish_zone,
    "2026-05-20": _let_it_be,
    "2026-06-01": _look,
}


@pytest.fixture
def zones() -> Layer:
    return make_layer("zones", "Polygon", is_constraint=True, coverage=CITY)


def _publish(layer: Layer, shape: shapely.Polygon, day: str) -> Edition:
    edition = publish_features(layer, [MadeFeature("z", shape, {"name": "Z"})])
    Edition.objects.filter(pk=edition.pk).update(published_at=_noon(day))
    _backdate(day)
    return edition


def _backdate(day: str) -> None:
    """Move the last act to a day: the trail itself refuses to be changed."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE layers_act DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE layers_act SET at = %s WHERE id = (SELECT max(id) FROM layers_act)",
            [_noon(day)],
        )
        cursor.execute("ALTER TABLE layers_act ENABLE TRIGGER USER")


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)


def _ask(day: str | None, shape: shapely.Polygon = ZONE) -> LayerAnswer:
    site = Site(shape, "", "drawn")
    as_at = date.fromisoformat(day) if day else None
    [answer] = check_site(site, as_at=as_at).answers
    return answer


def test_each_day_is_answered_by_the_edition_of_its_end(zones: Layer) -> None:
    first = _publish(zones, ZONE, "2026-03-01")
    second = _publish(zones, ELSEWHERE, "2026-04-01")

    answers = {day: _ask(day) for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01")}

    assert [(each.verdict, each.edition_id) for each in answers.values()] == [
        (Verdict.NOT_KNOWN, None),
        (Verdict.APPLIES, first.pk),
        (Verdict.APPLIES, first.pk),
        (Verdict.DOES_NOT_APPLY, second.pk),
    ]
    assert answers["2026-02-28"].reason == Reason.NOT_PUBLISHED
    assert _ask(None).edition_id == second.pk


def test_an_edition_that_is_no_longer_kept_is_not_known(zones: Layer) -> None:
    first = _publish(zones, ELSEWHERE, "2026-03-01")
    _publish(zones, ELSEWHERE, "2026-04-01")
    discard_edition(first.pk)

    answer = _ask("2026-03-15")

    assert (answer.verdict, answer.reason) == (Verdict.NOT_KNOWN, Reason.EDITION_NOT_KEPT)


def test_days_without_any_edition_are_not_known(zones: Layer) -> None:
    _publish(zones, ELSEWHERE, "2026-03-01")
    withdraw_layer(zones)
    _backdate("2026-04-01")

    assert _ask("2026-04-02").reason == Reason.WITHDRAWN
    # What was taken back is shown to nobody, for days before that either.
    assert _ask("2026-03-15").reason == Reason.WITHDRAWN


def test_going_back_to_an_edition_is_told_from_its_day_on(zones: Layer) -> None:
    first = _publish(zones, ZONE, "2026-03-01")
    _publish(zones, ELSEWHERE, "2026-04-01")
    roll_back(zones)
    _backdate("2026-05-01")

    assert _ask("2026-05-02").edition_id == first.pk
    assert _ask("2026-04-15").reason == Reason.WITHDRAWN
    assert Act.objects.count() == 3


def test_too_old_is_judged_as_at_that_day(zones: Layer) -> None:
    Layer.objects.filter(pk=zones.pk).update(constraint={"max_age_days": 30})
    _publish(zones, ZONE, "2026-03-01")
    _publish(zones, ZONE, "2026-09-01")

    assert _ask("2026-03-20").verdict == Verdict.APPLIES
    assert _ask("2026-04-20").reason == Reason.TOO_OLD


def test_an_edition_is_as_old_as_the_last_look_at_its_source_by_then(zones: Layer) -> None:
    Layer.objects.filter(pk=zones.pk).update(constraint={"max_age_days": 30})
    first = _publish(zones, ZONE, "2026-03-01")
    write_source_check(zones.pk, _noon("2026-03-25"))
    write_source_check(zones.pk, _noon("2026-08-01"))
    second = _publish(zones, ZONE, "2026-09-01")
    write_source_check(zones.pk, _noon("2026-11-01"))

    answers = {
        day: _ask(day)
        for day in (
            "2026-03-24",
            "2026-04-20",
            "2026-06-01",
            "2026-08-20",
            "2026-09-20",
            "2026-10-20",
        )
    }

    assert [(each.edition_id, each.reason, str(each.current_on)) for each in answers.values()] == [
        (first.pk, None, "2026-03-01"),
        (first.pk, None, "2026-03-25"),
        (first.pk, Reason.TOO_OLD, "2026-03-25"),
        (first.pk, None, "2026-08-01"),
        (second.pk, None, "2026-09-01"),
        (second.pk, Reason.TOO_OLD, "2026-09-01"),
    ]


def test_a_day_is_answered_later_as_its_receipt_was(
    zones: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checks that were made at the end of some days, and the same days asked for afterwards."""
    Layer.objects.filter(pk=zones.pk).update(constraint={"max_age_days": 30})
    then = {}
    with monkeypatch.context() as clock:
        for day, happens in _YEAR.items():
            happens(zones, day)
            clock.setattr("planning.query.check.timezone.now", lambda day=day: _noon(day))
            then[day] = _ask(None)

    assert {answer.reason for answer in then.values()} == {None, Reason.TOO_OLD}
    assert {day: _ask(day) for day in then} == then


def test_coverage_is_that_of_the_day(zones: Layer) -> None:
    """The council's boundary moved; what was covered before still is, for days before."""
    zones.coverage = {"area": "council"}
    zones.save()
    wards = make_layer("wards", "Polygon", role="ward")
    publish_features(wards, [MadeFeature("w", shapely.box(405000, 285000, 406000, 286000))])
    _publish(zones, ELSEWHERE, "2026-03-01")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE planning_coverage SET since = '2026-03-01T12:00Z'")

    publish_features(wards, [MadeFeature("w", shapely.box(406000, 285000, 408000, 286000))])

    assert _ask("2026-03-15").verdict == Verdict.DOES_NOT_APPLY
    assert _ask(None).reason == Reason.NOT_COVERED
