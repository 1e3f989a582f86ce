"""What a person or a schedule asks an import to do."""

from dataclasses import dataclass

from importers.fixes import NO_FIXES, Fixes


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """One import.

    Parameters
    ----------
    source
        A path or an address; empty for the address in the catalogue.
    name
        What a file is to be called where it is not its path's last part.
    fixes
        What a person confirmed about this source.
    remembers_fixes
        Whether the next imports of the layer are to be read in the same way, and what
        was remembered before is forgotten.
    override_reason
        Why it is to be published even if a check stops it. Empty: it is not.
    asked_by
        For the record and the audit trail.
    """

    source: str
    name: str = ""
    is_sample: bool = False
    publish: bool = True
    dry_run: bool = False
    fixes: Fixes = NO_FIXES
    remembers_fixes: bool = False
    override_reason: str = ""
    asked_by: str = ""
