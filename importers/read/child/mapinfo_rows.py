"""What the parts of a MapInfo table say about its rows, before GDAL reads them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class MapInfoRows:
    """``has_shape`` has a place for each record, from 0; ``count`` leaves out deleted ones."""

    has_shape: NDArray[np.bool_]
    count: int
