"""What a sentence calls the place: a postcode is not one point, so only its middle is spoken of."""

from django.utils.translation import gettext as _

from gazetteer.query import Place

# Kinds of places that cover more ground than the one point that their answers are for.
_WIDE_KINDS = ("postcode", "street", "place")


def subject_of(place: Place) -> str:
    """Return the words that a sentence about the place begins with."""
    if place.kind == "address":
        return _("This address")
    if place.kind in _WIDE_KINDS:
        return _("The middle of %(place)s") % {"place": place.label}
    return place.label
