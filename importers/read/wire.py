"""The Arrow stream between the sandboxed child and its parent.

Schema metadata holds what is known of the source as one JSON object. The first
column of every batch is the row number, the last is WKB if the source has
geometry, and those between are the source's own: by position, so that a source
may call its columns whatever it likes. Spoilt rows, and what the reader has to say
of others, ride in the batch's metadata.
"""

import json
from dataclasses import asdict
from typing import Any

from importers.findings import Finding

SOURCE_KEY = b"source"
SPOILT_KEY = b"spoilt"
TOLD_KEY = b"told"
# Exit codes of the child: 0 all rows written, this one a fault on standard error, else a crash.
FAULT_EXIT = 3


def spoilt_to_json(spoilt: tuple[tuple[Finding, str], ...]) -> bytes:
    """Return spoilt rows as bytes for a batch's metadata."""
    return json.dumps([[asdict(finding), raw] for finding, raw in spoilt]).encode()


def spoilt_from_json(text: bytes) -> tuple[tuple[Finding, str], ...]:
    """Return spoilt rows out of a batch's metadata."""
    return tuple((Finding(**members), raw) for members, raw in json.loads(text))


def findings_to_list(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Return findings as plain values for the schema's metadata."""
    return [asdict(finding) for finding in findings]


def findings_from_list(members: list[dict[str, Any]]) -> tuple[Finding, ...]:
    """Return findings out of the schema's metadata."""
    return tuple(Finding(**each) for each in members)
