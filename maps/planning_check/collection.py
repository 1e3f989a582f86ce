"""A kept check as GeoJSON: the site first, then every feature found."""

from typing import Any

from maps.planning_check.page import CheckPage, ListedAnswer, ListedFinding
from maps.planning_check.site_map import as_geojson
from planning.query.outlines import site_in_degrees
from planning.receipts.keep import KeptCheck

_NOTE = (
    "Shapes of features are cut off where the check's map ends, and null where the edition that "
    "answered is no longer kept."
)


def as_collection(kept: KeptCheck, page: CheckPage) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection in EPSG:4326, with the layers' answers beside it."""
    listed = [
        each for group in page.groups for _title, answers in group.categories for each in answers
    ]
    return {
        "type": "FeatureCollection",
        "id": kept.id,
        "asked_at": kept.check.asked_at.isoformat(),
        "as_at": kept.check.as_at.isoformat() if kept.check.as_at else None,
        "sha256": kept.sha256,
        "note": _NOTE,
        "answers": [_answer(each) for each in listed],
        "features": [
            _site(kept),
            *(_feature(each, found) for each in listed for found in each.findings),
        ],
    }


def _answer(listed: ListedAnswer) -> dict[str, Any]:
    answer = listed.answer
    return {
        "layer": answer.slug,
        "title": answer.title,
        "verdict": answer.verdict,
        "reason": answer.reason,
        "sentence": listed.sentence,
        "edition": answer.edition_id,
        "licence": answer.licence,
        "attribution": answer.attribution,
    }


def _site(kept: KeptCheck) -> dict[str, Any]:
    site = kept.check.site
    return {
        "type": "Feature",
        "id": "site",
        "geometry": as_geojson(site_in_degrees(site)),
        "properties": {"is": "site", "label": site.label, "area_m2": round(site.area_m2, 2)},
    }


def _feature(listed: ListedAnswer, found: ListedFinding) -> dict[str, Any]:
    finding = found.finding
    return {
        "type": "Feature",
        "id": f"{listed.answer.slug}/{finding.fid}",
        "geometry": as_geojson(found.outline.shape) if found.outline else None,
        "properties": {
            "is": "finding",
            "number": found.number,
            "layer": listed.answer.slug,
            "title": found.name,
            "facts": {fact.field.title: fact.text for fact in found.facts},
            "how": finding.how,
            "overlap_m2": finding.overlap_m2,
            "overlap_percent": finding.overlap_percent,
            "is_probably_neighbours": finding.is_probably_neighbours,
            "rights": list(finding.rights),
            "is_set_aside": found.is_aside,
        },
    }
