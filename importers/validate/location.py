"""Do the features lie where the council is? And if not, what do the numbers look like?"""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.catalogue.entries import Crs
from importers.errors import CheckFailed
from importers.findings import Finding
from importers.fixes import Fixes, Offer
from importers.validate.damaged_grid import guess_damage
from importers.validate.filters import FILTERED
from importers.validate.whereabouts import NOWHERE, describe_way, name_region, way_in_degrees
from layers import crs
from layers.crs import Geometries

Extent = tuple[float, float, float, float]

# Enough rows to judge a file by, so that a wrong one is refused before all of it is read.
ENOUGH_ROWS = 20_000
_FITS = 0.9
_SAMPLE = 1_000
_MISSES = 0.5


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read two columns of numbers: in which CRS, and swapped or not."""

    crs: Crs
    is_swapped: bool

    def inside(
        self, x: NDArray[np.float64], y: NDArray[np.float64], extent: Extent
    ) -> NDArray[np.bool_]:
        if self.is_swapped:
            x, y = y, x
        if self.crs == "EPSG:4326":
            x, y = crs.national_grid_from_lonlat(x, y)
        west, south, east, north = extent
        with np.errstate(invalid="ignore"):
            return (x >= west) & (x <= east) & (y >= south) & (y <= north)

    def offer(self, inside: int, located: int, said: Collection[str] = ()) -> Offer:
        crs = None if set(said) == {self.crs} else self.crs
        words = f"Read them as {_WORDS[self]}: {inside:,} of {located:,} fall inside."
        return Offer(Fixes(crs=crs, swap_axes=self.is_swapped), words)


_WORDS = {
    _Reading("EPSG:27700", False): "eastings and northings (British National Grid)",
    _Reading("EPSG:27700", True): "northings and eastings the wrong way round",
    _Reading("EPSG:4326", False): "longitudes and latitudes in degrees",
    _Reading("EPSG:4326", True): "latitudes and longitudes the wrong way round",
}
_LOOKS = {
    _Reading("EPSG:27700", False): "British National Grid",
    _Reading("EPSG:27700", True): "British National Grid, northing before easting",
    _Reading("EPSG:4326", False): "longitude and latitude in degrees",
    _Reading("EPSG:4326", True): "degrees, latitude before longitude",
}


@dataclass
class LocationTally:
    """How many features lie in the council's extent, under each way to read the numbers.

    ``extent`` is west, south, east, north in EPSG:27700, metres, with the layer's
    margin already added. Of a source that ``covers_more`` any feature inside will do.
    """

    extent: Extent
    declared_crs: Crs
    covers_more: bool = False
    located: int = 0
    inside: dict[_Reading, int] = field(default_factory=lambda: dict.fromkeys(_WORDS, 0))
    as_declared: int = 0
    said: set[Crs] = field(default_factory=set)
    sample: list[tuple[float, float]] = field(default_factory=list)

    def add(self, shapes: Geometries, crs_by_row: NDArray[np.object_] | None = None) -> None:
        """Count a batch of source shapes by the middle of their bounds.

        They are in the declared CRS, or each in its own where ``crs_by_row`` says it.
        """
        bounds = shapely.bounds(shapes)
        # None, an empty shape and one with NaN say nothing about the whole file.
        known = np.isfinite(bounds).all(axis=1)
        if not known.any():
            return
        x, y = bounds[known][:, [0, 2]].mean(axis=1), bounds[known][:, [1, 3]].mean(axis=1)
        codes = np.full(len(x), self.declared_crs) if crs_by_row is None else crs_by_row[known]
        self.located += len(x)
        self.said.update(codes.tolist())
        room = max(0, _SAMPLE - len(self.sample))
        self.sample.extend(zip(x[:room].tolist(), y[:room].tolist(), strict=True))
        for reading in _WORDS:
            inside = reading.inside(x, y, self.extent)
            self.inside[reading] += int(inside.sum())
            if not reading.is_swapped:
                self.as_declared += int(inside[codes == reading.crs].sum())

    def refuse_misread(self, council: str) -> None:
        """Stop when the declared reading misses the council and another one fits.

        Raises
        ------
        CheckFailed
            ``AXIS-SWAPPED`` or ``CRS-MISMATCH``, with what the numbers look like;
            ``OUTSIDE-AREA`` when nothing fits.
        """
        enough = 1 if self.covers_more else _MISSES * self.located
        if not self.located or self.as_declared >= enough:
            return
        missed = self.located - self.as_declared
        words = [_WORDS[_Reading(code, False)] for code in sorted(self.said)]
        start = (
            f"{missed} of {self.located} locations are outside {council} when read as "
            f"{' or '.join(words)}{self._say_where()}"
        )
        for reading, inside in self.inside.items():
            if inside >= (1 if self.covers_more else _FITS * self.located):
                raise CheckFailed(
                    f"{start}; read as {_WORDS[reading]}, {inside} are inside. Mend the file, or "
                    "the columns or crs of the layer's catalogue entry, and import it again. "
                    "Nothing was changed.",
                    code="AXIS-SWAPPED" if reading.crs in self.said else "CRS-MISMATCH",
                    offers=(reading.offer(inside, self.located, self.said),),
                )
        if damage := self._guess_damage():
            raise CheckFailed(
                f"{start}. They look like {damage}. Export the file again with eastings and "
                "northings in whole metres. Nothing was changed.",
                code="CRS-MISMATCH",
            )
        raise CheckFailed(
            f"{start}, and no other way to read them fits. Is this the right file? "
            "Nothing was changed.",
            code="OUTSIDE-AREA",
        )

    def _say_where(self) -> str:
        """Return where the middle one of the locations lies, from the council and on earth."""
        if self.said != {self.declared_crs}:
            return ""
        x, y = np.median(np.array(self.sample), axis=0).tolist()
        west, south, east, north = self.extent
        middle = ((west + east) / 2, (south + north) / 2)
        if self.declared_crs == "EPSG:27700":
            return f" ({describe_way(x - middle[0], y - middle[1])} of it)"
        region = name_region(x, y)
        if region == NOWHERE:
            return f" ({region}: degrees go to 180 and to 90)"
        way = describe_way(*way_in_degrees(crs.point_4326(*middle), (x, y)))
        return f" ({region}, {way} of it)"

    def _guess_damage(self) -> str | None:
        if self.said != {"EPSG:27700"}:
            return None
        positions = np.array(self.sample)
        return guess_damage(positions[:, 0], positions[:, 1], self.extent)


def look_like(shapes: Geometries, extent: Extent) -> tuple[Offer, ...]:
    """Return the ways to read coordinates of an unknown system by which nearly all fit.

    Parameters
    ----------
    shapes
        As the source gives them; what they are in is not known.
    extent
        The council's: west, south, east, north in EPSG:27700, metres.
    """
    tally = LocationTally(extent, "EPSG:27700")
    tally.add(shapes)
    return tuple(
        Offer(
            Fixes(crs=reading.crs, swap_axes=reading.is_swapped),
            f"The numbers look like {_LOOKS[reading]}: {inside:,} of {tally.located:,} fall inside "
            "the council's area. Is that right?",
        )
        for reading, inside in tally.inside.items()
        if tally.located and inside >= _FITS * tally.located
    )


def find_outside(
    shapes_27700: Geometries,
    rows: NDArray[np.int64],
    extent: Extent,
    margin_m: float,
    council: str,
    *,
    covers_more: bool = False,
) -> list[Finding]:
    """Return a finding for each feature that lies beyond the extent and its margin.

    It is an error, or, of a source that ``covers_more``, left out on purpose.

    Parameters
    ----------
    shapes_27700
        EPSG:27700, metres; None for a row without location.
    extent
        The council's: west, south, east, north in metres.
    """
    west, south, east, north = widened(extent, margin_m)
    bounds = shapely.bounds(shapes_27700)
    with np.errstate(invalid="ignore"):
        outside = (
            (bounds[:, 0] > east)
            | (bounds[:, 2] < west)
            | (bounds[:, 1] > north)
            | (bounds[:, 3] < south)
        )
    if covers_more:
        message = f"Left out on purpose: it lies outside {council}."
        return [Finding(FILTERED, "excluded", message, row) for row in rows[outside].tolist()]
    return [
        Finding(
            "OUTSIDE-AREA",
            "error",
            f"The location, {bounds[at, 0]:.0f} {bounds[at, 1]:.0f} in British National Grid, is "
            f"{_distance_km(bounds[at], extent):.1f} km outside the extent of {council}; "
            f"{margin_m / 1000:g} km are allowed.",
            int(rows[at]),
        )
        for at in np.flatnonzero(outside)
    ]


def _distance_km(bounds: NDArray[np.float64], extent: Extent) -> float:
    return float(shapely.distance(shapely.box(*bounds), shapely.box(*extent))) / 1000


def widened(extent: Extent, margin_m: float) -> Extent:
    """Return an extent with a margin in metres on every side."""
    west, south, east, north = extent
    return west - margin_m, south - margin_m, east + margin_m, north + margin_m
