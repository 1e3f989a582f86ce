"""What the parts of a MapInfo table say about its rows, before GDAL reads them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class MapInfoRows:
    """``has_shape`` has a place for each record, from 0; ``count`` leaves out deleted ones.

    ``step`` is how far apart two positions are at least, in units of the CRS: a
    .map keeps whole numbers of them. It is 0 where nothing is rounded.
    """

    has_shape: NDArray[np.bool_]
    count: int
    step: float = 0.0
