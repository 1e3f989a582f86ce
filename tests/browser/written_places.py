"""What the service writes while tests look places up: no postcode, address or position is in it."""

import re
from pathlib import Path

LOGS = ("web.log", "worker.log")
CONNECTIONS = "connections"

# Places that no data holds: wherever one turns up, somebody wrote down what was asked for.
POSTCODE = "ZZ99 9CY"
STREET = "17 Kanarienvogel Crescent"
UPRN = "987654321098"
LONGITUDE, LATITUDE = "-1.8712345", "52.4812345"
# The same point and two more corners of a site; in metres, as a site that was kept would have it.
CORNER, CORNER_LATITUDE = "-1.8698765", "52.4823456"
EASTINGS = ("408841.6", "408933.9")
CANARIES = (
    POSTCODE, "ZZ999CY", "ZZ99%209CY", "Kanarienvogel", UPRN, LONGITUDE, LATITUDE, CORNER,
    CORNER_LATITUDE, *EASTINGS,
)  # fmt: skip

# Of the made-up city's own places none may be named either, whichever test looked it up.
_SHAPES = re.compile(
    r"\b[A-Z]{1,2}[0-9][0-9A-Z]?(?: |%20|\+)?[0-9][ABD-HJLNP-UW-Z]{2}\b|uprn-[0-9]+|/my-area/.",
    re.IGNORECASE,
)


def refuse_written_places(folder: Path) -> None:
    """Raise unless a service's logs name no place and it has connected to nobody."""
    for name in LOGS:
        log = folder / name
        text = log.read_text(errors="replace") if log.exists() else ""
        assert places_named(text) == [], f"{name} names places that people looked up"
    connections = folder / CONNECTIONS
    assert not connections.exists(), f"connected to {connections.read_text()}"


def places_named(text: str) -> list[str]:
    """Return every canary, postcode, UPRN and page of a place that a text names."""
    low = text.casefold()
    found = [canary for canary in CANARIES if canary.casefold() in low]
    return found + [match[0] for match in _SHAPES.finditer(text)]


def files_with_canaries(folder: Path) -> list[str]:
    """Return the files below a folder that hold a canary, in any part of any file."""
    needles = [canary.casefold().encode() for canary in CANARIES]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes().lower() for needle in needles)
    ]
