"""The gazetteer for machines."""
