"""Runs manage.py with the packages of production: pandas comes with those of development alone.

Where it is installed pyarrow loads it, which takes a quarter of a second of every command.
"""

import runpy
import sys
from pathlib import Path

from importers.read.child.lean_imports import hide_pandas

if __name__ == "__main__":
    hide_pandas()
    manage = Path(__file__).resolve().parents[2] / "manage.py"
    sys.argv[0] = str(manage)
    runpy.run_path(str(manage), run_name="__main__")
