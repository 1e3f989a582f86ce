"""Answering a check again from the editions that it read, as things stood when it was asked.

What the catalogue says today of a layer (its accuracy, its margin, its title) may be another than
then, so it is taken from the answers themselves; what is computed is computed anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from layers.models import Edition
from planning.answer import Check, LayerAnswer, Reason, Verdict
from planning.constraint import ConstraintSettings
from planning.query.asked import Asked, end_of_day
from planning.query.judge import judge
from planning.query.layers import ConstraintLayer, EditionFacts, constraint_layers
from planning.query.measure import measure
from planning.query.question import Measured

# Nothing of an edition was read for these, or nothing came of it: they stand as they are.
_NOT_READ = (Reason.NOT_PUBLISHED, Reason.WITHDRAWN, Reason.FAILED, Reason.TIMED_OUT)


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a layer a check reads: its features' names, and the rights they remove."""

    title: str
    rights: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A check that was answered again.

    ``gone`` are the slugs whose editions are not kept, or were withdrawn: nobody reads those.
    """

    check: Check
    gone: tuple[str, ...]


def fields_read() -> dict[str, Fields]:
    """Return what each constraint layer's features are read for now, by slug."""
    return {
        layer.slug: Fields(layer.title_field, layer.settings.rights_field)
        for layer in constraint_layers().layers
    }


def answer_again(check: Check, fields: Mapping[str, Fields]) -> Answered:
    """Return the same check, computed anew from the editions that its answers name.

    Parameters
    ----------
    fields
        From `fields_read` when it was asked, by slug.
    """
    moment = end_of_day(check.as_at) if check.as_at else check.asked_at
    judged_at = min(moment, check.asked_at)
    were_read = [each for each in check.answers if _was_read(each) and each.slug in fields]
    withdrawn = _withdrawn(were_read)
    asked = [
        _as_asked(answer, fields[answer.slug])
        for answer in were_read
        if answer.edition_id not in withdrawn
    ]
    results = measure(check.site, asked, moment)
    measured = {
        each.layer.slug: (each, result)
        for each, result in zip(asked, results, strict=True)
        if isinstance(result, Measured) and result.is_kept
    }
    answers = [
        _as_of_then(judge(*measured[then.slug], check.site, judged_at), then)
        if then.slug in measured
        else then
        for then in check.answers
    ]
    gone = tuple(each.slug for each in were_read if each.slug not in measured)
    return Answered(replace(check, answers=tuple(answers)), gone)


def _was_read(answer: LayerAnswer) -> bool:
    return answer.edition_id is not None and answer.reason not in _NOT_READ


def _withdrawn(answers: Sequence[LayerAnswer]) -> set[int]:
    """Return which of the editions that answered were withdrawn since."""
    ids = [answer.edition_id for answer in answers]
    editions = Edition.objects.using("read").filter(pk__in=ids).exclude(withdrawn_at=None)
    return set(editions.values_list("pk", flat=True))


def _as_asked(answer: LayerAnswer, fields: Fields) -> Asked:
    assert answer.edition_id is not None  # `_was_read`
    assert answer.published_at is not None  # an edition that answered was published
    settings = ConstraintSettings(
        category=answer.category,
        accuracy_m=answer.accuracy_m,
        margin_m=answer.margin_m,
        max_age_days=None,
        rights_field=fields.rights,
    )
    layer = ConstraintLayer(
        id=0,
        slug=answer.slug,
        title=answer.title,
        title_field=fields.title,
        settings=settings,
        licence=answer.licence,
        attribution=answer.attribution,
        published=None,
        was_published=True,
        checked_at=None,
        failing_since=None,
    )
    edition = EditionFacts(answer.edition_id, answer.published_at, answer.source, answer.is_sample)
    return Asked(layer, edition)


def _as_of_then(anew: LayerAnswer, then: LayerAnswer) -> LayerAnswer:
    """Return the new answer with what no edition says: how old its data was allowed to be."""
    aged = anew._replace(current_on=then.current_on, max_age_days=then.max_age_days)
    if then.reason == Reason.TOO_OLD:
        return aged._replace(verdict=Verdict.NOT_KNOWN, reason=Reason.TOO_OLD, nearest=None)
    return aged
