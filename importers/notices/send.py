"""Sends a notice by every way that is set up, unless the same was said a short time ago."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from importers.catalogue.entries import LayerEntry
from importers.models import ImportRun, Notice
from importers.notices.email import send_email
from importers.notices.message import Message, NotSent
from importers.notices.webhook import post_webhook
from importers.notices.words import describe_notice
from layers.models import Layer

REMIND_AFTER = timedelta(days=7)

_SUCCESS = (ImportRun.Outcome.PUBLISHED, ImportRun.Outcome.UNCHANGED)

logger = logging.getLogger(__name__)


def say(
    layer: Layer,
    kind: Notice.Kind,
    *,
    code: str,
    what: str,
    entry: LayerEntry | None = None,
    run_id: int | None = None,
) -> Notice | None:
    """Send a notice if it is news, and keep it; return None if it is not.

    The same fault of a layer is said again after a week. What reached nobody is said again
    the next time. Whatever goes wrong in sending is kept with the notice and raises nothing.
    """
    if not _is_news(layer, kind, code, timezone.now()):
        return None
    run = ImportRun.objects.filter(pk=run_id).first() if run_id else None
    message = describe_notice(layer, kind, code=code, what=what, entry=entry, run=run)
    went_to, problems = _send(message)
    return Notice.objects.create(
        layer=layer,
        run=run,
        kind=kind,
        code=code,
        message=message.as_text(),
        went_to=", ".join(went_to),
        problem=" ".join(problems),
    )


def say_if_well(layer: Layer) -> Notice | None:
    """Say that a layer is in order again, if people were told that it was not."""
    last = layer.notices.first()
    if last is None or last.kind == Notice.Kind.WELL or layer.failing_since is not None:
        return None
    # A newer import; or the reported one itself, which a person has published since.
    newer = Q(finished_at__gt=last.at) | Q(pk=last.run_id)
    run = layer.import_runs.filter(newer, outcome__in=_SUCCESS).first()
    if run is None or (run.outcome == ImportRun.Outcome.UNCHANGED and run.failed_checks):
        return None
    what = f"What was reported on {timezone.localdate(last.at):%-d %B %Y} is over."
    return say(layer, Notice.Kind.WELL, code="", what=what, run_id=run.pk)


def say_what_is_well() -> None:
    """Say it of every layer that people have mended by hand."""
    for layer in Layer.objects.filter(notices__isnull=False).distinct():
        say_if_well(layer)


def _is_news(layer: Layer, kind: Notice.Kind, code: str, now: datetime) -> bool:
    if kind == Notice.Kind.WELL:
        return True
    well = layer.notices.filter(kind=Notice.Kind.WELL).first()
    since = max(now - REMIND_AFTER, well.at) if well else now - REMIND_AFTER
    said = layer.notices.filter(kind=kind, code=code, at__gt=since).exclude(went_to="")
    return not said.exists()


def _send(message: Message) -> tuple[list[str], list[str]]:
    """Return the ways by which it went, and what kept it from the others."""
    logger.warning("%s %s", message.subject, message.code)
    went_to, problems = [], []
    ways = _ways()
    for name, send in ways.items():
        try:
            send(message)
        except NotSent as error:
            logger.error("A notice was not sent. %s", error)
            problems.append(str(error))
        else:
            went_to.append(name)
    return went_to if ways else ["log"], problems


def _ways() -> dict[str, Callable[[Message], None]]:
    ways: dict[str, Callable[[Message], None]] = {}
    if settings.NOTICES_EMAIL:
        ways["e-mail"] = send_email
    if settings.NOTICES_WEBHOOK:
        ways["webhook"] = post_webhook
    return ways
