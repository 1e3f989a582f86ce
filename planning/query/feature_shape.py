"""The shape of one feature, to be checked as a site."""

import shapely

from layers.query.registry import PublishedLayer
from layers.query.run import fetch_rows

_STATEMENT = """
SELECT ST_AsBinary(geom_27700) FROM layers_feature
WHERE edition_id = %(edition_id)s AND fid = %(fid)s
"""


def shape_of_feature(layer: PublishedLayer, fid: str) -> shapely.Geometry | None:
    """Return a feature of the published edition in EPSG:27700 metres; None without a location."""
    rows = fetch_rows(_STATEMENT, {"edition_id": layer.edition_id, "fid": fid})
    for (wkb,) in rows:
        return shapely.from_wkb(bytes(wkb)) if wkb is not None else None
    return None
