"""How a constraint check reads a layer, from what its catalogue entry says."""

from dataclasses import dataclass
from typing import Any

from layers.models import Theme

GENERAL_POLICY = "General policy"
_CATEGORIES = {Theme.HERITAGE: "Heritage and conservation"}


@dataclass(frozen=True, slots=True)
class ConstraintSettings:
    """What a check needs to know of a layer.

    ``accuracy_m``: lines drawn on Ordnance Survey's large-scale map, as nearly all of these are,
    are true to a metre in towns (its relative accuracy at 1:1250 is 0.5 m at one standard
    deviation, and two lines may err). ``margin_m``: where the layer does not apply, the nearest
    feature is named if it is within this. ``max_age_days``: older data is no answer; None: any
    age is. ``rights_field`` names the permitted development rights that a feature takes away.
    """

    category: str = GENERAL_POLICY
    accuracy_m: float = 1.0
    margin_m: float = 100.0
    max_age_days: int | None = None
    rights_field: str = ""


def settings_of(constraint: dict[str, Any], theme: str) -> ConstraintSettings:
    """Return the settings of a layer, as usual where its catalogue entry says nothing."""
    usual = {"category": _CATEGORIES.get(Theme(theme), GENERAL_POLICY)}
    return ConstraintSettings(**{**usual, **constraint})
