"""Checks that are kept: under an address of their own, and never changed afterwards."""
