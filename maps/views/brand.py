"""A council's colours as a style sheet: the CSP allows none inside a page."""

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from maps.context import read_council

_HEX_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE | re.ASCII)


# Pages ask for it with the colour in the address, so another colour is another address.
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def show_brand(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_style_sheet(), content_type="text/css; charset=utf-8")


def _style_sheet() -> str:
    council = read_council()
    if council is None:
        return ""
    variables = {"--brand-colour": council.colour, "--brand-text-colour": council.text_colour}
    lines = [
        f"  {name}: {colour};\n"
        for name, colour in variables.items()
        if _HEX_COLOUR.fullmatch(colour)
    ]
    return f":root {{\n{''.join(lines)}}}\n"
