"""Sizes of paper, and of the map that fits on each."""

from dataclasses import dataclass

_A_SIZES_MM = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
MARGIN_MM = 10.0
GAP_MM = 4.0
# Title above; beside a wide map or under a high one: legend, sources, notes.
_TITLE_MM = 14.0
_FOOT_MM = {"a4": 66.0, "a3": 70.0}
_SIDE_MM = {"a4": 64.0, "a3": 80.0}


@dataclass(frozen=True, slots=True)
class PaperSize:
    """A sheet of paper lying or standing, and the map on it, in millimetres."""

    name: str
    is_landscape: bool
    width_mm: float
    height_mm: float
    map_width_mm: float
    map_height_mm: float
    panel_mm: float

    @property
    def panel_left_mm(self) -> float:
        """Where the panel beside a map begins."""
        return self.map_width_mm + GAP_MM

    @property
    def key(self) -> str:
        """How a form says it: ``a4-portrait``."""
        return f"{self.name}-{'landscape' if self.is_landscape else 'portrait'}"


def _size(name: str, *, is_landscape: bool) -> PaperSize:
    short_mm, long_mm = _A_SIZES_MM[name]
    width_mm, height_mm = (long_mm, short_mm) if is_landscape else (short_mm, long_mm)
    inner_width_mm = width_mm - 2 * MARGIN_MM
    inner_height_mm = height_mm - 2 * MARGIN_MM - _TITLE_MM
    if is_landscape:
        panel_mm = _SIDE_MM[name]
        map_mm = (inner_width_mm - panel_mm - GAP_MM, inner_height_mm)
    else:
        panel_mm = _FOOT_MM[name]
        map_mm = (inner_width_mm, inner_height_mm - panel_mm - GAP_MM)
    return PaperSize(name, is_landscape, width_mm, height_mm, *map_mm, panel_mm)


PAPERS: dict[str, PaperSize] = {
    size.key: size
    for size in (
        _size(name, is_landscape=is_landscape)
        for name in _A_SIZES_MM
        for is_landscape in (False, True)
    )
}


def paper_size(name: str, *, is_landscape: bool) -> PaperSize:
    """Return a size by its name, ``a4`` or ``a3``."""
    return PAPERS[f"{name}-{'landscape' if is_landscape else 'portrait'}"]
