"""The record of every import: what was read, what was kept out and why, and who was told."""

from importers.models.decision import Decision
from importers.models.issue import Issue, QuarantinedRow
from importers.models.notice import Notice
from importers.models.run import ImportRun

__all__ = ["Decision", "ImportRun", "Issue", "Notice", "QuarantinedRow"]
