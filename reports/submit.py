"""Taking a report: whoever sends one is counted, not known."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from access.callers import address_of, digest_of, network_of
from access.counting import Counter, seconds_left, this_minute
from layers.errors import TooManyRequests
from layers.query.registry import PublishedLayer
from reports.models import Report

MOST_A_MINUTE = 5

_counter = Counter()


def submit_report(
    layer: PublishedLayer,
    *,
    fid: str,
    title: str,
    kind: str,
    text: str,
    email: str,
    asked_from: Mapping[str, Any],
) -> None:
    """Keep a report about a feature of ``layer``'s published edition, for its keeper.

    Parameters
    ----------
    fid, title
        The feature, or nothing and the layer's title where it is about the whole layer.
    asked_from
        The request's WSGI environment: a network that has sent `MOST_A_MINUTE` reports
        within a minute waits. Nothing of it is kept.

    Raises
    ------
    TooManyRequests
        Too many reports have come from there just now.
    """
    _refuse_flood(asked_from)
    Report.objects.create(
        layer_id=layer.id,
        edition_id=layer.edition_id,
        fid=fid,
        title=title,
        kind=kind,
        text=text,
        email=email,
    )


def _refuse_flood(asked_from: Mapping[str, Any]) -> None:
    minute = this_minute()
    caller = digest_of(network_of(address_of(asked_from)), "reports", minute)
    if _counter.add(caller, minute, MOST_A_MINUTE) > MOST_A_MINUTE:
        raise TooManyRequests(
            _(
                "More than %(most)s reports came from you within a minute. Wait %(seconds)s "
                "seconds, then send it again."
            )
            % {"most": MOST_A_MINUTE, "seconds": seconds_left()}
        )
