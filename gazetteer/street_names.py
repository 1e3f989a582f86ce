"""Names brought to one form, so that "12 Oak Rd" and "OAK ROAD" meet."""

import re
import unicodedata

_ENDINGS = {
    "aly": "alley",
    "app": "approach",
    "appr": "approach",
    "rd": "road",
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "bldg": "building",
    "bldgs": "buildings",
    "bvd": "boulevard",
    "blvd": "boulevard",
    "cl": "close",
    "clo": "close",
    "cott": "cottage",
    "cotts": "cottages",
    "cr": "crescent",
    "cres": "crescent",
    "cresc": "crescent",
    "crs": "crescent",
    "crt": "court",
    "ct": "court",
    "dr": "drive",
    "drv": "drive",
    "dve": "drive",
    "est": "estate",
    "gdns": "gardens",
    "gdn": "garden",
    "gds": "gardens",
    "gr": "grove",
    "grn": "green",
    "gro": "grove",
    "hse": "house",
    "la": "lane",
    "ln": "lane",
    "lne": "lane",
    "mws": "mews",
    "pass": "passage",
    "pde": "parade",
    "pk": "park",
    "pl": "place",
    "prom": "promenade",
    "sq": "square",
    "sqr": "square",
    "strt": "street",
    "tce": "terrace",
    "ter": "terrace",
    "terr": "terrace",
    "vls": "villas",
    "vw": "view",
    "whf": "wharf",
    "wk": "walk",
    "wlk": "walk",
    "wy": "way",
    "yd": "yard",
}
_ANYWHERE = {
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "gt": "great",
    "lt": "little",
    "lwr": "lower",
    "upr": "upper",
    "mt": "mount",
    "nth": "north",
    "sth": "south",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "5th": "fifth",
    "6th": "sixth",
    "7th": "seventh",
    "8th": "eighth",
    "9th": "ninth",
    "10th": "tenth",
}
# What streets are, and what is between the words of names: they say little of which is meant.
COMMON_WORDS = frozenset(_ENDINGS.values()) | {
    "and", "chase", "croft", "drift", "end", "fold", "garth", "hill", "mount", "of", "rise", "row",
    "saint", "the", "vale",
}  # fmt: skip
_SAINTS = ("st", "saint")
# For each word in full, how it is written short.
SHORT_FORMS = {
    full: tuple(short for short, word in _ENDINGS.items() if word == full)
    for full in dict.fromkeys(_ENDINGS.values())
}
QUOTES = re.compile(r"[’'‘‛`´ʼʹ′＇]")
_OTHER = re.compile(r"[^a-z0-9 ]+")


def search_name(name: str) -> str:
    """Return a name in lower case, without punctuation or accents, and with its words in full."""
    return " ".join(search_words(name))


def search_words(name: str) -> list[str]:
    """Return the words of a name in the form in which names are compared.

    "St" in front is a saint, after it a street; in between a saint where a saint's name
    follows ("Church of St Mary's"), for those end in s more often than not.
    """
    return in_full(plain_words(name))


def plain_words(name: str) -> list[str]:
    """Return the words of a name as they are written, but for capitals, accents and marks."""
    plain = QUOTES.sub("", name).replace("&", " and ").casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return _OTHER.sub(" ", plain).split()


def in_full(words: list[str]) -> list[str]:
    """Return plain words with those that are written short in full, one for one."""
    return [_in_full(words, place) for place in range(len(words))]


def _in_full(words: list[str], place: int) -> str:
    word = words[place]
    if word in _SAINTS:
        return "saint" if _is_saint(words, place) else _ENDINGS.get(word, word)
    if word in _ANYWHERE and len(words) > 1:
        return _ANYWHERE[word]
    return _ENDINGS.get(word, word) if place else word


def _is_saint(words: list[str], place: int) -> bool:
    if words[place] == "saint" or place == 0:
        return True
    if place == len(words) - 1:
        return False
    following = words[place + 1]
    is_kind = following in _ENDINGS or following in COMMON_WORDS
    return following.endswith("s") and not is_kind and following != "s"
