"""Layers that are withdrawn, dropped, locked or broken while a check is made of them.

Whatever happens to one of them, it answers rightly or says that it is not known, and why; and the
others answer. The whole two hundred runs are among the drills.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from random import Random
from typing import Any

import psycopg
import pytest
import shapely
from django.db import OperationalError, connections
from django.utils import timezone

from layers.models import Layer
from layers.publish import discard_edition, roll_back, withdraw_layer
from planning.answer import Check, Reason, Verdict
from planning.query import check, check_site, measure
from planning.query.asked import Asked
from planning.site import Site
from tests.factories import MadeFeature, drop_everything, make_layer, publish_features
from tests.factories.other_connections import connect_as_owner

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

SEED = int(os.environ.get("DRILL_SEED", "20261130"))
SHORT, ALL = 8, 200
# EPSG:27700, metres.
ZONE = shapely.box(405000, 285000, 405100, 285100)
ELSEWHERE = shapely.box(407000, 285000, 407100, 285100)
CITY = {"extent_27700": [400000, 280000, 410000, 290000]}
SITE = Site(shapely.box(405050, 285050, 405150, 285150), "", "drawn")
TRUTH = {
    "zone-1": Verdict.APPLIES,
    "zone-2": Verdict.APPLIES,
    "zone-3": Verdict.APPLIES,
    "far-1": Verdict.DOES_NOT_APPLY,
    "far-2": Verdict.DOES_NOT_APPLY,
}
VICTIMS = [slug for slug, verdict in TRUTH.items() if verdict == Verdict.APPLIES]


class Town:
    """Five layers, three of which apply to the site, and what can happen to one of them."""

    def __init__(self, owner: "psycopg.Connection[Any]") -> None:
        self._owner = owner
        self.layers = {slug: self.publish(slug) for slug in TRUTH}

    def publish(self, slug: str) -> Layer:
        layer = make_layer(slug, "Polygon", is_constraint=True, coverage=CITY)
        publish_features(layer, [self._feature(slug)])
        return layer

    @staticmethod
    def _feature(slug: str) -> MadeFeature:
        return MadeFeature("z", ZONE if slug in VICTIMS else ELSEWHERE, {"name": slug})

    def withdraw(self, slug: str) -> None:
        withdraw_layer(self.layers[slug])

    def publish_again(self, slug: str) -> None:
        publish_features(self.layers[slug], [self._feature(slug)])

    def drop(self, slug: str) -> None:
        """Publish another edition and drop the one that is being asked."""
        before = self._edition(slug)
        self.publish_again(slug)
        discard_edition(before)

    def go_back(self, slug: str) -> None:
        self.publish_again(slug)
        roll_back(self.layers[slug])

    def detach(self, slug: str) -> None:
        """Take the published edition's table away, as an operator should not."""
        table = f"layers_feature_e{self._edition(slug)}"
        self._owner.execute(f"ALTER TABLE layers_feature DETACH PARTITION {table}")

    def break_piece(self, slug: str) -> None:
        """Write a geometry that no comparison can read."""
        surface = "POLYHEDRALSURFACE(((405000 285000,405100 285000,405100 285100,405000 285000)))"
        self._owner.execute(
            "UPDATE planning_piece SET geom_27700 = ST_GeomFromText(%s, 27700)"
            " WHERE edition_id = %s",
            [surface, self._edition(slug)],
        )

    def mend(self, slug: str) -> None:
        """Publish the layer anew, whatever has become of it, and drop what was there before."""
        self.publish_again(slug)
        kept = self._edition(slug)
        for edition_id in self.layers[slug].editions.values_list("pk", flat=True):
            if edition_id != kept:
                discard_edition(edition_id)

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        with connect_as_owner() as other, other.transaction():
            other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            yield

    @contextmanager
    def locked_layer(self, slug: str) -> Iterator[None]:
        with self.locked(f"layers_feature_e{self._edition(slug)}"):
            yield

    @contextmanager
    def slowed(self, slug: str) -> Iterator[None]:
        """Have each of a layer's pieces take seconds to read."""
        self._owner.execute(
            "ALTER TABLE planning_piece ENABLE ROW LEVEL SECURITY;"
            " CREATE POLICY slow ON planning_piece USING (CASE"
            f" WHEN edition_id = {self._edition(slug)} THEN pg_sleep(5)::text = '' ELSE true END)"
        )
        yield
        self._owner.execute(
            "DROP POLICY slow ON planning_piece;"
            " ALTER TABLE planning_piece DISABLE ROW LEVEL SECURITY"
        )

    def _edition(self, slug: str) -> int:
        self.layers[slug].refresh_from_db()
        edition_id = self.layers[slug].published_edition_id
        assert edition_id is not None
        return edition_id


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr(measure, "ONE_TIMEOUT_MS", 500)
    with connections["read"].cursor() as cursor:
        cursor.execute("SET statement_timeout = 700")
    with connect_as_owner() as owner:
        yield Town(owner)
    connections["read"].close()
    drop_everything()


def test_a_layer_that_is_slow_is_out_of_time_and_the_others_answer(town: Town) -> None:
    with town.slowed("zone-2"):
        answers = {each.slug: each for each in check_site(SITE).answers}

    assert answers.pop("zone-2").reason == Reason.TIMED_OUT
    assert {slug: each.verdict for slug, each in answers.items()} == {
        slug: verdict for slug, verdict in TRUTH.items() if slug != "zone-2"
    }


def test_nobody_waits_for_a_layer_whose_table_is_locked(town: Town) -> None:
    with town.locked_layer("zone-2"):
        answers = check_site(SITE).answers

    assert {each.slug: each.verdict for each in answers} == TRUTH


