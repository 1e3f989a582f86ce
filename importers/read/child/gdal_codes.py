"""Takes apart the columns of codes that GDAL gives with the words of their domain."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.types


def code_field(field: "pa.Field[Any]", *, keep_codes: bool) -> "pa.Field[Any]":
    """Return a field of codes as what `with_plain_codes` makes of it, any other as it is."""
    if not pyarrow.types.is_dictionary(field.type):
        return field
    return pa.field(field.name, field.type.index_type if keep_codes else pa.string())


def with_plain_codes(batch: pa.RecordBatch, *, keep_codes: bool) -> pa.RecordBatch:
    """Return ``batch`` with words in place of codes, or with the codes alone.

    GDAL gives codes as places in a list of words, and does not mind a code beyond
    its end, which Arrow does. A code without words stays, as text.
    """
    for place, field in enumerate(batch.schema):
        if pyarrow.types.is_dictionary(field.type):
            codes: Any = batch.column(place)
            plain = codes.indices if keep_codes else pa.array(_words(codes), pa.string())
            batch = batch.set_column(place, field.name, plain)
    return batch


def _words(codes: "pa.DictionaryArray[Any, Any]") -> Iterator[str | None]:
    words = dict(enumerate(codes.dictionary.to_pylist()))
    for code in codes.indices.to_pylist():
        yield None if code is None else words.get(code) or str(code)
