"""Addresses, postcodes, streets and places to a point."""
