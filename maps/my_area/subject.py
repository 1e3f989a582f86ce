"""What a sentence calls the place: a postcode is not one point, so only its middle is spoken of."""

from django.utils.translation import gettext as _

from gazetteer.query import Place, PostcodeSpread

# Kinds of places that cover more ground than the one point that their answers are for.
_WIDE_KINDS = ("postcode", "street", "place")


def is_of_middle(place: Place, spread: PostcodeSpread | None = None) -> bool:
    """Return whether answers are for the middle of something wider, such as a postcode.

    With a postcode's ``spread`` they are about all of its addresses, where they are known.
    """
    is_whole = place.part is not None or (spread is not None and spread.address_count > 0)
    return place.kind in _WIDE_KINDS and not is_whole


def subject_of(place: Place, spread: PostcodeSpread | None = None) -> str:
    """Return the words that a sentence about the place begins with; ``spread`` as above."""
    if place.kind == "address":
        return _("This address")
    if is_of_middle(place, spread):
        return _("The middle of %(place)s") % {"place": place.label}
    return place.label
