"""What outcomes, states, severities and kinds of issues are called at the desk."""

OUTCOMES = {
    "queued": "Waiting for the worker",
    "running": "Running",
    "published": "Published",
    "unchanged": "Unchanged",
    "staged": "Waiting for a decision",
    "held": "Stopped by a check, waiting for a decision",
    "dry-run": "Tried out, nothing kept",
    "set-aside": "Set aside",
    "stopped": "Stopped by a check",
    "unreadable": "Could not be read",
    "interrupted": "Interrupted",
}
STATES = {
    "published": "Published",
    "withdrawn": "Withdrawn",
    "superseded": "Earlier",
    "staged": "Waiting",
    "dropped": "No longer kept",
}
# Each tag also says its word, so that no colour stands alone.
TONES = {
    "queued": "blue",
    "running": "blue",
    "published": "green",
    "unchanged": "green",
    "staged": "yellow",
    "held": "orange",
    "stopped": "red",
    "unreadable": "red",
    "interrupted": "red",
    "withdrawn": "red",
}
SEVERITIES = {
    "error": ("Rows kept out because of a fault", "These rows are not published."),
    "excluded": ("Rows left out on purpose", "The layer's catalogue entry says so."),
    "warning": ("Accepted, but worth a look", "These are in the edition as they are."),
    "fixed": ("Put right", "These were mended on the way, and this is the record of it."),
    "note": ("Notes", "Good to know; nothing to do."),
}
CRS_NAMES = {
    "EPSG:27700": "British National Grid (EPSG:27700)",
    "EPSG:4326": "Longitude and latitude (EPSG:4326)",
}
CRS_ORIGINS = {
    "file": "the file says so",
    "catalogue": "the layer's catalogue entry says so; the file does not say",
    "columns": "the catalogue says so for these columns",
    "person": "a person confirmed it",
}


_FULL_WORDS = {
    "coord": "coordinate",
    "crs": "coordinate system",
    "gb": "Great Britain",
    "id": "ID",
    "utf": "UTF",
    "wkt": "WKT",
    "url": "URL",
    "xml": "XML",
}


def kind_in_words(kind: str) -> str:
    """Return ``Outside area`` for ``OUTSIDE-AREA``."""
    words = " ".join(_FULL_WORDS.get(word, word) for word in kind.lower().split("-"))
    return words[:1].upper() + words[1:]
