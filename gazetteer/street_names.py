"""Street names brought to one form, so that "12 Oak Rd" and "OAK ROAD" meet."""

import re
import unicodedata

_ENDINGS = {
    "rd": "road",
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "cl": "close",
    "cres": "crescent",
    "ct": "court",
    "dr": "drive",
    "gdns": "gardens",
    "gdn": "garden",
    "gr": "grove",
    "gro": "grove",
    "la": "lane",
    "ln": "lane",
    "pde": "parade",
    "pk": "park",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
    "terr": "terrace",
    "wk": "walk",
    "wy": "way",
}
_QUOTES = re.compile(r"[’'`´ʼ]")
_OTHER = re.compile(r"[^a-z0-9 ]+")
_NUMBER_FIRST = re.compile(
    r"(?:(?:flat|unit|apartment)\s+[^\s,]+[\s,]+)?(\d{1,5})\s*([a-z]?)[\s,]+(.+)"
)


def search_name(name: str) -> str:
    """Return a street name in lower case, without punctuation and with its ending in full."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = _OTHER.sub(" ", _QUOTES.sub("", plain)).split()
    if not words:
        return ""
    if words[0] in ("st", "saint"):
        words[0] = "saint"
    words[1:] = [_ENDINGS.get(word, word) for word in words[1:]]
    return " ".join(words)


def split_number(text: str) -> tuple[str, str, str]:
    """Return house number, its letter and the rest: "12a Oak Rd" is ("12", "A", "oak rd")."""
    plain = " ".join(_QUOTES.sub("", text.casefold()).split())
    found = _NUMBER_FIRST.fullmatch(plain)
    return (found[1], found[2].upper(), found[3]) if found else ("", "", plain)
