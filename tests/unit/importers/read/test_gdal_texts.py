"""A text that is not UTF-8 is known by its place and shown escaped; all others are as they were."""

import pyarrow as pa

from importers.read.child.gdal_texts import with_whole_texts


def batch_of(**columns):
    arrays = {
        name: pa.array(cells, pa.binary()).view(pa.string()) for name, cells in columns.items()
    }
    return pa.record_batch({"fid": pa.array(range(len(columns["name"]))), **arrays})


def test_it_names_the_column_and_the_bytes():
    batch, faults = with_whole_texts(batch_of(name=[b"Oak", b"Caf\xe9", None]), [0, 1])

    ((place, (kind, message)),) = faults.items()
    assert (place, kind) == (1, "TEXT-ENCODING")
    assert message.startswith(r"name holds Caf\xe9, which is not UTF-8 text")
    assert batch.column("name").to_pylist() == ["Oak", r"Caf\xe9", None]
    batch.validate(full=True)


def test_a_text_that_only_looks_escaped_is_a_text():
    _, faults = with_whole_texts(batch_of(name=[rb"Caf\xe9", "é".encode(), b"\xff"]), [1])

    assert list(faults) == [2]


def test_columns_that_are_not_kept_are_not_looked_at():
    whole, other = [b"Oak"], [b"\xff"]

    assert with_whole_texts(batch_of(name=whole, other=other), [0, 1])[1] == {}
