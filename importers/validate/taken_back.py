"""Would an import bring back what somebody took from the public?"""

from collections.abc import Iterator

from django.utils import timezone

from importers.validate.failed_check import FailedCheck
from layers.models import Act, Edition, Layer

LAYER_WITHDRAWN = "LAYER-WITHDRAWN"
TAKEN_BACK = "TAKEN-BACK"


def check_taken_back(edition: Edition) -> Iterator[FailedCheck]:
    """Yield why ``edition`` must not take the place that somebody emptied on purpose.

    Else the next refresh would undo what a person did. Whoever gives a file by hand knows.
    """
    last = last_move(edition.layer)
    if last is not None and last.verb == Act.Verb.WITHDREW:
        yield _withdrawn(last)
    twin = _withdrawn_twin(edition)
    if twin is not None:
        yield FailedCheck(
            TAKEN_BACK,
            f"This very file was published before, as edition {twin.pk}, and taken back. Ask "
            "whoever sends it for one that is put right.",
        )


def check_moved_since(
    edition: Edition, known: Act | None, *, was_fetched: bool
) -> Iterator[FailedCheck]:
    """Yield why ``edition`` must not undo what a person did while it was being imported.

    Parameters
    ----------
    known
        The layer's last move when the import began. Of one that was withdrawn already, whoever
        gave a file by hand knew.
    was_fetched
        Perhaps nobody looked at its source.
    """
    last = last_move(edition.layer)
    if last is None or last == known:
        return
    if was_fetched:
        yield from check_taken_back(edition)
    elif last.verb == Act.Verb.WITHDREW:
        yield _withdrawn(last)


def last_move(layer: Layer) -> Act | None:
    """Return by what people came to see what they see of a layer now."""
    return layer.acts.filter(verb__in=Act.MOVES).first()


def _withdrawn(act: Act) -> FailedCheck:
    return FailedCheck(
        LAYER_WITHDRAWN,
        f"{_when_and_who(act)} withdrew the layer from the public{_because(act)}. Publish "
        "this edition only if what was wrong is put right.",
    )


def _withdrawn_twin(edition: Edition) -> Edition | None:
    """Return an edition of the same bytes, read in the same way, that was taken back."""
    return (
        edition.layer.editions.filter(
            source_sha256=edition.source_sha256,
            catalogue_digest=edition.catalogue_digest,
            withdrawn_at__isnull=False,
        )
        .exclude(pk=edition.pk)
        .first()
    )


def _when_and_who(act: Act) -> str:
    return f"On {timezone.localtime(act.at):%d %B %Y} {act.actor}"


def _because(act: Act) -> str:
    return f" (“{act.reason}”)" if act.reason else ""
