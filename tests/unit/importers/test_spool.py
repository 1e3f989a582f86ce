"""What an import finds is kept in order, whether it fits into memory or not."""

from importers.findings import Finding
from importers.spool import Spool


def test_items_come_back_in_their_order_from_memory_and_from_the_file() -> None:
    spool: Spool[int] = Spool(in_memory=3)

    for start in range(0, 20, 2):
        spool.extend([start, start + 1])
    spool.append(20)

    assert list(spool) == list(range(21))
    assert list(spool) == list(range(21)), "it can be read twice"
    assert len(spool) == 21


def test_it_can_be_added_to_after_it_was_read() -> None:
    spool: Spool[int] = Spool(in_memory=1)
    spool.extend([1, 2, 3])
    assert list(spool) == [1, 2, 3]

    spool.extend([4, 5, 6])

    assert list(spool) == [1, 2, 3, 4, 5, 6]


def test_findings_come_back_from_the_file_as_they_were() -> None:
    finding = Finding("KEY-DUPLICATE", "error", "“a” is also in row 2.", 3, "ref", "a")
    spool: Spool[Finding] = Spool(in_memory=0)

    spool.append(finding)

    assert list(spool) == [finding]


def test_an_empty_one_is_false() -> None:
    assert not Spool[int]()
    assert list(Spool[int]()) == []
