"""Carrying out what people asked for at the desk. The worker does this, as the database's owner.

The web process writes a row that says what is wanted. Nothing in such a row is a path:
a file is named by its place in the inbox or by its content, and everything else is an address.
"""

import re
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from importers.catalogue.entries import LayerEntry
from importers.catalogue.load import load_catalogue
from importers.decide import compare_if_waiting, publish_run, set_aside
from importers.errors import ImportStopped, LayerBusy, SourceUnreadable, WrongUse
from importers.fixes import Fixes
from importers.inbox import discard_arrival, find_arrival
from importers.lock import clear_leftovers, only_import_of
from importers.models import Decision, ImportRun
from importers.pipeline import import_layer
from importers.record import write_request
from importers.request import ImportRequest
from layers.errors import LayersError
from layers.models import Act, Edition
from layers.publish import pin_edition, roll_back, unpin_edition, withdraw_layer

_SHA256 = re.compile(r"[0-9a-f]{64}")


def run_asked_import(run: ImportRun) -> None:
    """Import what a waiting run asks for, and write down how it ended.

    Raises
    ------
    LayerBusy
        Another import of the layer is running; the run still waits.
    """
    if run.outcome == ImportRun.Outcome.RUNNING:
        # The worker that had begun it died.
        with only_import_of(run.layer):
            clear_leftovers(run.layer)
        discard_arrival(run.arrived_as)
    if run.outcome != ImportRun.Outcome.QUEUED:
        return
    _write_request_once(run)
    try:
        _import(run)
    except LayerBusy:
        raise
    except ImportStopped as error:
        _close(run, error)
    discard_arrival(run.arrived_as)


def carry_out(decision: Decision) -> None:
    """Do what a person decided, once, and write down whether it could be done."""
    if decision.state != Decision.State.WAITING:
        return
    with _as_one(decision):
        try:
            if decision.verb == Decision.Verb.PUBLISH:
                # Apart from the act, so that the page shows by what it is refused.
                compare_if_waiting(_run(decision))
            with _as_one(decision):
                _ACTS[Decision.Verb(decision.verb)](decision)
        except (ImportStopped, LayersError) as error:
            decision.state, decision.message = Decision.State.REFUSED, str(error)
        else:
            decision.state = Decision.State.DONE
        decision.done_at = timezone.now()
        decision.save()


def _as_one(decision: Decision) -> AbstractContextManager[None]:
    """Let an act and the word that it is done be one, should the worker be killed between them.

    Dropping a partition cannot be part of a transaction, so setting aside may be begun twice.
    """
    if decision.verb == Decision.Verb.SET_ASIDE:
        return nullcontext()
    return transaction.atomic()


def _import(run: ImportRun) -> None:
    catalogue = load_catalogue(settings.CATALOGUE_DIR / settings.COUNCIL)
    entry = catalogue.layers.get(run.layer.slug)
    if entry is None:
        raise WrongUse(f"The catalogue has no layer “{run.layer.slug}” any more.")
    is_address = run.source.startswith("https://")
    request = ImportRequest(
        source=_where(run, entry),
        # What a person called a file; one that was fetched has its name in the store.
        name="" if is_address else run.source,
        publish=run.wants_publishing,
        dry_run=run.is_dry_run,
        fixes=Fixes.from_json(run.fixes),
        remembers_fixes=run.remembers_fixes,
        override_reason=run.override_reason,
        asked_by=run.asked_by,
    )

    def clear_inbox_after_fetch(step: str) -> None:
        if step == "read":
            discard_arrival(run.arrived_as)

    import_layer(entry, catalogue.council, request, clear_inbox_after_fetch, run)


def _where(run: ImportRun, entry: LayerEntry) -> str:
    """Return where the source of a waiting run is: never a path that the web process chose."""
    if run.arrived_as:
        return str(find_arrival(run.arrived_as))
    if run.source_sha256:
        return str(_stored_source(run.source_sha256))
    address = run.source or (entry.source.fetch.address if entry.source.fetch else "")
    if not address.startswith("https://"):
        raise WrongUse("Give a file, or an address that begins with https://.")
    return address


def _stored_source(sha256: str) -> Path:
    """Return the file of that content in the store of sources."""
    folder = Path(settings.SOURCES_DIR) / sha256[:2] / sha256
    if not _SHA256.fullmatch(sha256) or not folder.is_dir():
        raise SourceUnreadable(
            "The file of that import is no longer kept. Give it again.", code="SOURCE-GONE"
        )
    return next(folder.iterdir())


def _write_request_once(run: ImportRun) -> None:
    if not Act.objects.filter(run_id=run.pk, verb=Act.Verb.ASKED).exists():
        write_request(run)


def _close(run: ImportRun, error: ImportStopped) -> None:
    """Close a run that was refused before its first step."""
    run.outcome, run.reason, run.code = ImportRun.Outcome.UNREADABLE, str(error), error.code
    run.finished_at = timezone.now()
    run.save()


def _publish(decision: Decision) -> None:
    publish_run(
        _run(decision),
        actor=decision.asked_by,
        override_reason=decision.reason if decision.overrides_checks else "",
        reason=decision.reason,
    )


def _set_aside(decision: Decision) -> None:
    run = _run(decision)
    if run.outcome == ImportRun.Outcome.SET_ASIDE:
        # A worker died of it; what is left of the edition goes with the next import.
        return
    set_aside(run, actor=decision.asked_by, reason=decision.reason)


def _roll_back(decision: Decision) -> None:
    roll_back(decision.layer, decision.edition_id, actor=decision.asked_by, reason=decision.reason)


def _withdraw(decision: Decision) -> None:
    withdraw_layer(decision.layer, actor=decision.asked_by, reason=decision.reason)


def _pin(decision: Decision) -> None:
    pin_edition(_edition(decision), actor=decision.asked_by, reason=decision.reason)


def _unpin(decision: Decision) -> None:
    unpin_edition(_edition(decision), actor=decision.asked_by, reason=decision.reason)


_ACTS = {
    Decision.Verb.PUBLISH: _publish,
    Decision.Verb.SET_ASIDE: _set_aside,
    Decision.Verb.ROLL_BACK: _roll_back,
    Decision.Verb.WITHDRAW: _withdraw,
    Decision.Verb.PIN: _pin,
    Decision.Verb.UNPIN: _unpin,
}


def _run(decision: Decision) -> ImportRun:
    if decision.run is None or decision.run.layer_id != decision.layer_id:
        raise WrongUse("This decision is about no import of the layer.")
    return decision.run


def _edition(decision: Decision) -> Edition:
    edition = decision.layer.editions.filter(pk=decision.edition_id or 0).first()
    if edition is None:
        raise WrongUse(f"The layer has no edition {decision.edition_id}.")
    return edition
