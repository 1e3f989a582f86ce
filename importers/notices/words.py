"""A notice in words: what happened, what people see meanwhile, what to do."""

import re

from django.conf import settings
from django.utils import timezone

from importers.catalogue.entries import LayerEntry
from importers.models import ImportRun, Notice
from importers.notices.message import Message
from layers.models import Layer

_HEADLINES = {
    Notice.Kind.FAILING: "{title} could not be refreshed",
    Notice.Kind.FLAT_LINE: "{title}: hardly anything arrives any more",
    Notice.Kind.OVERDUE: "{title} is overdue",
    Notice.Kind.WELL: "{title} is in order again",
}
# Of a server or an address. What other messages quote may be out of somebody's row.
_OF_FETCHING = ("SOURCE-", "URL-", "TLS-")
_QUOTED = re.compile(r"“[^”]*”")


def describe_notice(
    layer: Layer,
    kind: Notice.Kind,
    *,
    code: str,
    what: str,
    entry: LayerEntry | None,
    run: ImportRun | None,
) -> Message:
    """Return the message for one layer.

    Parameters
    ----------
    what
        What happened, as the import said it.
    entry
        The layer in the catalogue, for how its file is come by.
    """
    return Message(
        kind=kind.value,
        layer=layer.slug,
        title=layer.title,
        code=code,
        subject=f"[{layer.organisation.name}] {_HEADLINES[kind].format(title=layer.title)}",
        what_happened=_without_rows(what, run),
        what_people_see=_what_people_see(layer),
        what_to_do=_what_to_do(kind, entry, run),
        address=_address(run),
        at=timezone.now().isoformat(timespec="seconds"),
    )


def _without_rows(what: str, run: ImportRun | None) -> str:
    """Return ``what`` without the words of the source, which may be about somebody."""
    is_unreadable = run is not None and run.outcome == ImportRun.Outcome.UNREADABLE
    if not is_unreadable or run is None or run.code.startswith(_OF_FETCHING):
        return what
    return _QUOTED.sub("“…”", what)


def _what_people_see(layer: Layer) -> str:
    edition = layer.published_edition
    if edition is None or edition.published_at is None:
        return "Nothing of this layer is published."
    day = timezone.localdate(edition.published_at)
    return f"People see edition {edition.pk}, published on {day:%-d %B %Y}."


def _what_to_do(kind: Notice.Kind, entry: LayerEntry | None, run: ImportRun | None) -> str:
    if kind == Notice.Kind.WELL:
        return "There is nothing to do."
    if kind == Notice.Kind.FLAT_LINE:
        return "Ask whoever provides the source whether nothing really came."
    if run is not None and run.outcome == ImportRun.Outcome.STOPPED and run.edition_id:
        return (
            "The new edition waits, unseen. Look at it; then publish it in spite of the check, "
            "or set it aside."
        )
    by_hand = f" {entry.source.fetch_by_hand.strip()}" if entry else ""
    if kind == Notice.Kind.OVERDUE:
        return f"How to come by the file:{by_hand}" if entry else ""
    return f"It is tried again tomorrow. How to come by the file by hand:{by_hand}"


def _address(run: ImportRun | None) -> str:
    if run is None or not settings.SITE_URL:
        return ""
    return f"{settings.SITE_URL}/manage/imports/{run.pk}"
