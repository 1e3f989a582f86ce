"""What a page calls its place: a postcode is not one point, so only its middle is spoken of."""

from contextlib import suppress

from django.utils.translation import gettext as _

from gazetteer.query import Place, PostcodeSpread
from maps.field_values import describe_date

# Kinds of places that cover more ground than the one point that their answers are for.
_WIDE_KINDS = ("postcode", "postcode-district", "postcode-sector", "street", "place", "ward")
# “SP 066 868” is a square of a hundred metres; with more figures it is a house or less.
_FIGURES_OF_A_STREET = len("SP066868")


def is_of_middle(place: Place, spread: PostcodeSpread | None = None) -> bool:
    """Return whether answers are for the middle of something wider, such as a postcode.

    With a postcode's ``spread`` they are about all of its addresses, where they are known.
    """
    is_whole = place.part is not None or (spread is not None and spread.address_count > 0)
    return _is_wide(place) and not is_whole


def _is_wide(place: Place) -> bool:
    if place.kind == "grid-reference":
        return len(place.label.replace(" ", "")) <= _FIGURES_OF_A_STREET
    return place.kind in _WIDE_KINDS


def subject_of(place: Place, spread: PostcodeSpread | None = None) -> str:
    """Return the words that a sentence about the place begins with; ``spread`` as above."""
    if place.kind == "address":
        return _("This address")
    if is_of_middle(place, spread):
        return _("The middle of %(place)s") % {"place": place.label}
    return place.label


def sort_of(place: Place) -> str:
    """Return what sort of place it is, “Suburban Area”, or nothing where its name says that."""
    words = {
        "street": _("Street"),
        "ward": _("Ward"),
        "postcode-district": _("Postcode district"),
        "postcode-sector": _("Postcode sector"),
        "grid-reference": _("Grid reference"),
    }
    return place.detail or words.get(place.kind, "")


def say_ended(place: Place) -> str:
    """Return that a postcode is no longer in use, and since when; nothing of any other place."""
    if not place.ended_on:
        return ""
    day = place.ended_on
    # A source may write it in a form of its own: then its words are shown.
    with suppress(ValueError):
        day = describe_date(day)
    return _("%(place)s is not in use any more: it ended %(day)s.") % {
        "place": place.label,
        "day": day,
    }
