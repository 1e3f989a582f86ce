"""What a layer's ``[constraint]`` and ``[coverage]`` say, as typed and frozen values."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ConstraintEntry:
    """How a constraint check reads a layer; what is left out is as `planning.constraint` has it.

    ``category``: under which heading it comes. ``accuracy_m``: overlaps thinner than this are
    probably a neighbour's. ``margin_m``: within which the nearest feature is named where the layer
    does not apply. ``max_age_days``: older data is no answer. ``rights_field``: the field that
    names the permitted development rights which a feature takes away.
    """

    category: str = ""
    accuracy_m: float | None = None
    margin_m: float | None = None
    max_age_days: int | None = None
    rights_field: str = ""

    def as_stored(self) -> dict[str, Any]:
        """Return what `layers.models.Layer.constraint` keeps: only what is said."""
        return {key: value for key, value in asdict(self).items() if value not in ("", None)}


@dataclass(frozen=True, slots=True)
class CoverageEntry:
    """The area for which a layer can say that it does not apply; not stated if all is empty.

    ``area`` is "council" for the council's own. ``extent_27700`` is west, south, east, north in
    metres. ``layer`` names a layer whose features make up the area, ``features`` is true where the
    layer's own do.
    """

    area: str = ""
    extent_27700: tuple[float, float, float, float] | None = None
    layer: str = ""
    features: bool = False

    def as_stored(self) -> dict[str, Any]:
        """Return what `layers.models.Layer.coverage` keeps: only what is said."""
        said = asdict(self)
        if self.extent_27700:
            said["extent_27700"] = list(self.extent_27700)
        return {key: value for key, value in said.items() if value}
