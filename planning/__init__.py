"""Constraint checks: what applies to a site, by how much, according to which edition of what."""
