"""Within which limits a device's position can be used, for the script that asks for it."""

from django import template

from gazetteer.query import GREAT_BRITAIN_4326, WORST_ACCURACY_M

register = template.Library()


@register.simple_tag
def worst_accuracy_m() -> int:
    """Return the metres beyond which no address could be chosen by a position."""
    return round(WORST_ACCURACY_M)


@register.simple_tag
def great_britain() -> str:
    """Return west, south, east and north in degrees, with commas between them."""
    return ",".join(str(side) for side in GREAT_BRITAIN_4326)
