"""What of a feature is shown, and in which coordinates."""

from dataclasses import dataclass
from typing import Any

from layers.query.reference_systems import CRS84, ReferenceSystem

_CHOSEN = (
    "coalesce((SELECT jsonb_object_agg(name, properties -> name)"
    " FROM unnest(%(shown_properties)s::text[]) AS name), '{}')"
)


@dataclass(frozen=True, slots=True)
class Output:
    """How a feature is written as GeoJSON.

    ``properties`` are the names of those to show, all of them if None.
    """

    system: ReferenceSystem = CRS84
    properties: tuple[str, ...] | None = None

    def properties_sql(self, *, has_distance: bool = False) -> str:
        """Return the SQL of a row's properties as JSON text.

        Parameters
        ----------
        has_distance
            The row has a ``distance_m``, which is shown among them.
        """
        shown = "properties" if self.properties is None else _CHOSEN
        if has_distance:
            shown = f"({shown} || jsonb_build_object('distance_m', round(distance_m::numeric, 1)))"
        return f"{shown}::text"

    def values(self) -> dict[str, Any]:
        """Return the values that its SQL binds."""
        return {} if self.properties is None else {"shown_properties": list(self.properties)}
