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

    def feature_sql(self, *, has_distance: bool = False, is_kept: bool = True) -> str:
        """Return the SQL of a row as GeoJSON text without its closing brace.

        Parameters
        ----------
        has_distance
            The row has a ``distance_m``, which is shown among its properties.
        is_kept
            The text as pages have it may lie in the row, so that it need not be made.
        """
        made = (
            """'{"type":"Feature","id":"' || fid || '","geometry":'"""
            f" || coalesce({self.system.geojson}, 'null')"
            f""" || ',"properties":' || {self._properties_sql(has_distance=has_distance)}"""
        )
        if is_kept and not has_distance and self == Output():
            return f"coalesce(geojson, {made})"
        return made

    def _properties_sql(self, *, has_distance: bool) -> str:
        shown = "properties" if self.properties is None else _CHOSEN
        if has_distance:
            shown = f"({shown} || jsonb_build_object('distance_m', round(distance_m::numeric, 1)))"
        return f"{shown}::text"

    def values(self) -> dict[str, Any]:
        """Return the values that its SQL binds."""
        return {} if self.properties is None else {"shown_properties": list(self.properties)}
