"""A check as a table for spreadsheets: a row for each feature found, one for a layer without."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from maps.planning_check.page import CheckPage, ListedAnswer, ListedFinding
from planning.receipts.keep import KeptCheck

_HEADER = (
    "check", "site", "asked_at", "as_at", "layer", "category", "verdict", "reason", "sentence",
    "feature_id", "feature", "how", "overlap_m2", "overlap_percent", "probably_neighbours",
    "rights_removed", "set_aside", "set_aside_reason", "nearest_feature", "nearest_distance_m",
    "edition", "published_at", "current_on", "source", "licence", "attribution", "facts",
)  # fmt: skip


def table_header() -> tuple[str, ...]:
    return _HEADER


def table_rows(kept: KeptCheck, page: CheckPage) -> Iterator[tuple[object, ...]]:
    """Yield a kept check's rows, as its page is ordered."""
    for group in page.groups:
        for _title, answers in group.categories:
            for listed in answers:
                for found in listed.findings or (None,):
                    yield (
                        *_check_cells(kept),
                        *_cells(listed, found),
                        *_source_cells(listed),
                        _facts(found),
                    )


def _check_cells(kept: KeptCheck) -> tuple[object, ...]:
    check = kept.check
    return kept.id, check.site.label, check.asked_at.isoformat(), check.as_at or ""


def _cells(listed: ListedAnswer, found: ListedFinding | None) -> tuple[object, ...]:
    answer = listed.answer
    first = (answer.slug, answer.category, str(answer.verdict), str(answer.reason or ""))
    if found is None:
        return (*first, listed.sentence, *[""] * 9)
    finding = found.finding
    last = found.words[-1] if found.words else None
    return (
        *first,
        listed.sentence,
        finding.fid,
        found.name,
        str(finding.how),
        _exactly(finding.overlap_m2),
        _exactly(finding.overlap_percent),
        _yes(finding.is_probably_neighbours),
        "; ".join(finding.rights),
        _yes(found.is_aside),
        last.reason if last and last.is_aside else "",
    )


def _source_cells(listed: ListedAnswer) -> tuple[object, ...]:
    answer = listed.answer
    nearest = answer.nearest
    return (
        listed.nearest_name,
        _exactly(nearest.distance_m) if nearest else "",
        answer.edition_id or "",
        answer.published_at.isoformat() if answer.published_at else "",
        answer.current_on or "",
        answer.source,
        answer.licence,
        answer.attribution,
    )


def _facts(found: ListedFinding | None) -> str:
    facts = found.facts if found else ()
    return "; ".join(f"{fact.field.title}: {fact.text}" for fact in facts)


def _exactly(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else _("no")
