"""Keeping a check, and finding one that is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from access.callers import address_of, digest_of, network_of
from access.counting import Counter, end_of_day, seconds_left, this_minute
from layers.errors import NotFound, TooManyRequests
from planning.answer import Check
from planning.query.again import fields_read
from planning.receipts.models import Receipt
from planning.receipts.record import read_record, write_record

MOST_A_MINUTE = 10
# A few thousand features of what is on 2,000 hectares. Nobody deletes what is kept.
MOST_BYTES = 4_000_000
_ID_BYTES = 16
_ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
_this_minute, _today = Counter(), Counter()


class CheckTooLarge(Exception):
    """A check that found more than one record holds; the message says what to do."""


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check as it was answered, with its id and the bytes and digest that prove it.

    Unless it ``is_whole`` the bytes are not those of the digest: see `planning.receipts.shown`.
    """

    id: str
    check: Check
    record: bytes
    sha256: str
    edition_ids: tuple[int, ...]
    is_whole: bool = True


def keep_check(check: Check, *, asked_from: Mapping[str, Any]) -> str:
    """Write a check down as it is, and return the id under which it is found for ever.

    Parameters
    ----------
    asked_from
        The request's WSGI environment: a network that has kept `MOST_A_MINUTE` checks within a
        minute, or `settings.CHECKS_KEPT_PER_DAY` within a day, waits. Nothing of it is kept.

    Raises
    ------
    TooManyRequests
        Too many checks have been kept from there just now.
    CheckTooLarge
        It found more than a record holds.
    """
    receipt_id = token_urlsafe(_ID_BYTES)
    record = write_record(check, receipt_id, fields_read())
    if len(record) > MOST_BYTES:
        raise CheckTooLarge(
            _("So much was found that it cannot be kept in one piece. Check the site in parts.")
        )
    _refuse_flood(asked_from)
    Receipt.objects.create(
        id=receipt_id,
        geom_27700=check.site.geom_27700,
        asked_at=check.asked_at.astimezone(UTC),
        edition_ids=sorted({each.edition_id for each in check.answers if each.edition_id}),
        record=record,
        sha256=sha256(record).hexdigest(),
    )
    return receipt_id


def find_check(receipt_id: str) -> KeptCheck:
    """Return a kept check.

    Raises
    ------
    NotFound
        None is kept under that id.
    """
    receipt = _find(receipt_id) if _ID.fullmatch(receipt_id) else None
    if receipt is None:
        raise NotFound(_("No check is kept under this address."))
    record = bytes(receipt.record)
    return KeptCheck(
        id=receipt.pk,
        check=read_record(record),
        record=record,
        sha256=receipt.sha256,
        edition_ids=tuple(receipt.edition_ids),
    )


def _find(receipt_id: str) -> Receipt | None:
    # A replica may not have it yet when the browser is sent on to it.
    for database in ("read", "default"):
        receipt = Receipt.objects.using(database).filter(pk=receipt_id).first()
        if receipt is not None:
            return receipt
    return None


def _refuse_flood(asked_from: Mapping[str, Any]) -> None:
    network = network_of(address_of(asked_from))
    minute, day = this_minute(), end_of_day()
    caller = digest_of(network, "receipts", minute)
    if _this_minute.add(caller, minute, MOST_A_MINUTE) > MOST_A_MINUTE:
        raise TooManyRequests(
            _(
                "More than %(most)s checks were kept from where you are within a minute. Wait "
                "%(seconds)s seconds, then press “Keep this check” again."
            )
            % {"most": MOST_A_MINUTE, "seconds": seconds_left()}
        )
    most = settings.CHECKS_KEPT_PER_DAY
    if most and _today.add(digest_of(network, "receipts of a day", day), day, most) > most:
        raise TooManyRequests(
            _(
                "More than %(most)s checks were kept from where you are today. Print this page, or "
                "keep the check tomorrow."
            )
            % {"most": most}
        )
