"""The constraint check: every layer's answer about one site."""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from planning.answer import Check, LayerAnswer, Reason
from planning.query.asked import Asked, asked_layers, end_of_day
from planning.query.judge import judge
from planning.query.measure import Measured, Result, measure
from planning.site import Site


def check_site(
    site: Site, *, slugs: Collection[str] | None = None, as_at: date | None = None
) -> Check:
    """Return what every constraint layer says of a site.

    Parameters
    ----------
    slugs
        The layers to ask; without it, all public ones that limit what may be built.
    as_at
        Answer from the editions that were published at the end of this day. What the catalogue
        says today of accuracy, ages and margins applies to them too.
    """
    asked_at = timezone.now()
    moment = end_of_day(as_at) if as_at is not None else None
    answers = _answers(site, slugs, moment, min(moment or asked_at, asked_at))
    return Check(site, asked_at, as_at, settings.VERSION, tuple(answers))


def _answers(
    site: Site, slugs: Collection[str] | None, moment: datetime | None, judged_at: datetime
) -> list[LayerAnswer]:
    asked, results = _ask(site, slugs, moment)
    if any(_has_moved(each, results.get(each.layer.id), moment) for each in asked):
        # A layer was published or withdrawn between the look and the question: look again.
        asked, results = _ask(site, slugs, moment)
    return [
        judge(each, _unless_moved(each, results.get(each.layer.id), moment), site, judged_at)
        for each in asked
    ]


def _ask(
    site: Site, slugs: Collection[str] | None, moment: datetime | None
) -> tuple[list[Asked], dict[int, Result]]:
    asked = asked_layers(slugs, moment)
    readable = [each for each in asked if each.reason is None]
    results = measure(site, readable, moment)
    return asked, dict(zip((each.layer.id for each in readable), results, strict=True))


def _has_moved(asked: Asked, result: Result | None, moment: datetime | None) -> bool:
    """Return whether another edition is published than the one that answered, or none."""
    if moment is not None or not isinstance(result, Measured) or asked.edition is None:
        return False
    return not result.is_kept or result.published_edition_id != asked.edition.id


def _unless_moved(asked: Asked, result: Result | None, moment: datetime | None) -> Result | None:
    if not _has_moved(asked, result, moment):
        return result
    is_gone = isinstance(result, Measured) and result.published_edition_id is None
    return Reason.WITHDRAWN if is_gone else Reason.FAILED
