"""What stands for a point: shapes 2 mm wide, as moves from where the point is."""

from maps.drawn.markup import number

RADIUS_MM = 1.3
CASING_MM = 0.3
# How far control points of the four curves of a circle lie, for a radius of 1.
_CURVE = 0.5523

# Corners in a box from -1 to 1, of the size that makes all shapes look equally large.
_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "triangle": ((0, -1.1), (1.05, 0.75), (-1.05, 0.75)),
    "diamond": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "star": (
        (0, -1.25), (0.36, -0.43), (1.25, -0.38), (0.57, 0.18), (0.78, 1.06),
        (0, 0.6), (-0.78, 1.06), (-0.57, 0.18), (-1.25, -0.38), (-0.36, -0.43),
    ),
    "cross": (
        (-0.36, -1), (0.36, -1), (0.36, -0.36), (1, -0.36), (1, 0.36), (0.36, 0.36),
        (0.36, 1), (-0.36, 1), (-0.36, 0.36), (-1, 0.36), (-1, -0.36), (-0.36, -0.36),
    ),
}  # fmt: skip


def symbol_path(symbol: str, radius_mm: float = RADIUS_MM) -> str:
    """Return a symbol as SVG that goes on from ``M x y`` of its point by relative moves."""
    if symbol not in _CORNERS:
        return _circle(radius_mm)
    corners = [(x * radius_mm, y * radius_mm) for x, y in _CORNERS[symbol]]
    moves = [
        (x - before_x, y - before_y)
        for (before_x, before_y), (x, y) in zip(corners, corners[1:], strict=False)
    ]
    first_x, first_y = corners[0]
    return f"m{number(first_x)} {number(first_y)}l" + _pairs(moves) + "z"


def _circle(radius: float) -> str:
    near, far = radius * (1 - _CURVE), radius * _CURVE
    quarters = (
        ((0, far), (-near, radius), (-radius, radius)),
        ((-far, 0), (-radius, -near), (-radius, -radius)),
        ((0, -far), (near, -radius), (radius, -radius)),
        ((far, 0), (radius, near), (radius, radius)),
    )
    return f"m{number(radius)} 0c" + " ".join(_pairs(each) for each in quarters) + "z"


def _pairs(points: "list[tuple[float, float]] | tuple[tuple[float, float], ...]") -> str:
    return " ".join(f"{number(x)} {number(y)}" for x, y in points)
