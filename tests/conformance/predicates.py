"""Filters over `tests.factories.filter_layers`, each with the same said in Python."""

import operator
import re
import unicodedata
from datetime import date, datetime

from tests.conformance.filtered import Predicate, known

OPERATORS = {
    "=": operator.eq,
    "<>": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
instant = datetime.fromisoformat
_DAY = date(2022, 5, 14)
_TIME = instant("2022-04-16T10:13:19+00:00")

# Of each type: how a value is written, the property, its value for comparing, and how it is read.
COMPARED = (
    ("'København'", "name", "København", str),
    ("'open'", "status", "open", str),
    ("1038", "pop", 1038, int),
    ("59.5", "height", 59.5, float),
    ("true", "open", True, bool),
    ("DATE('2022-05-14')", "day", _DAY, date.fromisoformat),
    ("TIMESTAMP('2022-04-16T10:13:19Z')", "start", _TIME, instant),
)

BASIC: dict[str, Predicate] = {
    f"{name}{sign}{text}": known(name)(
        lambda value, compare=compare, other=other, read=read: compare(read(value), other)
    )
    for text, name, other, read in COMPARED
    for sign, compare in OPERATORS.items()
} | {
    f"{name} IS {word}NULL": lambda properties, _, name=name, word=word: (
        (properties[name] is None) == (not word)
    )
    for name in ("name", "pop", "height", "open", "day", "start", "link")
    for word in ("", "NOT ")
}

ADVANCED: dict[str, Predicate] = {
    "name LIKE 'B_r%'": known("name")(lambda name: bool(re.match("(?s)B.r", name))),
    "name NOT LIKE 'B_r%'": known("name")(lambda name: not re.match("(?s)B.r", name)),
    "name LIKE '%'": known("name")(lambda name: True),
    "name LIKE '_%'": known("name")(lambda name: name != ""),
    "name LIKE ''": known("name")(lambda name: name == ""),
    r"name LIKE '%\%'": known("name")(lambda name: name.endswith("%")),
    r"name LIKE 'snake\_%'": known("name")(lambda name: name.startswith("snake_")),
    "name LIKE '%''%'": known("name")(lambda name: "'" in name),
    "pop between 1000 and 3000": known("pop")(lambda pop: 1000 <= pop <= 3000),
    "pop not between 1000 and 3000": known("pop")(lambda pop: not 1000 <= pop <= 3000),
    "height between 100.0 and 1.0": known("height")(lambda height: False),
    "name IN ('Kiev','kobenhavn','Berlin','foo')": known("name")(
        lambda name: name in ("Kiev", "Berlin")
    ),
    "name NOT IN ('Kiev','kobenhavn','Berlin','foo')": known("name")(
        lambda name: name not in ("Kiev", "Berlin")
    ),
    "pop in (1, 2, 3)": known("pop")(lambda pop: pop in (1, 2, 3)),
    "pop not in (1, 2, 3)": known("pop")(lambda pop: pop not in (1, 2, 3)),
    "day in (DATE('2004-05-05'), DATE('2010-02-11'))": known("day")(
        lambda day: day in ("2004-05-05", "2010-02-11")
    ),
    "day not in ('2004-05-05', '2010-02-11')": known("day")(
        lambda day: day not in ("2004-05-05", "2010-02-11")
    ),
    "start in (TIMESTAMP('2022-04-16T10:13:19Z'))": known("start")(
        lambda start: instant(start) == _TIME
    ),
    "start in ('2022-04-16T10:13:19Z', '2022-04-14T15:52:56Z')": known("start")(
        lambda start: instant(start) == _TIME
    ),
    "open in (true)": known("open")(lambda open: open),
    "open not in (false)": known("open")(lambda open: open),
}


def _plain(text: str) -> str:
    """Return text without its accents; ø has none to take away, and stands for a plain o."""
    apart = unicodedata.normalize("NFD", text.replace("ø", "o").replace("Ø", "O"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _fold(text: str) -> str:
    return text.casefold()


CASE_INSENSITIVE: dict[str, Predicate] = {
    **{
        f"CASEI(name)=casei('{text}')": known("name")(
            lambda name, text=text: _fold(name) == _fold(text)
        )
        for text in ("KIEV", "kiev", "KØBENHAVN", "københavn", "straße", "Strasse", "中文")
    },
    "CASEI(name) <> casei('ELM')": known("name")(lambda name: _fold(name) != "elm"),
    "CASEI(name) LIKE casei('B_r%')": known("name")(
        lambda name: bool(re.match("(?s)b.r", _fold(name)))
    ),
    "CASEI(name) LIKE casei('b_R%')": known("name")(
        lambda name: bool(re.match("(?s)b.r", _fold(name)))
    ),
    "CASEI(name) IN (casei('Kiev'), casei('kobenhavn'), casei('BERLIN'))": known("name")(
        lambda name: _fold(name) in ("kiev", "kobenhavn", "berlin")
    ),
}
ACCENT_INSENSITIVE: dict[str, Predicate] = {
    **{
        f"ACCENTI(name)=accenti('{text}')": known("name")(
            lambda name, text=text: _plain(name) == _plain(text)
        )
        for text in ("København", "Kobenhavn", "Kiev", "Elm", "Élm", "E\u0301lm")
    },
    "ACCENTI(name) <> accenti('Elm')": known("name")(lambda name: _plain(name) != "Elm"),
    "ACCENTI(CASEI(name))=accenti(casei('KOBENHAVN'))": known("name")(
        lambda name: _plain(_fold(name)) == "kobenhavn"
    ),
    "ACCENTI(CASEI(name)) LIKE accenti(casei('kØ%'))": known("name")(
        lambda name: _plain(_fold(name)).startswith("ko")
    ),
    "ACCENTI(name) LIKE accenti('Ko%')": known("name")(lambda name: _plain(name).startswith("Ko")),
    "ACCENTI(CASEI(name)) IN (accenti(casei('Kiev')), accenti(casei('elm')))": known("name")(
        lambda name: _plain(_fold(name)) in ("kiev", "elm")
    ),
}

ARITHMETIC: dict[str, Predicate] = {
    "pop=1030+8": known("pop")(lambda pop: pop == 1038),
    "pop>=1040-2*2^0": known("pop")(lambda pop: pop >= 1038),
    "pop>1040-20/10": known("pop")(lambda pop: pop > 1038),
    "pop>1040-21 div 10": known("pop")(lambda pop: pop > 1038),
    "pop>1040-5%2": known("pop")(lambda pop: pop > 1039),
    "pop<=1000+8*11": known("pop")(lambda pop: pop <= 1088),
    "pop<>1040-2^1": known("pop")(lambda pop: pop != 1038),
    "pop between 4000/4 and (3*(900+100))": known("pop")(lambda pop: 1000 <= pop <= 3000),
    "pop in (1000+38,3*1000+13,30*100)": known("pop")(lambda pop: pop in (1038, 3013, 3000)),
    "1030+8=pop": known("pop")(lambda pop: pop == 1038),
    "pop * 2 + 1 > height": known("pop", "height")(lambda pop, height: pop * 2 + 1 > height),
    "-pop < 0 - 100": known("pop")(lambda pop: -pop < -100),
    "pop % 7 = 3": known("pop")(lambda pop: pop - 7 * int(pop / 7) == 3),
    "pop div 10 = 42": known("pop")(lambda pop: int(pop / 10) == 42),
    "height ^ 2 > 10000": known("height")(lambda height: height**2 > 10000),
    "2 ^ (pop_max - pop) = 4": known("pop", "pop_max")(lambda pop, most: 2 ** (most - pop) == 4),
    # Divided by nothing, there is no number to compare.
    "pop / (pop_max - pop) > 500": lambda p, _: (
        None
        if p["pop"] is None or p["pop_max"] is None or p["pop_max"] == p["pop"]
        else p["pop"] / (p["pop_max"] - p["pop"]) > 500
    ),
}

PROPERTY_PROPERTY: dict[str, Predicate] = {
    **{
        f"{text}{sign}{name}": known(name)(
            lambda value, compare=compare, other=other, read=read: compare(other, read(value))
        )
        for text, name, other, read in COMPARED
        for sign, compare in OPERATORS.items()
    },
    **{
        f"{one}{sign}{other}": known(one, other)(
            lambda a, b, compare=compare, read=read: compare(read(a), read(b))
        )
        for one, other, read in (
            ("name", "name_ascii", str),
            ("pop_min", "pop_max", int),
            ("pop", "height", float),
            ("day", "until", date.fromisoformat),
            ("start", "finish", instant),
            ("open", "open", bool),
        )
        for sign, compare in OPERATORS.items()
    },
    "'København' LIKE 'K_benhavn'": lambda properties, _: True,
    "'København' NOT LIKE 'K_benhavn'": lambda properties, _: False,
    "pop between pop_min and pop_max": known("pop", "pop_min", "pop_max")(
        lambda pop, least, most: least <= pop <= most
    ),
    "pop in (pop_min, pop_max)": lambda p, _: (
        None
        if p["pop"] is None
        else True
        if p["pop"] in (p["pop_min"], p["pop_max"])
        else None
        if None in (p["pop_min"], p["pop_max"])
        else False
    ),
}
