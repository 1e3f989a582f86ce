"""Finds texts that are not UTF-8, as which GDAL passes on whatever bytes a file holds."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

_LONGEST_SHOWN = 60


def with_whole_texts(
    batch: pa.RecordBatch, columns: Sequence[int]
) -> tuple[pa.RecordBatch, dict[int, tuple[str, str]]]:
    r"""Return ``batch`` with texts alone in ``columns``, and what is wrong with some, by place.

    Bytes that are no text are escaped (``Caf\xe9``), to be shown and not to be published.
    """
    faults: dict[int, tuple[str, str]] = {}
    for column in columns:
        array = batch.column(column)
        if pa.types.is_string(array.type) and not _is_whole(array):
            name = batch.schema.field(column).name
            texts = _escape(array, name, faults)
            batch = batch.set_column(column, name, pa.array(texts, pa.string()))
    return batch, faults


def _is_whole(array: "pa.Array[Any]") -> bool:
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _escape(
    array: "pa.Array[Any]", name: str, faults: dict[int, tuple[str, str]]
) -> list[str | None]:
    texts: list[str | None] = []
    for place, content in enumerate(array.view(pa.binary()).to_pylist()):
        text = None if content is None else content.decode(errors="backslashreplace")
        if text is not None and text.encode() != content:
            faults[place] = ("TEXT-ENCODING", _say(name, text))
        texts.append(text)
    return texts


def _say(name: str, text: str) -> str:
    shown = text[:_LONGEST_SHOWN].replace("\0", r"\x00")
    return (
        f"{name} holds {shown}, which is not UTF-8 text. Open the layer in QGIS, "
        "write the text again and save."
    )
