"""The child that reads a source is started for each of them, and loads no more than it needs."""

import subprocess
import sys

_SAYS_WHAT_IS_LOADED = """
import sys
from importers.read.child.lean_imports import hide_pandas
hide_pandas()
import importers.read.child.geopackage
print(*sorted({"pandas", "pyproj", "pyogrio"} & set(sys.modules)))
from importers.read.child.crs_name import authority_code
from pyproj import CRS
print(authority_code(CRS.from_epsg(27700).to_wkt()))
"""


def test_a_geopackage_is_read_without_pyproj_which_is_there_for_a_crs_in_words() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _SAYS_WHAT_IS_LOADED], capture_output=True, text=True, check=True
    )

    assert said.stdout.splitlines() == ["pyogrio", "EPSG:27700"]
