"""The map under every map, for the templates of all of them."""

from typing import Any

from django.template import Library

from maps import basemap as ground

register = Library()


@register.simple_tag
def basemap() -> dict[str, Any]:
    """Return what scripts need to draw it, and its attribution; nothing where there is none."""
    return ground.describe_basemap()


@register.simple_tag
def picture_host() -> str:
    """Return the host that a browser is sent to for the background, or "" for none."""
    return ground.picture_host()
