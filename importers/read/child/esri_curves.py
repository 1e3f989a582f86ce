"""Turns the curves of Esri JSON into short straight lines."""

import math
from typing import Any

import numpy as np

Position = list[Any]

# How far an arc's chords stray from it, of its radius: 1 cm on a bend of 1 km.
_SAGITTA_SHARE = 1e-5
_STEP_RADIANS = 2 * math.acos(1 - _SAGITTA_SHARE)
_BEZIER_STEPS = 64


def straight(path: list[Any]) -> list[Position]:
    """Return a path or ring with each curve in it drawn by positions on it.

    Curves are ``{"c": [end, through]}``, an arc of a circle, and
    ``{"b": [end, control, control]}``, a cubic Bézier curve.

    Raises
    ------
    ValueError
        It holds a curve of another kind, such as an arc of an ellipse.
    """
    positions: list[Position] = []
    for step in path:
        if not isinstance(step, dict):
            positions.append(step)
        elif "c" in step:
            end, through = step["c"]
            positions += _arc(positions[-1], through, end)
        elif "b" in step:
            end, first, second = step["b"]
            positions += _bezier(positions[-1], first, second, end)
        else:
            raise ValueError("a curve that is neither an arc of a circle nor a Bézier curve")
    return positions


def _arc(start: Position, through: Position, end: Position) -> list[Position]:
    """Return positions after ``start`` up to ``end`` on the circle through all three."""
    centre = _centre(start, through, end)
    if centre is None:
        return [through[:2], end[:2]]
    radius = math.dist(centre, start[:2])
    angles = [
        math.atan2(y - centre[1], x - centre[0]) for x, y in (start[:2], through[:2], end[:2])
    ]
    turn = (angles[2] - angles[0]) % math.tau
    if (angles[1] - angles[0]) % math.tau > turn:
        turn -= math.tau
    steps = max(2, math.ceil(abs(turn) / _STEP_RADIANS))
    passed = angles[0] + turn * np.arange(1, steps) / steps
    circle = np.column_stack([np.cos(passed), np.sin(passed)]) * radius + centre
    return [*circle.tolist(), end[:2]]


def _centre(start: Position, through: Position, end: Position) -> list[float] | None:
    """Return the centre of the circle through three positions, None if they are in line."""
    (ax, ay), (bx, by) = (np.subtract(each[:2], start[:2]) for each in (through, end))
    twice_area = 2 * (ax * by - ay * bx)
    if math.isclose(twice_area, 0.0, abs_tol=1e-12):
        # Back at its start an arc is a whole circle, and opposite lies the middle of it.
        is_circle = not (bx or by) and (ax or ay)
        return [start[0] + ax / 2, start[1] + ay / 2] if is_circle else None
    a_squared, b_squared = ax**2 + ay**2, bx**2 + by**2
    return [
        start[0] + (by * a_squared - ay * b_squared) / twice_area,
        start[1] + (ax * b_squared - bx * a_squared) / twice_area,
    ]


def _bezier(start: Position, first: Position, second: Position, end: Position) -> list[Position]:
    share = np.arange(1, _BEZIER_STEPS + 1)[:, None] / _BEZIER_STEPS
    corners = [np.array(each[:2], float) for each in (start, first, second, end)]
    weights = ((1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3)
    curve = sum(weight * corner for weight, corner in zip(weights, corners, strict=True))
    return list(np.asarray(curve).tolist())
