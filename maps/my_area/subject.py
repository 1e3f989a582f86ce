"""What a sentence calls the place: a postcode is not one point, so only its middle is spoken of."""

from django.utils.translation import gettext as _

from gazetteer.query import Place, PostcodeSpread

# Kinds of places that cover more ground than the one point that their answers are for.
_WIDE_KINDS = ("postcode", "street", "place")


def is_of_middle(place: Place) -> bool:
    """Return whether answers are for the middle of something wider, such as a postcode."""
    return place.kind in _WIDE_KINDS


def subject_of(place: Place, spread: PostcodeSpread | None = None) -> str:
    """Return the words that a sentence about the place begins with.

    With a postcode's ``spread`` the sentence is about all of its addresses, where they are known.
    """
    if place.kind == "address":
        return _("This address")
    if place.part or (spread and spread.address_count):
        return place.label
    if is_of_middle(place):
        return _("The middle of %(place)s") % {"place": place.label}
    return place.label
