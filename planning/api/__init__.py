"""Constraint checks as data."""
