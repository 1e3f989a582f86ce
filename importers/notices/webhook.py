"""Notices as JSON to the address in NOTICES_WEBHOOK, under the rules by which sources are fetched.

With NOTICES_WEBHOOK_SECRET the header ``X-Council-Maps-Signature`` is ``sha256=`` and the HMAC
of the body, by which the receiver knows who sent it.
"""

import hashlib
import hmac
import json
from dataclasses import replace

from django.conf import settings

from importers.errors import ImportStopped
from importers.fetch.address import parse_address
from importers.fetch.client import FetchClient
from importers.fetch.rules import rules_from_settings
from importers.notices.message import Message, NotSent

SIGNATURE = "X-Council-Maps-Signature"

_LONGEST_S = 10.0


def post_webhook(message: Message) -> None:
    """Send ``message`` to the webhook of the settings; it has ten seconds to take it.

    Raises
    ------
    NotSent
        It cannot be reached, or answers with anything but a status of 200 to 299. The address
        is not named: with many services it is a secret.
    """
    body = json.dumps(message.as_json(), ensure_ascii=False).encode()
    try:
        address = parse_address(settings.NOTICES_WEBHOOK)
        answer = _client(address.host).post(address, body, _headers(body))
    except ImportStopped as error:
        raise NotSent(f"Webhook: {error.code}.") from error
    if not 200 <= answer.status < 300:
        raise NotSent(f"Webhook: {address.host} answered with status {answer.status}.")


def _client(host: str) -> FetchClient:
    rules = rules_from_settings()
    limits = replace(
        rules.limits, total_s=_LONGEST_S, connect_s=_LONGEST_S / 2, idle_s=_LONGEST_S / 2
    )
    return FetchClient(replace(rules, limits=limits), frozenset({host}))


def _headers(body: bytes) -> dict[str, str]:
    headers = {"Content-Type": "application/json"}
    if settings.NOTICES_WEBHOOK_SECRET:
        key = settings.NOTICES_WEBHOOK_SECRET.encode()
        headers[SIGNATURE] = f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}"
    return headers
