"""Finding places: each way of naming one in a file of its own; `suggest.py` says in which order."""