def test_a_layer_that_came_since_the_last_check_is_asked(town: Town) -> None:
    before = {each.slug for each in check_site(SITE).answers}

    town.layers["zone-4"] = town.publish("zone-4")

    assert {each.slug for each in check_site(SITE).answers} == {*before, "zone-4"}


def test_a_layer_that_changes_after_the_first_look_is_judged_by_what_it_says_now(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_site(SITE)
    layer = town.layers["far-1"]

    def restrict() -> None:
        type(layer).objects.filter(pk=layer.pk).update(is_public=False, changed_at=timezone.now())

    _just_before_the_question(monkeypatch, restrict)

    assert "far-1" not in {each.slug for each in check_site(SITE).answers}


def test_a_layer_that_cannot_be_compared_has_failed_and_the_others_answer(town: Town) -> None:
    town.break_piece("zone-1")

    answers = {each.slug: each for each in check_site(SITE).answers}

    assert answers.pop("zone-1").reason == Reason.FAILED
    assert Verdict.NOT_KNOWN not in {each.verdict for each in answers.values()}


def test_a_layer_whose_table_is_gone_is_not_known(town: Town) -> None:
    town.detach("zone-3")

    answers = {each.slug: each for each in check_site(SITE).answers}

    assert (answers["zone-3"].verdict, answers["zone-3"].reason) == (
        Verdict.NOT_KNOWN,
        Reason.FAILED,
    )


def test_a_layer_withdrawn_after_the_first_look_is_withdrawn(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _just_before_the_question(monkeypatch, lambda: town.withdraw("zone-1"))

    answers = {each.slug: each for each in check_site(SITE).answers}

    assert answers["zone-1"].reason == Reason.WITHDRAWN


def test_some_seeded_faults_never_become_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    _run(monkeypatch, SHORT)


@pytest.mark.drill
def test_two_hundred_seeded_faults_never_become_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    _run(monkeypatch, ALL)


def _run(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    # An answer that comes too late is none, on a busy machine too.
    monkeypatch.setattr(measure, "ONE_TIMEOUT_MS", 100)
    random = Random(SEED)
    not_known = 0
    with connect_as_owner() as owner:
        town = Town(owner)
        for number in range(count):
            with connections["read"].cursor() as cursor:
                cursor.execute("SET statement_timeout = 400")
            victim = random.choice(VICTIMS)
            try:
                not_known += _one(town, victim, random, monkeypatch, number)
            finally:
                monkeypatch.setattr(check, "measure", measure.measure)
                connections["read"].close()
            town.mend(victim)
        drop_everything()
    assert not_known > count / 10, "hardly any fault was noticed: is anything broken at all?"


def _one(
    town: Town, victim: str, random: Random, monkeypatch: pytest.MonkeyPatch, number: int
) -> int:
    """Make one fault during one check; return how many layers were not known."""
    name = random.choice(FAULTS)
    delay_s = random.choice([0.0, 0.0, random.uniform(0, 0.03)])
    where = f"seed {SEED}, run {number}: {name} of {victim} after {delay_s * 1000:.0f} ms"
    with ExitStack() as held:
        act = _fault(town, name, victim, held)
        try:
            found = _check_during(act, delay_s, monkeypatch)
        except OperationalError:
            # The connection itself was lost: the caller is told that, and has no answer.
            assert name == "cut", where
            return 1
    for each in found.answers:
        if each.verdict == Verdict.NOT_KNOWN:
            assert each.reason is not None, where
        else:
            assert each.verdict == TRUTH[each.slug], f"{where}: {each}"
    return sum(each.verdict == Verdict.NOT_KNOWN for each in found.answers)


FAULTS = (
    "withdraw", "publish", "drop", "go back", "detach", "break", "slow", "lock", "lock all", "cut",
)  # fmt: skip


def _fault(town: Town, name: str, victim: str, held: ExitStack) -> Callable[[], None]:
    """Return what makes a fault. A lock is let go of when ``held`` ends."""
    if name == "lock":
        return lambda: held.enter_context(town.locked_layer(victim))
    if name == "slow":
        return lambda: held.enter_context(town.slowed(victim))
    if name == "lock all":
        return lambda: held.enter_context(town.locked("planning_piece"))
    if name == "cut":
        pid = connections["read"].connection.info.backend_pid
        return lambda: _cut(pid)
    does = {
        "withdraw": town.withdraw,
        "publish": town.publish_again,
        "drop": town.drop,
        "go back": town.go_back,
        "detach": town.detach,
        "break": town.break_piece,
    }[name]
    return lambda: does(victim)


def _check_during(
    act: Callable[[], None], delay_s: float, monkeypatch: pytest.MonkeyPatch
) -> Check:
    """Check the site while something happens: right before the question, or beside it."""
    if delay_s == 0:
        _just_before_the_question(monkeypatch, act)
        return check_site(SITE)
    timer = threading.Timer(delay_s, lambda: _apart(act))
    timer.start()
    try:
        return check_site(SITE)
    finally:
        timer.join()


def _apart(act: Callable[[], None]) -> None:
    try:
        act()
    finally:
        connections.close_all()


def _just_before_the_question(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Have something happen once, between the look at the layers and the question to them."""
    pending = [act]

    def interrupted(
        site: Site, asked: Sequence[Asked], moment: datetime | None, digest: str | None
    ) -> list[measure.Result]:
        while pending:
            pending.pop()()
        return measure.measure(site, asked, moment, digest)

    monkeypatch.setattr(check, "measure", interrupted)


def _cut(pid: int) -> None:
    with connect_as_owner() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
