"""Household collections: which day each bin goes, what moved it, and what is not known."""
