"""Rewrites an OpenDocument workbook whose cells stand on lines of their own, as GDAL writes it.

python-calamine (to 0.9.1) takes the white space between two cells for a fault. Around the tags of
a table it means nothing: what a cell says is inside a paragraph.
"""

import re
import zipfile
from pathlib import Path

_CONTENT = "content.xml"
_AFTER_TAG = re.compile(rb"(</?table:[^<>]*>)\s+(?=<)")
_BEFORE_TAG = re.compile(rb">\s+(?=</?table:)")


def without_layout(path: Path, scratch: Path) -> Path:
    """Return a copy of a workbook in ``scratch`` without white space around its tables' tags."""
    copy = scratch / "packed.ods"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == _CONTENT:
                content = _BEFORE_TAG.sub(b">", _AFTER_TAG.sub(rb"\1", content))
            target.writestr(member.filename, content)
    return copy
