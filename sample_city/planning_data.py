"""Entities in the form of planning.data.gov.uk: what every one of its datasets has in common."""

from typing import Any

from sample_city.dates import REFERENCE_DATE

_FIRST_ENTITY = 990_000_000
_BIRMINGHAM = "44"


def entity(dataset: str, number: int, reference: str, name: str, **own: Any) -> dict[str, Any]:
    """Return the properties of an entity; ``own`` fields are written with underscores."""
    return {
        "dataset": dataset,
        "end-date": "",
        "entity": _FIRST_ENTITY + number,
        "entry-date": REFERENCE_DATE.isoformat(),
        "name": name,
        "organisation-entity": _BIRMINGHAM,
        "prefix": dataset,
        "reference": reference,
        "start-date": own.pop("start_date", ""),
        "typology": "geography",
        "quality": "authoritative",
        **{key.replace("_", "-"): value for key, value in own.items()},
    }
