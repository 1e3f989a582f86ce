"""Which sort of school one is, from the words of the register, Get Information about Schools.

There the phase of special and independent schools is “Not applicable”: their type tells.
"""

from enum import IntEnum

from django.utils.translation import gettext as _


class SchoolKind(IntEnum):
    """Sorts of schools, in the order in which a child meets them."""

    NURSERY = 1
    PRIMARY = 2
    SECONDARY = 3
    ALL_THROUGH = 4
    SIXTEEN_PLUS = 5
    SPECIAL = 6
    ALTERNATIVE = 7
    INDEPENDENT = 8
    OTHER = 9


_BY_TYPE = (
    ("special", SchoolKind.SPECIAL),
    ("pupil referral", SchoolKind.ALTERNATIVE),
    ("alternative provision", SchoolKind.ALTERNATIVE),
    ("independent", SchoolKind.INDEPENDENT),
)
_BY_PHASE = (
    ("special", SchoolKind.SPECIAL),
    ("nursery", SchoolKind.NURSERY),
    ("all-through", SchoolKind.ALL_THROUGH),
    ("all through", SchoolKind.ALL_THROUGH),
    # “Middle deemed primary” is a primary school by law.
    ("primary", SchoolKind.PRIMARY),
    ("infant", SchoolKind.PRIMARY),
    ("junior", SchoolKind.PRIMARY),
    ("secondary", SchoolKind.SECONDARY),
    ("16 plus", SchoolKind.SIXTEEN_PLUS),
)


def kind_of(phase: str, type_: str) -> SchoolKind:
    """Return the sort of school that a phase and a type of establishment make."""
    for words, said in ((_BY_TYPE, type_.lower()), (_BY_PHASE, phase.lower())):
        for word, kind in words:
            if word in said:
                return kind
    return SchoolKind.OTHER


def title_of_kind(kind: SchoolKind) -> str:
    """Return what schools of a sort are called, in the plural."""
    return {
        SchoolKind.NURSERY: _("Nursery schools"),
        SchoolKind.PRIMARY: _("Primary schools"),
        SchoolKind.SECONDARY: _("Secondary schools"),
        SchoolKind.ALL_THROUGH: _("All-through schools, from 4 to 16 or older"),
        SchoolKind.SIXTEEN_PLUS: _("Colleges, from 16"),
        SchoolKind.SPECIAL: _("Special schools"),
        SchoolKind.ALTERNATIVE: _("Pupil referral units and alternative provision"),
        SchoolKind.INDEPENDENT: _("Independent schools"),
        SchoolKind.OTHER: _("Other schools"),
    }[kind]
