"""What must be true of the audit trail and of everything on disk, whoever was killed."""

import os
import time
from collections import Counter
from pathlib import Path

from django.db import connection

from importers.models import Decision, ImportRun
from layers.models import Act, Edition, Layer
from layers.publish import is_attached
from tests.factories.database import edition_tables
from tests.faults.watch import Answer


def assert_trail_is_whole() -> None:
    """Fail unless the trail tells each move of the pointer once, and each thing that was asked."""
    acts = list(Act.objects.order_by("pk"))
    moves = [act for act in acts if act.verb in Act.MOVES]
    shown = None
    for act in moves:
        assert act.previous_id == shown, f"a line is missing before “{act}” of {act.edition_id}"
        shown = act.edition_id
    assert Layer.objects.get(slug="trees").published_edition_id == shown
    published = Counter(act.edition_id for act in acts if act.verb == Act.Verb.PUBLISHED)
    assert set(published) == set(
        Edition.objects.exclude(published_at=None).values_list("pk", flat=True)
    )
    assert set(published.values()) == {1}
    _assert_once_each(acts, Act.Verb.ASKED, set(ImportRun.objects.values_list("pk", flat=True)))
    aside = ImportRun.objects.filter(outcome=ImportRun.Outcome.SET_ASIDE)
    _assert_once_each(acts, Act.Verb.SET_ASIDE, set(aside.values_list("pk", flat=True)))
    dropped = Counter(act.edition_id for act in acts if act.verb == Act.Verb.DROPPED)
    gone = {edition for edition in published if edition and not is_attached(edition)}
    # Written before it is done, because it cannot be part of a transaction.
    assert gone <= set(dropped), "an edition was dropped, and not written down"
    assert set(dropped.values()) <= {1}, f"editions were dropped twice: {dropped}"
    rolled_back = Decision.objects.filter(verb=Decision.Verb.ROLL_BACK, state=Decision.State.DONE)
    assert rolled_back.count() == sum(act.verb == Act.Verb.ROLLED_BACK for act in acts)


def assert_dropped_is_gone() -> None:
    """Fail if an edition is kept that the trail says was dropped."""
    dropped = Act.objects.filter(verb=Act.Verb.DROPPED).values_list("edition_id", flat=True)
    assert [edition for edition in dropped if edition and is_attached(edition)] == []


def _assert_once_each(acts: list[Act], verb: Act.Verb, runs: set[int]) -> None:
    written = Counter(act.run_id for act in acts if act.verb == verb)
    assert written == Counter(runs), f"{verb}: {written} lines for the runs {runs}"


def assert_nothing_waits_or_hangs() -> None:
    """Fail unless every run, decision and table has come to an end."""
    assert not ImportRun.objects.filter(outcome__in=("running", "queued")).exists()
    assert not Decision.objects.filter(state=Decision.State.WAITING).exists()
    assert edition_tables() == {
        f"layers_feature_e{pk}"
        for pk in Edition.objects.values_list("pk", flat=True)
        if is_attached(pk)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhdetachpending")
        assert cursor.fetchone()[0] == 0


def assert_readers_saw_whole_editions(
    answers: list[Answer], name_of: dict[int, str], count: int
) -> None:
    """Fail unless each answer is one whole edition, in the order that the trail tells."""
    for answer in answers:
        if answer.edition is None:
            continue
        assert answer.status == 200
        assert answer.count == count, f"{answer} is not complete"
        assert answer.names == {name_of[answer.edition]}, f"{answer} mixes editions"
    moves = Act.objects.filter(verb__in=Act.MOVES).order_by("pk")
    told = iter(moves.values_list("edition_id", flat=True))
    seen = None
    for answer in answers:
        if answer.edition != seen:
            seen = answer.edition
            assert seen in told, f"edition {seen} was seen out of its turn"


def make_old(folder: Path, days: int) -> None:
    """Let everything in a folder have lain there for ``days``."""
    when = time.time() - days * 86_400
    for path in folder.rglob("*"):
        os.utime(path, (when, when), follow_symlinks=False)
