"""From what the database says of one layer to the layer's answer."""

from datetime import date, datetime

from planning.answer import Finding, How, LayerAnswer, NearestFeature, Reason, Verdict
from planning.query.asked import Asked
from planning.query.layers import ConstraintLayer
from planning.query.measure import Result
from planning.query.question import Measured, Met
from planning.rights import rights_removed
from planning.site import Site

_NEIGHBOURS = (How.TOUCHES, How.SLIVER)
# As the database says it. An enumeration's own look-up costs as much as the rest of a finding.
_HOW = {each.value: each for each in How}
# A site drawn along the council's edge may cross it by a finger's breadth.
_UNCOVERED_M2 = 1.0
_UNCOVERED_SHARE = 0.01


def judge(asked: Asked, result: Result | None, site: Site, moment: datetime) -> LayerAnswer:
    """Return the answer of one layer. ``moment`` is when its data must not be too old."""
    if asked.reason is not None or result is None:
        return _not_known(asked, asked.reason or Reason.FAILED)
    if isinstance(result, Reason):
        return _not_known(asked, result)
    if not result.is_kept or _is_torn(result):
        return _not_known(asked, Reason.EDITION_NOT_KEPT)
    findings = _findings(asked.layer, result, site) if result.met else ()
    verdict, reason = _verdict(asked, result, findings, site, moment)
    is_named = verdict == Verdict.DOES_NOT_APPLY or reason == Reason.TOO_NEAR
    overlap_m2 = _overlap_m2(result, findings) if findings else None
    return _answer(
        asked,
        verdict,
        reason,
        findings,
        _nearest(asked.layer, result.nearest) if is_named and result.nearest else None,
        _covered_percent(result, site),
        overlap_m2,
        _percent(overlap_m2, site),
        asked.current_on,
    )


def _is_torn(measured: Measured) -> bool:
    """Return whether a feature went away while it was asked."""
    if measured.nearest is not None:
        return measured.nearest.fid is None
    return bool(measured.met) and None in [each.fid for each in measured.met]


def _not_known(asked: Asked, reason: Reason) -> LayerAnswer:
    return _answer(asked, Verdict.NOT_KNOWN, reason, (), None, None, None, None, None)


def _verdict(
    asked: Asked,
    measured: Measured,
    findings: tuple[Finding, ...],
    site: Site,
    moment: datetime,
) -> tuple[Verdict, Reason | None]:
    fresh_until = asked.fresh_until
    if fresh_until is not None and fresh_until < moment:
        return Verdict.NOT_KNOWN, Reason.TOO_OLD
    # Neighbours' come last.
    if findings and not findings[0].is_probably_neighbours:
        return Verdict.APPLIES, None
    if measured.covered_m2 is None:
        return Verdict.NOT_KNOWN, Reason.COVERAGE_NOT_STATED
    size = 1.0 if site.is_point else site.area_m2
    spare = min(_UNCOVERED_M2, _UNCOVERED_SHARE * size)
    if size - measured.covered_m2 <= spare:
        if site.is_point and _may_be_there(asked.layer, measured):
            return Verdict.NOT_KNOWN, Reason.TOO_NEAR
        return Verdict.DOES_NOT_APPLY, None
    if measured.is_row_missing:
        return Verdict.NOT_KNOWN, Reason.KEPT_OUT
    is_outside = measured.covered_m2 <= spare
    return Verdict.NOT_KNOWN, Reason.NOT_COVERED if is_outside else Reason.PARTLY_COVERED


def _may_be_there(layer: ConstraintLayer, measured: Measured) -> bool:
    """Return whether a point that stands for something larger may stand for what is at the site.

    An address and the listed building at it are two points some metres apart.
    """
    nearest = measured.nearest
    return bool(nearest and nearest.is_point and nearest.distance_m <= layer.settings.accuracy_m)


def _findings(layer: ConstraintLayer, measured: Measured, site: Site) -> tuple[Finding, ...]:
    found = [_finding(layer, met, site) for met in measured.met]
    if len(found) > 1:
        found.sort(key=lambda each: (each.is_probably_neighbours, -(each.overlap_m2 or 0)))
    return tuple(found)


def _finding(layer: ConstraintLayer, met: Met, site: Site) -> Finding:
    properties, how = met.properties or {}, _HOW[met.how]
    rights_field = layer.settings.rights_field
    overlap_m2 = None if met.overlap_m2 is None else round(met.overlap_m2, 2)
    return Finding(
        fid=str(met.fid),
        title=_title(layer, met),
        properties=properties,
        how=how,
        overlap_m2=overlap_m2,
        overlap_percent=_percent(overlap_m2, site),
        is_probably_neighbours=how in _NEIGHBOURS,
        rights=rights_removed(properties, rights_field) if rights_field else (),
    )


def _nearest(layer: ConstraintLayer, met: Met) -> NearestFeature:
    return NearestFeature(str(met.fid), _title(layer, met), round(met.distance_m, 2))


def _title(layer: ConstraintLayer, met: Met) -> str:
    return str((met.properties or {}).get(layer.title_field) or met.fid)


def _overlap_m2(measured: Measured, findings: tuple[Finding, ...]) -> float | None:
    """Return the area shared with all areas that apply, counted once where they overlap."""
    if measured.union_m2 is not None:
        return round(measured.union_m2, 2)
    for each in findings:
        if each.overlap_m2 is not None and not each.is_probably_neighbours:
            return each.overlap_m2
    return None


def _percent(overlap_m2: float | None, site: Site) -> float | None:
    return None if overlap_m2 is None else min(100.0, round(100 * overlap_m2 / site.area_m2, 3))


def _covered_percent(measured: Measured, site: Site) -> float | None:
    if measured.covered_m2 is None:
        return None
    size = 1.0 if site.is_point else site.area_m2
    # Most sites are covered to the last digit.
    return 100.0 if measured.covered_m2 >= size else round(100 * measured.covered_m2 / size, 3)


def _answer(
    asked: Asked,
    verdict: Verdict,
    reason: Reason | None,
    findings: tuple[Finding, ...],
    nearest: NearestFeature | None,
    covered_percent: float | None,
    overlap_m2: float | None,
    overlap_percent: float | None,
    current_on: date | None,
) -> LayerAnswer:
    layer, edition = asked.layer, asked.edition
    return LayerAnswer(
        slug=layer.slug,
        title=layer.title,
        category=layer.settings.category,
        verdict=verdict,
        reason=reason,
        findings=findings,
        nearest=nearest,
        margin_m=layer.settings.margin_m,
        accuracy_m=layer.settings.accuracy_m,
        covered_percent=covered_percent,
        overlap_m2=overlap_m2,
        overlap_percent=overlap_percent,
        edition_id=edition.id if edition else None,
        published_at=edition.published_at if edition else None,
        current_on=current_on,
        max_age_days=layer.settings.max_age_days,
        source=edition.source if edition else "",
        licence=layer.licence,
        attribution=layer.attribution,
        is_sample=edition.is_sample if edition else False,
    )
