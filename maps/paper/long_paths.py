"""Paths of maps, read in one go: WeasyPrint takes 0.1 ms for each vertex, and a sheet has 100,000.

WeasyPrint's own reading allows all of SVG. What PostgreSQL writes needs M, m, L, l, c and z alone,
and numbers between spaces; anything else, and whatever is short, is left to WeasyPrint. Remove this
when it reads paths in linear time and without a pattern match for each number.
"""

import re
from collections.abc import Iterator
from typing import Any

_SHORT = 400
_PLAIN = re.compile(r"[MmLlcZz0-9 .-]+")
_STEP = re.compile(r"([MmLlcZz])([^MmLlcZz]*)")


def draw_long_paths_quickly() -> None:
    """Have WeasyPrint draw the paths of maps by `operators`. Once for each process."""
    from weasyprint import svg
    from weasyprint.svg.bounding_box import BOUNDING_BOX_METHODS

    read_any = svg.TAGS["path"]
    measure_any = BOUNDING_BOX_METHODS["path"]

    def draw(drawing: Any, node: Any, font_size: Any) -> None:
        path = node.get("d", "")
        if not _is_long_and_plain(path):
            read_any(drawing, node, font_size)
            return
        drawing.stream.stream.append(b"\n".join(operators(path)))

    def measure(drawing: Any, node: Any, font_size: Any) -> Any:
        if not _is_long_and_plain(node.get("d", "")):
            return measure_any(drawing, node, font_size)
        # The whole drawing: it is only asked where a pattern begins and how far a group reaches.
        return 0, 0, drawing.inner_width, drawing.inner_height

    svg.TAGS["path"] = draw
    BOUNDING_BOX_METHODS["path"] = measure


def operators(path: str) -> Iterator[bytes]:
    """Return an SVG path as operators of PDF: both have the same moves, PDF's are absolute."""
    x = y = start_x = start_y = 0.0
    for step in _STEP.finditer(path):
        letter, text = step.groups()
        values = list(map(float, text.split()))
        if letter in "Zz":
            yield b"h"
            x, y = start_x, start_y
            continue
        if letter == "c":
            for at in range(0, len(values), 6):
                x1, y1, x2, y2, x3, y3 = values[at : at + 6]
                yield b"%.2f %.2f %.2f %.2f %.2f %.2f c" % (
                    x + x1, y + y1, x + x2, y + y2, x + x3, y + y3,
                )  # fmt: skip
                x, y = x + x3, y + y3
            continue
        is_relative = letter in "ml"
        operator = b"m" if letter in "Mm" else b"l"
        for at in range(0, len(values), 2):
            dx, dy = values[at], values[at + 1]
            x, y = (x + dx, y + dy) if is_relative else (dx, dy)
            yield b"%.2f %.2f %s" % (x, y, operator)
            if operator == b"m":
                start_x, start_y = x, y
                operator = b"l"


def _is_long_and_plain(path: str) -> bool:
    return len(path) > _SHORT and _PLAIN.fullmatch(path) is not None
