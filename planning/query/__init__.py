"""What applies to a site, and who lives around it."""

from planning.query.check import check_site

__all__ = ["check_site"]
