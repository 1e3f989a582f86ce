"""Columns of codes that GDAL gives with words are taken apart."""

import pyarrow as pa

from importers.read.child.gdal_codes import code_field, with_plain_codes


def coded_batch() -> pa.RecordBatch:
    """GDAL's way: codes are places in a list, which has no words for 0 and ends before 7."""
    codes = pa.DictionaryArray.from_arrays(
        pa.array([1, 0, 7, None], pa.int32()), pa.array([None, "Oak"]), safe=False
    )
    return pa.RecordBatch.from_arrays([codes, pa.array([1, 2, 3, 4])], ["kind", "height"])


def test_codes_become_words_and_one_without_words_stays():
    batch = with_plain_codes(coded_batch(), keep_codes=False)

    assert batch.column("kind").to_pylist() == ["Oak", "0", "7", None]
    assert batch.column("height").to_pylist() == [1, 2, 3, 4]
    assert code_field(coded_batch().schema.field("kind"), keep_codes=False).type == pa.string()


def test_codes_are_kept_where_they_are_asked_for():
    batch = with_plain_codes(coded_batch(), keep_codes=True)

    assert batch.column("kind").to_pylist() == [1, 0, 7, None]
    assert code_field(coded_batch().schema.field("kind"), keep_codes=True).type == pa.int32()
