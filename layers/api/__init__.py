"""The answers for machines: OGC API Features and its own questions."""
