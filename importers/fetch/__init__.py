"""Bringing a source to this machine."""
