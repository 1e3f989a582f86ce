"""The record of every import: what was read, what was kept out and why."""

from importers.models.issue import Issue, QuarantinedRow
from importers.models.run import ImportRun

__all__ = ["ImportRun", "Issue", "QuarantinedRow"]
