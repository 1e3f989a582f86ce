"""The constraint check: every layer's answer about one site."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from planning.answer import Check, LayerAnswer, Reason
from planning.query.asked import Asked, asked_layers, end_of_day
from planning.query.judge import judge
from planning.query.layers import Known, constraint_layers, remembered_layers
from planning.query.measure import Result, measure
from planning.query.question import Measured
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
    known = remembered_layers() if moment is None else constraint_layers()
    asked, results = _ask(known, site, slugs, moment)
    if moment is None and not _is_as_known(results):
        now = constraint_layers()
        if now.digest != known.digest:
            asked, results = _ask(now, site, slugs, moment)
    if moment is None:
        results = {each: _unless_moved(each, result) for each, result in results.items()}
    return [judge(each, results.get(each), site, judged_at) for each in asked]


def _ask(
    known: Known, site: Site, slugs: Collection[str] | None, moment: datetime | None
) -> tuple[tuple[Asked, ...], dict[Asked, Result]]:
    """Return the layers, and what was measured of those that have an edition to be asked."""
    asked = asked_layers(known, slugs, moment)
    readable = [each for each in asked if each.reason is None]
    results = measure(site, readable, moment, known.digest)
    return asked, dict(zip(readable, results, strict=True))


def _is_as_known(results: Mapping[Asked, Result]) -> bool:
    """Return whether the answers themselves say that all layers stand as they were remembered."""
    said = [isinstance(each, Measured) and each.is_as_known for each in results.values()]
    return bool(said) and all(said)


def _unless_moved(asked: Asked, result: Result) -> Result:
    """Return the result, unless another edition was published when it was measured, or none."""
    if isinstance(result, Reason) or asked.edition is None:
        return result
    if result.published_edition_id is None:
        return Reason.WITHDRAWN
    is_same = result.is_kept and result.published_edition_id == asked.edition.id
    return result if is_same else Reason.FAILED
