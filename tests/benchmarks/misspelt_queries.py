"""A seeded list of what people type: misspelt, abbreviated, in another order, cut short.

A question means the houses of one number in the streets of one name, in one locality where it was
typed. It is found when one of them is among the first five places: what was typed names them all
alike, and no search can know which of them was meant. Two things are no fair question, and are
drawn again: a spoilt name that is the name of another street ("manor rd" for "manor dr"), which
nobody would take for anything else, and a beginning that fits more than five names of streets with
such a house, of which no five can be right. People go on typing there, and so does the list.
"""

import random
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

SEED = 1127
MOST_NAMES_BEGUN = 5
Address = tuple[str, str, str]

_SHORT = {
    "road": ["rd", "Rd."], "street": ["st", "str"], "avenue": ["ave", "av"], "close": ["cl"],
    "drive": ["dr"], "lane": ["ln", "la"], "grove": ["gr", "gro"], "crescent": ["cres"],
    "place": ["pl"], "court": ["ct"], "gardens": ["gdns"], "terrace": ["tce", "terr"],
    "square": ["sq"], "walk": ["wk"],
}  # fmt: skip
_NEIGHBOURS = {
    "a": "sqz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hku", "k": "jli", "l": "ko", "m": "n", "n": "bm", "o": "ipl", "p": "ol",
    "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cb", "w": "qes", "x": "zc",
    "y": "tuh", "z": "xa",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, how it was spoilt, and the UPRNs that it means."""

    text: str
    how: str
    meant: frozenset[str]


def make_queries(
    addresses: Mapping[str, Address], count: int = 1000, seed: int = SEED
) -> list[Query]:
    """Return spoilt queries for addresses, given as house number, street and locality by UPRN.

    A street's name that is in more than one locality comes with its locality, as people who
    know of the other one type it; of the rest every second does.
    """
    chance = random.Random(seed)
    known = _Known(addresses)
    keys = list(addresses)
    ways = list(_WAYS.items())
    queries = []
    while len(queries) < count:
        number, street, locality = addresses[chance.choice(keys)]
        how, spoil = ways[len(queries) % len(ways)]
        has_locality = known.is_repeated(street) or chance.random() < 0.5 or how in _NEED_LOCALITY
        around = locality.lower() if has_locality else ""
        text = spoil(number, street.lower(), around, chance)
        if known.is_another(_street_in(text, number, around), street):
            continue
        queries.append(Query(text, how, known.meant(number, street, locality, has_locality)))
    return queries


def make_beginnings(
    addresses: Mapping[str, Address], count: int = 300, seed: int = SEED
) -> list[Query]:
    """Return what is there when people have typed the half or more of a number and a street.

    As much as leaves five names at most.
    """
    chance = random.Random(f"{seed} beginnings")
    known = _Known(addresses)
    keys = list(addresses)
    queries = []
    for _ in range(count):
        number, street, locality = addresses[chance.choice(keys)]
        name = street.lower()
        length = chance.randint(max(3, len(name) // 2), len(name))
        while length < len(name) and known.begin_so(number, name[:length]) > MOST_NAMES_BEGUN:
            length += 1
        typed = name[:length]
        meant = known.meant(number, street, locality, False)
        queries.append(Query(f"{number} {typed}", "beginning", meant))
    return queries


class _Known:
    def __init__(self, addresses: Mapping[str, Address]) -> None:
        self._localities: dict[str, set[str]] = defaultdict(set)
        self._exact: dict[Address, set[str]] = defaultdict(set)
        self._anywhere: dict[tuple[str, str], set[str]] = defaultdict(set)
        names: dict[str, set[str]] = defaultdict(set)
        for uprn, (number, street, locality) in addresses.items():
            self._localities[street].add(locality)
            self._exact[number, street, locality].add(uprn)
            self._anywhere[number, street].add(uprn)
            names[number].add(street.lower())
        self._names = {number: sorted(streets) for number, streets in names.items()}
        self._written = {
            text: street.lower() for street in self._localities for text in _ways_to_write(street)
        }

    def is_another(self, text: str, street: str) -> bool:
        """Return whether a text is the name of another street, in full or short."""
        return self._written.get(text, street.lower()) != street.lower()

    def begin_so(self, number: str, text: str) -> int:
        """Return how many names of streets with such a house begin with a text."""
        names = self._names[number]
        return bisect_left(names, text + "~") - bisect_left(names, text)

    def is_repeated(self, street: str) -> bool:
        return len(self._localities[street]) > 1

    def meant(self, number: str, street: str, locality: str, has_locality: bool) -> frozenset[str]:
        if has_locality:
            return frozenset(self._exact[number, street, locality])
        return frozenset(self._anywhere[number, street])


def _ways_to_write(street: str) -> list[str]:
    *words, last = street.lower().split()
    shorts = [short.lower().rstrip(".") for short in _SHORT.get(last, ())]
    return [" ".join([*words, kind]) for kind in (last, *shorts)]


def _street_in(text: str, number: str, around: str) -> str:
    """Return what is left of a question without its number and what is around the street."""
    words = text.replace(around, " ") if around else text
    left = [word for word in re.split(r"[\s,.]+", words) if word not in (number, "birmingham")]
    return " ".join(filter(None, left))


def _misspelt(number: str, street: str, locality: str, chance: random.Random) -> str:
    return _joined(f"{number} {_typo(street, chance)}", locality)


def _misspelt_twice(number: str, street: str, locality: str, chance: random.Random) -> str:
    spoilt = _typo(street, chance)
    return _joined(f"{number} {_typo(spoilt, chance) if len(street) > 12 else spoilt}", locality)


def _abbreviated(number: str, street: str, locality: str, chance: random.Random) -> str:
    return _joined(f"{number} {_shortened(street, chance)}", locality)


def _reordered(number: str, street: str, locality: str, chance: random.Random) -> str:
    return f"{locality} {number} {street}"


def _reordered_misspelt(number: str, street: str, locality: str, chance: random.Random) -> str:
    return f"{number} {locality} {_shortened(_typo(street, chance), chance)}"


def _without_commas(number: str, street: str, locality: str, chance: random.Random) -> str:
    text = f"{number} {_typo(_shortened(street, chance), chance)} {locality} birmingham"
    return " ".join(text.split())


def _plain(number: str, street: str, locality: str, chance: random.Random) -> str:
    text = street.replace("'", chance.choice(["", "’", "'", "`"]))
    text = f"saint {text[3:]}" if text.startswith("st ") else text
    return _joined(f"{number}, {text}" if chance.random() < 0.3 else f"{number} {text}", locality)


_WAYS: dict[str, Callable[[str, str, str, random.Random], str]] = {
    "misspelt": _misspelt,
    "misspelt twice": _misspelt_twice,
    "abbreviated": _abbreviated,
    "reordered": _reordered,
    "reordered and misspelt": _reordered_misspelt,
    "misspelt, with all around": _without_commas,
    "quotes and saints": _plain,
}
_NEED_LOCALITY = ("reordered", "reordered and misspelt")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _shortened(street: str, chance: random.Random) -> str:
    *words, last = street.split()
    return " ".join([*words, chance.choice(_SHORT[last])]) if last in _SHORT else street


def _typo(street: str, chance: random.Random) -> str:
    """Return the name with a letter left out, doubled, swapped, or hit beside."""
    places = [place for place, letter in enumerate(street) if letter.isalpha()]
    place = chance.choice(places[1:])
    before, letter, after = street[:place], street[place], street[place + 1 :]
    return chance.choice(
        [
            before + after,
            before + letter + letter + after,
            before + after[:1] + letter + after[1:] if after[:1].isalpha() else before + after,
            before + chance.choice(_NEIGHBOURS.get(letter, "e")) + after,
        ]
    )


def recall(found: Iterable[Iterable[str]], queries: Iterable[Query]) -> float:
    """Return the share of queries for which what was found has an address that was meant."""
    hits = [
        bool(query.meant.intersection(uprns)) for query, uprns in zip(queries, found, strict=True)
    ]
    return sum(hits) / len(hits)
