"""What a field holds, for people."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def type_words(type_: str) -> str:
    """Return what the type of a field is called."""
    return {
        "text": _("text"),
        "integer": _("integer"),
        "number": _("number"),
        "boolean": _("boolean"),
        "date": _("date"),
        "datetime": _("datetime"),
        "url": _("url"),
    }[type_]
