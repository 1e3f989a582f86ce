"""Cuts blocks of plain CSV a block at a time; what is not plain goes to the careful reader.

A block is plain if no rule of quotation can matter in it: it has no quotation mark, no line end
but LF or CR LF, no blank line, and in each line as many cells as the header. Then every separator
ends a cell and every line is a row, which is just what the careful reader would find.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from importers.read.limits import ReadLimits

_LF, _CR = b"\n"[0], b"\r"[0]


def cut_plain(
    block: str, width: int, separator: str, limits: ReadLimits
) -> list["pa.StringArray"] | None:
    """Return the columns of a block of whole lines, or None if it is not plain."""
    if '"' in block or not block.endswith("\n"):
        return None
    content: NDArray[np.uint8] = np.frombuffer(block.encode(), np.uint8)
    if "\r" in block:
        content = _with_plain_endings(content)
    ends = np.flatnonzero((content == ord(separator)) | (content == _LF))
    if len(ends) % width or not _is_plain(content, ends.reshape(-1, width), limits):
        return None
    return _columns(content, ends, width)


def _with_plain_endings(content: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the bytes with LF for each CR LF; a CR that stands elsewhere stays, and is seen."""
    is_return = content == _CR
    is_return[:-1] &= content[1:] == _LF
    return np.delete(content, np.flatnonzero(is_return))


def _is_plain(content: NDArray[np.uint8], ends: NDArray[np.int64], limits: ReadLimits) -> bool:
    is_line_end = content[ends] == _LF
    lengths = np.diff(ends[:, -1], prepend=-1)
    return bool(
        is_line_end[:, -1].all()
        and not is_line_end[:, :-1].any()
        # In bytes, of which a character has at least one: too strict is only slow.
        and lengths.max() < min(limits.line_characters, limits.cell_characters)
        and lengths.min() > 1
        and not (content == _CR).any()
    )


def _columns(
    content: NDArray[np.uint8], ends: NDArray[np.int64], width: int
) -> list["pa.StringArray"]:
    """Return each column: the cells stand one after another once what ends them is taken out."""
    is_kept = np.ones(len(content), dtype=bool)
    is_kept[ends] = False
    offsets = np.zeros(len(ends) + 1, np.int32)
    offsets[1:] = ends - np.arange(len(ends))
    cells = pa.StringArray.from_buffers(
        len(ends), pa.py_buffer(offsets), pa.py_buffer(content[is_kept])
    )
    places = np.arange(0, len(ends), width)
    return [cells.take(pa.array(places + column)) for column in range(width)]
