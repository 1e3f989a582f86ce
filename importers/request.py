"""What a person or a schedule asks an import to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """One import. ``source`` is a path or an address."""

    source: str
    is_sample: bool = False
    publish: bool = True
    dry_run: bool = False
