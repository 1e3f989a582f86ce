"""A check as the JSON of an answer."""

from collections.abc import Mapping
from typing import Any

from planning.answer import Check, Finding, LayerAnswer
from planning.query.unplaced import unplaced_rows
from planning.words import describe_reason


def check_answer(check: Check) -> dict[str, Any]:
    """Return a check without links, for `json_response`. Areas are in m², distances in metres."""
    site, unplaced = check.site, unplaced_rows(check.answers)
    return {
        "site": {
            "type": site.shape_27700.geom_type,
            "areaM2": None if site.is_point else round(site.area_m2, 2),
        },
        "askedAt": check.asked_at,
        "asAt": check.as_at,
        "software": check.software,
        "answers": [_layer(each, unplaced) for each in check.answers],
    }


def _layer(answer: LayerAnswer, unplaced: Mapping[int, int | None]) -> dict[str, Any]:
    nearest = answer.nearest
    return {
        "collection": answer.slug,
        "title": answer.title,
        "category": answer.category,
        "verdict": answer.verdict,
        "reason": answer.reason,
        "reasonText": describe_reason(answer) if answer.reason else None,
        "findings": [*map(_finding, answer.findings)],
        "nearest": {"id": nearest.fid, "title": nearest.title, "distanceM": nearest.distance_m}
        if nearest
        else None,
        "overlapM2": answer.overlap_m2,
        "overlapPercent": answer.overlap_percent,
        "coveredPercent": answer.covered_percent,
        "rowsWithoutPlace": unplaced.get(answer.edition_id) if answer.edition_id else None,
        "marginM": answer.margin_m,
        "accuracyM": answer.accuracy_m,
        "edition": answer.edition_id,
        "published": answer.published_at,
        "currentOn": answer.current_on,
        "maxAgeDays": answer.max_age_days,
        "source": answer.source or None,
        "licence": answer.licence,
        "attribution": answer.attribution,
        "madeUp": answer.is_sample,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.fid,
        "title": finding.title,
        "how": finding.how,
        "overlapM2": finding.overlap_m2,
        "overlapPercent": finding.overlap_percent,
        "isProbablyNeighbours": finding.is_probably_neighbours,
        "rights": list(finding.rights),
        "properties": finding.properties,
    }
