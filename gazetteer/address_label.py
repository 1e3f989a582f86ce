"""An address on one line, from the parts that AddressBase keeps it in."""

from collections.abc import Mapping
from string import capwords
from typing import Any

from django.utils.translation import gettext as _


def address_label(parts: Mapping[str, Any]) -> str:
    """Return "Flat 2, 12A Oak Road, Moseley, Birmingham, B13 9AA"."""
    lines = [
        parts.get("organisation"),
        _unit(parts),
        parts.get("building_name") or parts.get("pao_text"),
        _numbered_street(parts),
        parts.get("locality"),
        parts.get("town") or parts.get("post_town"),
    ]
    shown = list(dict.fromkeys(mixed_case(str(line)) for line in lines if line))
    return ", ".join([*shown, parts["postcode"]] if parts.get("postcode") else shown)


def house_number(parts: Mapping[str, Any]) -> str:
    """Return "12A", "3-5", or nothing."""
    start = f"{parts.get('pao_start_number') or ''}{parts.get('pao_start_suffix') or ''}"
    end = f"{parts.get('pao_end_number') or ''}{parts.get('pao_end_suffix') or ''}"
    return f"{start}-{end}" if start and end else start or str(parts.get("building_number") or "")


def _numbered_street(parts: Mapping[str, Any]) -> str:
    street = mixed_case(str(parts.get("street") or ""))
    return f"{house_number(parts)} {street}".strip()


def _unit(parts: Mapping[str, Any]) -> str | None:
    if parts.get("sub_building_name") or parts.get("sao_text"):
        return str(parts.get("sub_building_name") or parts.get("sao_text"))
    number = f"{parts.get('sao_start_number') or ''}{parts.get('sao_start_suffix') or ''}"
    return _("Flat %(number)s") % {"number": number} if number else None


def mixed_case(text: str) -> str:
    """Return text in capitals as people write it; leave what is mixed already."""
    return capwords(text) if text.isupper() and len(text) > 3 else text
